// Which flags go together, and with which command; what would be passed over without a word is refused.

import { AppError, usage } from '../errors/app-error.ts';
import type { Group, Option } from '../options/kinds.ts';
import type { Settings } from '../options/settings.ts';
import type { CommandName } from './commands.ts';

/** Parts that make or delete an index each for themselves are no data set together. Throws AppError `parameter`. */
export function assertShared({ part, onConflict }: Settings): void {
  if (!part || onConflict === 'fail' || onConflict === 'append') return;
  const advice =
    onConflict === 'new'
      ? 'choose the name with --index, the same for every part'
      : 'run incident-demo clean --index NAME once, then load every part without it';
  const problem = `with --part every part would ${onConflict === 'new' ? 'make' : 'delete'} an index for itself; ${advice}`;
  throw new AppError('parameter', { flag: `--on-conflict ${onConflict}`, problem });
}

/** Flags of which one would be passed over without a word. What the environment says gives way to a flag. */
const EXCLUSIVE: readonly (readonly [flag: string, other: string, why: string])[] = [
  ['local', 'url', 'the local node has an address of its own'],
  ['local', 'host', 'the local node has an address of its own'],
  ['stdout', 'output-dir', 'the data goes to one of the two'],
  ['stdout', 'json', 'standard output then holds the data and nothing else'],
  ['stdout', 'split-mb', 'standard output has no parts'],
];

/** Throws AppError `usage` when two flags exclude each other. */
export function assertTogether(asked: (flag: string) => boolean): void {
  const clash = EXCLUSIVE.find(([flag, other]) => asked(flag) && asked(other));
  if (clash) throw usage(`--${clash[0]} and --${clash[1]} exclude each other: ${clash[2]}; leave one out`);
}

/** Throws AppError `usage` when files that a run does not write are to be parted. */
export function assertParted(command: CommandName, { splitMb, outputDir, resume }: Settings): void {
  if (command === 'generate' || splitMb === undefined || outputDir !== undefined || resume) return;
  throw usage('--split-mb parts the files of --output-dir; add --output-dir FOLDER, or leave it out');
}

/**
 * What the environment says is said to every command; a flag is said to one. Throws AppError `usage` when the command
 * refuses it.
 */
export function assertBelongs(command: CommandName, flag: string, option: Option | undefined): void {
  const problem = option && misplaced(command, flag, option);
  if (problem) throw usage(problem);
}

const CLUSTER: readonly CommandName[] = ['wizard', 'run', 'load', 'validate', 'doctor', 'clean'];
const PLANNED: readonly CommandName[] = ['wizard', 'run', 'generate'];
const WRITTEN: readonly CommandName[] = ['wizard', 'run', 'generate', 'load'];

/** The files of `load` and the index of `validate` say themselves which data they hold. */
const BY_GROUP: Readonly<Record<Group, readonly CommandName[] | 'all'>> = {
  Connection: CLUSTER,
  Index: CLUSTER,
  Data: PLANNED,
  Time: PLANNED,
  Output: PLANNED,
  Run: 'all',
};

const BY_KEY: Partial<Record<keyof Settings, readonly CommandName[]>> = {
  local: [...CLUSTER, 'node'],
  onConflict: ['wizard', 'run', 'load'],
  outputDir: WRITTEN,
  part: WRITTEN,
  stdout: ['generate'],
  createMappingOnly: ['generate'],
  resume: ['wizard', 'run'],
  refused: ['load'],
};

/**
 * Passing over one of these would do something else than was asked. Of cluster, index and data every command may be told,
 * so that a script can keep one list of flags for all of them.
 */
const REFUSED: ReadonlySet<keyof Settings> = new Set([
  ...(['stdout', 'createMappingOnly', 'outputDir', 'splitMb', 'part', 'resume', 'refused'] as const),
]);

/** True when the option means something to the command. */
export function takes(command: CommandName, { key, group }: Option): boolean {
  const commands = BY_KEY[key] ?? BY_GROUP[group];
  return commands === 'all' || commands.includes(command);
}

/** Why the command refuses a flag, and which commands take it; undefined when it does not refuse it. */
function misplaced(command: CommandName, flag: string, option: Option): string | undefined {
  if (takes(command, option) || !REFUSED.has(option.key)) return undefined;
  const commands = BY_KEY[option.key] ?? BY_GROUP[option.group];
  const owners = commands === 'all' ? [] : commands.filter((name) => name !== 'wizard');
  const last = owners.at(-1) ?? '';
  const list = owners.length > 1 ? `${owners.slice(0, -1).join(', ')} and ${last}` : last;
  return `${command === 'wizard' ? 'The wizard' : command} does not take --${flag}; it belongs to ${list}`;
}
