// What every frame must be: inside the screen, with its frame around it, with one place that takes the keys.
import stringWidth from 'string-width';
import { expect } from 'vitest';
import { keymap } from '../../src/ui/ink/keys/keymap.ts';
import { SYMBOLS } from '../../src/ui/text/symbols.ts';
import type { WizardOnScreen } from './ink.tsx';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const SIZES: readonly Size[] = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
];

/** Asserts what is true of every frame; `labels` are words that must be in view, `focus` the number of focus marks. */
export function expectFrame(wizard: WizardOnScreen, size: Size, labels: readonly string[], focus = 1): void {
  const lines = wizard.lines();
  const text = lines.join('\n');
  const rule = SYMBOLS.rule.repeat(size.columns);
  expect(lines.length, text).toBe(size.rows - 1);
  for (const line of lines) expect(stringWidth(line), `too wide:\n${line}`).toBeLessThanOrEqual(size.columns);
  expect(lines[0], text).toContain('incident-demo');
  expect(lines[1], text).toBe(rule);
  expect(lines.at(-2), text).toBe(rule);
  for (const label of labels) expect(text).toContain(label);
  expect(text.split(SYMBOLS.focus).length - 1, `focus marks in:\n${text}`).toBe(focus);
  expectFooter(wizard, lines.at(-1) ?? '');
}

/** The footer names only keys that work, and always the main one and the way to the help. */
function expectFooter({ ui }: WizardOnScreen, footer: string): void {
  const works = keymap(ui).map(({ label, does }) => `${label} ${does}`);
  const hints = footer.trim().split(/ {2,}/);
  for (const hint of hints) expect(works).toContain(hint);
  const must = works.filter((hint) => /^(Enter|Ctrl\+C|\?) /.test(hint));
  expect(hints).toEqual(expect.arrayContaining(must));
}
