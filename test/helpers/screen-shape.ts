// What is true of every full screen in a terminal of any size, however it came to that size.
import { expect } from 'vitest';
import { SYMBOLS } from '../../src/ui/text/symbols.ts';
import type { Terminal } from './pty.ts';

const isRule = (line: string) => line !== '' && line === SYMBOLS.rule.repeat(line.length);

/** Undefined when the screen is whole: one title, two rules as wide as the screen, one footer, the last row free. */
function misshape(terminal: Terminal, columns: number): string | undefined {
  const lines = terminal.lines();
  const titles = lines.filter((line) => line.startsWith(' incident-demo'));
  const rules = lines.filter(isRule);
  if (titles.length !== 1 || lines[0] !== titles[0]) return `${titles.length} titles`;
  if (rules.length !== 2) return `${rules.length} rules`;
  if (rules.some((rule) => rule.length !== columns)) return 'a rule of another width';
  if (!lines.at(-2)?.includes('Ctrl+C')) return 'no footer in the last row but one';
  return lines.at(-1) === '' ? undefined : 'something in the last row';
}

/** Waits until the screen is whole at this size; fails with what is wrong with it. */
export async function untilWhole(terminal: Terminal, columns: number): Promise<void> {
  const end = performance.now() + 10_000;
  while (misshape(terminal, columns) !== undefined && performance.now() < end) {
    await new Promise((later) => setTimeout(later, 20));
  }
  expect(misshape(terminal, columns), terminal.text()).toBeUndefined();
}
