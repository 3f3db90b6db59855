// argv and the environment become a command and settings; every mistake is one sentence.
import { parseArgs } from 'node:util';
import type { Environment } from '../core/directories.ts';
import { AppError, asAppError, usage } from '../errors/app-error.ts';
import type { Option } from '../options/kinds.ts';
import type { Settings } from '../options/settings.ts';
import { defaultSettings, OPTIONS } from '../options/table.ts';
import { cut, quoted } from '../text/quoted.ts';
import { didYouMean } from '../text/suggest.ts';
import { COMMANDS, type CommandName } from './commands.ts';
import { assertBelongs, assertParted, assertShared, assertTogether } from './rules.ts';

export interface Invocation {
  readonly command: CommandName;
  /** The words after the command: `start` of `node start`, the code of `explain CODE`. */
  readonly words: readonly string[];
  readonly settings: Settings;
  /** The settings that were given by flag or environment, and so need no question. */
  readonly given: ReadonlySet<keyof Settings>;
  /** Those of them that were given by flag. */
  readonly flagged: ReadonlySet<keyof Settings>;
  readonly help: boolean;
  readonly version: boolean;
}

const FLAGS = OPTIONS.flatMap((option) => [option.flag, ...(option.alias ? [option.alias] : [])]);
const byFlag = new Map<string, Option>(
  OPTIONS.flatMap((option) =>
    [option.flag, ...(option.alias ? [option.alias] : [])].map((flag) => [flag, option]),
  ),
);

/** What other programs call a flag of this one. */
const MEANT: Readonly<Record<string, string>> = {
  address: 'url',
  dir: 'output-dir',
  endpoint: 'url',
  folder: 'output-dir',
  overwrite: 'on-conflict',
  tps: 'base-tps',
  tz: 'time-zone',
};

/** Splits argv into flags with their texts and free words. Throws AppError `usage`. */
function tokenize(argv: readonly string[]): { flags: [string, string | undefined][]; words: string[] } {
  const options = Object.fromEntries([
    ...FLAGS.map(
      (flag) => [flag, { type: byFlag.get(flag)?.kind.type === 'switch' ? 'boolean' : 'string' }] as const,
    ),
    ['help', { type: 'boolean', short: 'h' }] as const,
    ['version', { type: 'boolean', short: 'v' }] as const,
  ]) as Record<string, { type: 'boolean' | 'string'; short?: string }>;
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const flags: [string, string | undefined][] = [];
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    // `--index --yes`: the next flag is not the value of this one.
    const swallowed = !token.inlineValue && token.value?.startsWith('--');
    flags.push([checkedFlag(token.rawName, token.name), swallowed ? undefined : token.value]);
  }
  return { flags, words };
}

function checkedFlag(raw: string, name: string): string {
  if (name === 'help' || name === 'version' || byFlag.has(name)) return name;
  if (name === 'password') {
    throw usage(
      '--password does not exist: other users can read arguments; use OPENSEARCH_PASSWORD or --password-file FILE',
    );
  }
  const near = didYouMean(name, FLAGS, { prefix: '--', meant: MEANT });
  throw usage(`The flag ${cut(raw)} does not exist${near ? `; ${near}` : ''}`);
}

/** `--resume` may stand alone; parseArgs would take the next word for its value. */
function separateOptionalValues(argv: readonly string[]): string[] {
  const optional = OPTIONS.filter((option) => option.optionalValue).map((option) => `--${option.flag}`);
  return argv.map((word, index) => {
    const next = argv[index + 1];
    return optional.includes(word) && (next === undefined || next.startsWith('-')) ? `${word}=` : word;
  });
}

function readValue(option: Option, flag: string, text: string | undefined): Settings[keyof Settings] {
  if (option.kind.type === 'switch') {
    if (text !== undefined) throw usage(`--${flag} takes no value; leave ${quoted(`=${text}`)} out`);
    return option.parse('');
  }
  if (option.optionalValue && text === '') return true;
  if (text === undefined) throw usage(`--${flag} needs a value: ${wanted(option)}`);
  return option.parse(text);
}

function wanted({ kind }: Option): string {
  if (kind.type === 'choice') return kind.choices.join(', ');
  if (kind.type === 'text') return kind.placeholder;
  return 'min' in kind ? `${kind.min} to ${kind.max}` : '';
}

function fromEnvironment(option: Option, environment: Environment): Settings[keyof Settings] | undefined {
  const text = option.env ? environment[option.env] : undefined;
  if (!option.env || text === undefined || text === '') return undefined;
  try {
    return option.parse(text);
  } catch (error) {
    const { values } = asAppError(error);
    throw new AppError('parameter', { ...values, flag: option.env });
  }
}

function commandOf(words: readonly string[]): { command: CommandName; rest: readonly string[] } {
  const [first, ...rest] = words;
  if (first === undefined) return { command: 'wizard', rest };
  const command = COMMANDS.find((known) => known.name === first && known.name !== 'wizard');
  const names = COMMANDS.map(({ name }) => name).filter((name) => name !== 'wizard');
  if (!command) {
    const hint = didYouMean(first, names) ?? `commands are ${names.join(', ')}`;
    throw usage(`The command ${quoted(first)} does not exist; ${hint}`);
  }
  if (rest.length > command.words)
    throw usage(`${quoted(rest[command.words] ?? '')} is one word too many after ${first}`);
  return { command: command.name, rest };
}

/** Reads argv (without node and script) and the environment. Throws AppError `usage`, `parameter` or `index-name`. */
export function parseArguments(argv: readonly string[], environment: Environment): Invocation {
  const { flags, words } = tokenize(separateOptionalValues(argv));
  const answers: Partial<Record<keyof Settings, Settings[keyof Settings]>> = {};
  for (const option of OPTIONS) {
    const value = fromEnvironment(option, environment);
    if (value !== undefined) answers[option.key] = value;
  }
  const repeated = new Map<keyof Settings, readonly string[]>();
  for (const [flag, text] of flags) {
    const option = byFlag.get(flag);
    if (!option) continue;
    const value = readValue(option, flag, text);
    if (option.repeatable && Array.isArray(value)) {
      const all = [...(repeated.get(option.key) ?? []), ...value];
      repeated.set(option.key, all);
      answers[option.key] = all;
    } else {
      answers[option.key] = value;
    }
  }
  const settings = { ...defaultSettings(), ...answers } as Settings;
  const { command: named, rest } = commandOf(words);
  // Of a file that is to be written there is nothing to ask.
  const command = named === 'wizard' && settings.createMappingOnly ? 'generate' : named;
  const asked = (name: string) => flags.some(([flag]) => flag === name);
  assertShared(settings);
  if (!asked('help') && !asked('version')) {
    for (const [flag] of flags) assertBelongs(command, flag, byFlag.get(flag));
    assertTogether(asked);
    assertParted(command, settings);
  }
  return {
    command,
    words: rest,
    settings,
    given: new Set(Object.keys(answers) as (keyof Settings)[]),
    flagged: new Set(flags.flatMap(([flag]) => byFlag.get(flag)?.key ?? [])),
    help: asked('help'),
    version: asked('version'),
  };
}
