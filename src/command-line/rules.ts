// Which flags go together: a combination of which one would have no effect is refused.

import { AppError, usage } from '../errors/app-error.ts';
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
];

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
