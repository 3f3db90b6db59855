// argv and the environment become a command and settings; every mistake is one sentence.
import type { Environment } from '../core/directories.ts';
import { AppError, asAppError, usage } from '../errors/app-error.ts';
import { type Option, wantedText } from '../options/kinds.ts';
import type { Settings } from '../options/settings.ts';
import { OPTIONS } from '../options/table.ts';
import { quoted } from '../text/quoted.ts';
import { didYouMean } from '../text/suggest.ts';
import { COMMANDS, type CommandName } from './commands.ts';
import { fromEnvironment, type Invocation } from './environment.ts';
import { helpWith, refusal } from './flags.ts';
import { createProgram, FLAGS, spells } from './program.ts';
import { assertOnce, assertParted, assertShared, assertTogether, nameOf } from './rules.ts';

function wanted({ kind }: Option): string {
  if (kind.type === 'choice') return kind.choices.join(', ');
  if (kind.type === 'text') return kind.placeholder;
  return 'min' in kind ? `${kind.min} to ${kind.max}` : '';
}

/** `--index --yes`: commander would take the next flag for the value. Throws AppError `usage`. */
function assertValues(words: readonly string[]): void {
  words.forEach((word, at) => {
    const option = FLAGS.find(({ flag }) => flag.required && spells(flag, word))?.option;
    if (option && (words[at + 1] ?? '--').startsWith('--'))
      throw new AppError('usage', {
        problem: `${word} needs a value${wantedText(wanted(option))}`,
        flag: word,
      });
    const [, letter, value] = /^(-[hv])(=.*)$/s.exec(word) ?? [];
    if (letter && value) throw usage(`${letter} takes no value; remove ${quoted(value)}`);
  });
}

/** `--help=1` shows the help, as a program that reads no value of it does. */
const withoutValue = (word: string) => /^(--(?:help|version))=/.exec(word)?.[1] ?? word;

/** The command among the words, also where another word is wrong: the first that is neither a flag nor its value. */
function commandIn(argv: readonly string[]): CommandName {
  const first = argv.find((word, at) => {
    const before = FLAGS.find(({ flag }) => spells(flag, argv[at - 1] ?? ''))?.flag;
    return !word.startsWith('-') && !before?.required && !before?.optional;
  });
  return COMMANDS.find(({ name }) => name === first)?.name ?? 'wizard';
}

/** The error with the command whose help lists the flag it is about. */
export function withHelp(error: AppError, command: CommandName): AppError {
  const { code, values } = error;
  if ((code !== 'usage' && code !== 'parameter') || values['command'] !== undefined) return error;
  const [named = ''] = String(values['flag'] ?? '').split(' ');
  const about = FLAGS.find(({ flag, option }) => spells(flag, named) || option.env === named)?.option;
  const helpful = about ? helpWith(command, about) : nameOf(command);
  return helpful ? new AppError(code, { ...values, command: helpful }, { cause: error.cause }) : error;
}

const COUNTS = ['none', 'one', 'two at most'];

/** Throws AppError `usage` for words that are no command, or more of them than the command takes. */
function assertWords(command: CommandName, words: readonly string[]): void {
  const [first] = words;
  if (command === 'wizard' && first !== undefined) {
    const names = COMMANDS.map(({ name }) => name).filter((name) => name !== 'wizard');
    const hint = didYouMean(first, names) ?? `commands are ${names.join(', ')}`;
    throw usage(`The command ${quoted(first)} does not exist; ${hint}`);
  }
  const most = COMMANDS.find(({ name }) => name === command)?.words ?? 0;
  const excess = words[most];
  if (excess !== undefined)
    throw usage(
      `Unexpected argument ${quoted(excess)}: ${command} takes ${COUNTS[most] ?? most}`,
      nameOf(command),
    );
}

/** Reads argv (without node and script) and the environment. Throws AppError `usage`, `parameter` or `index-name`. */
export function parseArguments(given: readonly string[], environment: Environment): Invocation {
  const end = given.indexOf('--');
  const argv = given.map((word, at) => (end < 0 || at < end ? withoutValue(word) : word));
  try {
    return read(argv, environment);
  } catch (error) {
    throw withHelp(asAppError(error), commandIn(argv));
  }
}

function read(argv: readonly string[], environment: Environment): Invocation {
  const end = argv.indexOf('--');
  const flagWords = end < 0 ? argv : argv.slice(0, end);
  assertValues(flagWords);
  let named: CommandName = 'wizard';
  let words: readonly string[] = [];
  const program = createProgram((command, rest) => {
    assertWords(command, rest);
    named = command;
    words = rest;
  });
  program.parse(argv, { from: 'user' });

  const given = new Set<keyof Settings>();
  const flagged = new Set<keyof Settings>();
  const values = FLAGS.map(({ option, flag }) => {
    const name = flag.attributeName();
    const fromEnv = fromEnvironment(option, environment);
    if (program.getOptionValueSource(name) === 'cli') flagged.add(option.key);
    else if (fromEnv !== undefined) program.setOptionValueWithSource(name, fromEnv, 'env');
    else return [option.key, option.default] as const;
    given.add(option.key);
    return [option.key, program.getOptionValue(name)] as const;
  });
  const settings = Object.fromEntries(values) as unknown as Settings;
  // Writing one file needs no wizard.
  const command = named === 'wizard' && settings.createMappingOnly ? 'generate' : named;
  const { help = false, version = false } = program.opts<{ help?: boolean; version?: boolean }>();
  assertShared(settings);
  if (!help && !version) {
    assertOnce(command, OPTIONS, flagWords);
    const isGiven = (name: string) =>
      flagWords.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
    for (const { option } of FLAGS) {
      const problem = flagged.has(option.key) ? refusal(command, option) : undefined;
      if (problem) throw usage(problem, nameOf(command));
    }
    assertTogether(command, isGiven);
    assertParted(command, settings);
  }
  return { command, words, settings, given, flagged, help, version };
}
