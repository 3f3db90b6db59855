// The command line as commander reads it: its commands and flags are those of our tables, its messages are ours.
import { Command, type CommanderError, Option as Flag } from 'commander';
import { AppError, usage } from '../errors/app-error.ts';
import type { Option } from '../options/kinds.ts';
import { OPTIONS } from '../options/table.ts';
import { quoted, repeated } from '../text/quoted.ts';
import { didYouMean } from '../text/suggest.ts';
import { COMMANDS, type CommandName } from './commands.ts';

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

/** A flag of the table with its parser; `--host, --url` is one flag with two names. */
function flagOf(option: Option): Flag {
  const { alias, flag, kind, optionalValue, repeatable, parse } = option;
  const value = kind.type === 'switch' ? '' : optionalValue ? ' [value]' : ' <value>';
  const made = new Flag(`${alias ? `--${alias}, ` : ''}--${flag}${value}`, option.help).helpGroup(
    `${option.group}:`,
  );
  if (kind.type === 'switch') return made;
  return made.argParser<unknown>((text, before) => {
    if (optionalValue && text === '') return true;
    const read = parse(text);
    return repeatable && Array.isArray(before) && Array.isArray(read) ? [...before, ...read] : read;
  });
}

/** Each option of the table with the flag that commander knows. */
export const FLAGS: readonly { readonly option: Option; readonly flag: Flag }[] = OPTIONS.map((option) => ({
  option,
  flag: flagOf(option),
}));

/** True for a spelling of the flag, such as `--url` or `--host`. */
export const spells = ({ long, short }: Flag, word: string) => word === long || word === short;

/** Commander's complaint as one of our sentences. */
function usageError({ code, message }: CommanderError): AppError {
  const [, raw] = /^error: unknown option '(-.*?)(?:=.*)?'$/s.exec(message) ?? [];
  if (code !== 'commander.unknownOption' || raw === undefined) return usage(message.replace(/^error: /, ''));
  const name = raw.replace(/^--?/, '');
  // curl -uUSER:PASSWORD: of a short flag only its letter is repeated.
  const shown = raw.startsWith('--') ? repeated(raw) : raw.slice(0, 2);
  const known = FLAGS.find(({ flag }) => spells(flag, raw));
  if (known) {
    const problem = `--${name} takes no value; remove ${quoted(message.slice(message.indexOf('='), -1))}`;
    return new AppError('usage', { problem, flag: raw });
  }
  if (name === 'password') {
    return usage(
      '--password does not exist: other users can read arguments; use OPENSEARCH_PASSWORD or --password-file FILE',
    );
  }
  const names = OPTIONS.flatMap(({ flag, alias }) => (alias ? [flag, alias] : [flag]));
  const near = didYouMean(name, names, { prefix: '--', meant: MEANT });
  return usage(`The flag ${shown} does not exist${near ? `; ${near}` : ''}`);
}

/**
 * The program with all its commands. Flags belong to the program, so they may stand before and after the command.
 * Parsing throws AppError `usage`, or what the parser of a flag throws.
 * @param onCommand hears the command and the words after it.
 */
export function createProgram(onCommand: (command: CommandName, words: readonly string[]) => void): Command {
  const program = new Command('incident-demo')
    .helpOption(false)
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .configureOutput({ writeErr: () => {}, outputError: () => {} })
    .exitOverride((error) => {
      throw usageError(error);
    });
  for (const { flag } of FLAGS) program.addOption(flag);
  program.option('-h, --help').option('-v, --version');
  for (const { name, help } of COMMANDS) {
    const command = name === 'wizard' ? program : program.command(name).helpOption(false);
    command
      .description(help)
      .allowExcessArguments()
      .action(() => onCommand(name, command.args));
  }
  return program;
}
