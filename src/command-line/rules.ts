// Which flags go together: a combination of which one would have no effect is refused.

import { AppError, usage } from '../errors/app-error.ts';
import type { Option } from '../options/kinds.ts';
import type { Settings } from '../options/settings.ts';
import type { CommandName } from './commands.ts';

/** Parts that each create or delete an index do not add up to one data set. Throws AppError `parameter`. */
export function assertShared({ part, onConflict }: Settings): void {
  if (!part || onConflict === 'fail' || onConflict === 'append') return;
  const advice =
    onConflict === 'new'
      ? 'choose the name with --index, the same for every part'
      : 'run incident-demo clean --index NAME once, then load every part without it';
  const problem = `with --part every part would ${onConflict === 'new' ? 'make' : 'delete'} its own index; ${advice}`;
  throw new AppError('parameter', { flag: `--on-conflict ${onConflict}`, problem });
}

/** Pairs of flags of which one would have no effect. Environment variables give way to a flag, so only flags count. */
const EXCLUSIVE: readonly (readonly [flag: string, other: string, why: string])[] = [
  ['local', 'url', 'the local node has its own address'],
  ['local', 'host', 'the local node has its own address'],
  ['stdout', 'output-dir', 'the data goes to standard output or to files'],
  ['stdout', 'json', 'both write to standard output'],
  ['stdout', 'split-mb', 'only files are split'],
  ['quiet', 'verbose', 'one prints less, the other more'],
];

/** The words of a flag, also where its value follows an equals sign. */
const spelled = (word: string, names: readonly string[]) =>
  names.some((name) => word === `--${name}` || word.startsWith(`--${name}=`));

/**
 * Throws AppError `usage` for a flag with one value that is given twice: the first would silently not count.
 * @param words the words of the command line up to `--`.
 */
export function assertOnce(command: CommandName, options: readonly Option[], words: readonly string[]): void {
  for (const { flag, alias, kind, repeatable } of options) {
    if (repeatable || kind.type === 'switch') continue;
    const names = alias ? [flag, alias] : [flag];
    const found = words.filter((word) => spelled(word, names));
    if (found.length < 2) continue;
    const used = [...new Set(found.map((word) => word.replace(/=.*$/s, '')))].join(' and ');
    const problem =
      found.length === 2 && used.includes(' and ')
        ? `${used} are one flag`
        : `${used} is given ${found.length} times`;
    throw new AppError('usage', {
      problem: `${problem}; give it once`,
      flag: `--${flag}`,
      command: nameOf(command),
    });
  }
}

/**
 * Throws AppError `usage` when two flags cannot be combined. Not by commander's `conflicts`, which gives no reason and
 * does not know --host from --url.
 */
export function assertTogether(command: CommandName, isGiven: (flag: string) => boolean): void {
  const clash = EXCLUSIVE.find(([flag, other]) => isGiven(flag) && isGiven(other));
  if (!clash) return;
  const [flag, other, why] = clash;
  throw usage(`--${flag} and --${other} cannot be combined: ${why}`, nameOf(command));
}

/** Throws AppError `usage` when files that a run does not write would be split. */
export function assertParted(command: CommandName, { splitMb, outputDir, resume }: Settings): void {
  if (command === 'generate' || splitMb === undefined || outputDir !== undefined || resume) return;
  throw usage(
    '--split-mb splits the files of --output-dir: add --output-dir DIR, or remove --split-mb',
    nameOf(command),
  );
}

/** The command as it is typed; the wizard has no name. */
export const nameOf = (command: CommandName) => (command === 'wizard' ? undefined : command);
