// A line that is being typed: its caret in view, its text hidden where it is a secret.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextField } from '../../../../src/ui/ink/components/text-field.tsx';
import { rowsOf } from '../../../helpers/ink-component.tsx';

describe('a text field', () => {
  it('has its caret where the next character goes', () => {
    const at = (caret: number) =>
      rowsOf(<TextField text="localhost" caret={caret} focused width={20} />, 20)[0];
    expect([at(0), at(5), at(99)]).toEqual(['▏localhost', 'local▏host', 'localhost▏']);
  });

  it('has no caret while another field takes the keys', () => {
    expect(rowsOf(<TextField text="localhost" caret={3} focused={false} width={20} />, 20)).toEqual([
      'localhost',
    ]);
  });

  it('shows stars for a secret, as many as it has characters', () => {
    expect(rowsOf(<TextField text="sesame" caret={6} focused hidden width={20} />, 20)).toEqual(['******▏']);
    expect(rowsOf(<TextField text="se👨‍👩‍👧" caret={0} focused={false} hidden width={20} />, 20)).toEqual([
      '***',
    ]);
  });

  it('says what belongs into it while it is empty', () => {
    const empty = (focused: boolean) =>
      rowsOf(<TextField text="" caret={0} focused={focused} width={20} empty="none" />, 20);
    expect(empty(false)).toEqual(['none']);
    expect(empty(true)).toEqual(['▏ none']);
  });

  it('keeps the caret in view of any text at any place, and stays in its row', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{1,60}$/),
        fc.nat(60),
        fc.integer({ min: 3, max: 40 }),
        (text, caret, width) => {
          const rows = rowsOf(<TextField text={text} caret={caret} focused width={width} />, 80);
          expect(rows.length).toBe(1);
          expect(rows[0]).toContain('▏');
          expect((rows[0] ?? '').length).toBeLessThanOrEqual(width);
          expect(text).toContain(rows[0]?.replace('▏', ''));
        },
      ),
      { numRuns: 50 },
    );
  });
});
