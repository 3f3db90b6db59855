// The line that repeats a run: every setting that shapes it, written as the flags that give it.

import type { Settings } from '../options/settings.ts';
import { OPTIONS, settingText } from '../options/table.ts';
import { shellWord } from '../text/quoted.ts';
import type { CommandName } from './commands.ts';
import { takes } from './flags.ts';

/** Which front or which answer a run was given by does not belong in the line that repeats it. */
const LEFT_OUT: ReadonlySet<keyof Settings> = new Set([
  'plain',
  'json',
  'color',
  'yes',
  'logFile',
  'resume',
  'dryRun',
  'quiet',
  'verbose',
  'stdout',
]);

/**
 * A command line such as `incident-demo run --seed 7 --yes`; settings at their defaults, and those that the command
 * does not take, are left out.
 * @param program how the program is started here: `incident-demo`, or `npm start --` in a clone.
 */
export function renderCommand(program: string, command: CommandName, settings: Settings): string {
  const words = OPTIONS.flatMap((option) => {
    // The two flags cannot be combined, and the local node says itself where it is.
    if (LEFT_OUT.has(option.key) || !takes(command, option) || (settings.local && option.key === 'url'))
      return [];
    const value = settings[option.key];
    if (option.kind.type === 'switch') return value === option.default ? [] : [`--${option.flag}`];
    if (option.repeatable && Array.isArray(value))
      return value.flatMap((item) => [`--${option.flag}`, shellWord(String(item))]);
    const text = settingText(option, settings);
    return text === '' || JSON.stringify(value) === JSON.stringify(option.default)
      ? []
      : [`--${option.flag}`, shellWord(text)];
  });
  return [program, command, ...words, '--yes'].join(' ');
}
