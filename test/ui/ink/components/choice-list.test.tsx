// Numbered choices: the focus on one of them, every word of every label, hints where there is room.
import { describe, expect, it } from 'vitest';
import { choiceHeight, choiceRows } from '../../../../src/ui/ink/components/choice-layout.ts';
import { ChoiceList } from '../../../../src/ui/ink/components/choice-list.tsx';
import { rowsOf } from '../../../helpers/ink-component.tsx';

const CHOICES = [
  { label: 'Load into another index', hint: 'keeps this index unchanged' },
  { label: 'Delete it', hint: 'you confirm by typing its name, and then deletes it with all that is in it' },
  { label: 'Show the details', hint: '' },
];

const drawn = (columns: number, focus: number, rows: number) =>
  rowsOf(<ChoiceList choices={choiceRows(CHOICES, columns)} focus={focus} rows={rows} />, columns);

describe('a list of choices', () => {
  it('has one focus mark, at the choice in focus, and numbers from 1', () => {
    for (const focus of [0, 1, 2]) {
      const rows = drawn(60, focus, 10);
      const marked = rows.filter((row) => row.includes('❯'));
      expect(marked).toEqual([expect.stringContaining(`❯ ${focus + 1} ${CHOICES[focus]?.label}`)]);
    }
  });

  it('has a hint beside its choice where it fits, and below it where it does not', () => {
    const rows = drawn(60, 0, 10);
    expect(rows[0]).toBe('❯ 1 Load into another index   (keeps this index unchanged)');
    expect(rows[1]).toBe('  2 Delete it');
    const below = rows.slice(2, -1).map((row) => row.trim());
    expect(below.join(' ')).toBe(`(${CHOICES[1]?.hint})`);
  });

  it('keeps only the hint in focus where rows are few, and cuts no label', () => {
    const height = choiceHeight(choiceRows(CHOICES, 40));
    expect(height.least).toBeLessThan(height.whole);
    const words = (focus: number) => drawn(40, focus, height.least).join(' ').replace(/\s+/g, ' ');
    expect(words(0)).toContain('(keeps this index unchanged)');
    expect(words(0)).not.toContain('asks for its name');
    expect(words(1)).toContain(`(${CHOICES[1]?.hint})`);
    expect(words(1)).not.toContain('this one stays');
    for (const { label } of CHOICES) expect(words(2)).toContain(label);
  });
});
