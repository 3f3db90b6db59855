// Which commands take which option, and which flags are refused by the others.
import type { CommandName } from './command-line/commands.ts';
import type { Group, Option } from './options/kinds.ts';
import type { Settings } from './options/settings.ts';

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
export function misplaced(command: CommandName, flag: string, option: Option): string | undefined {
  if (takes(command, option) || !REFUSED.has(option.key)) return undefined;
  const commands = BY_KEY[option.key] ?? BY_GROUP[option.group];
  const owners = commands === 'all' ? [] : commands.filter((name) => name !== 'wizard');
  const last = owners.at(-1) ?? '';
  const list = owners.length > 1 ? `${owners.slice(0, -1).join(', ')} and ${last}` : last;
  return `${command === 'wizard' ? 'The wizard' : command} does not take --${flag}; it belongs to ${list}`;
}
