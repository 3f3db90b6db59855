// --help, for the program and for each command, from the tables of options and commands.
import type { Command, Help } from 'commander';
import { dashboardsDockerParts } from '../core/local-node/release.ts';
import { EXIT_MEANINGS } from '../errors/exit.ts';
import type { Option } from '../options/kinds.ts';
import { rangeText } from '../options/values.ts';
import { COMMANDS, type CommandName } from './commands.ts';
import { isCommon, takes } from './flags.ts';
import { createProgram, FLAGS } from './program.ts';

function argumentText({ kind, optionalValue }: Option): string {
  if (kind.type === 'switch') return '';
  if (kind.type === 'choice') return ` ${kind.choices.join('|')}`;
  if (kind.type === 'range') return ' N or N-M';
  if (kind.type === 'text') return optionalValue ? ` [${kind.placeholder}]` : ` ${kind.placeholder}`;
  return ' N';
}

/** The default of an option in words; empty for a switch that is off. */
export function defaultText(option: Option, command = ''): string {
  const own = option.defaultsOf?.[command];
  if (own) return own;
  if (option.defaultText) return option.defaultText;
  const value = option.default;
  if (value === undefined || typeof value === 'boolean') return '';
  return typeof value === 'object' && 'min' in value ? rangeText(value) : String(value);
}

/** The flag with its other spelling and its argument: `--url, --host http://host:port`. */
export function flagText(option: Option): string {
  return `--${option.flag}${option.alias ? `, --${option.alias}` : ''}${argumentText(option)}`;
}

/** What an option does, with the limits of its value. */
export function helpOf({ help, kind }: Option): string {
  return 'min' in kind && kind.max < 1e6
    ? `${help} (${kind.min} to ${kind.max.toLocaleString('en-US')})`
    : help;
}

const COLUMNS = 80;
const TERM_COLUMNS = 26;

/** A term and what it means; one that is too long has a line of its own. */
function formatItem(term: string, width: number, text: string, helper: Help): string {
  const indent = width + 4;
  const words = helper.boxWrap(text, COLUMNS - indent).replaceAll('\n', `\n${' '.repeat(indent)}`);
  return term.length <= width
    ? `  ${term.padEnd(width)}  ${words}`
    : `  ${term}\n${' '.repeat(indent)}${words}`;
}

function configured(program: Command, name: CommandName): Partial<Help> {
  const isShown = (option: Option) => (name === 'wizard' ? isCommon(option) : takes(name, option));
  const options = new Map(FLAGS.map(({ option, flag }) => [flag, option]));
  return {
    helpWidth: COLUMNS,
    padWidth: () => TERM_COLUMNS,
    formatItem,
    commandUsage: () => usageOf(name),
    visibleOptions: () => FLAGS.filter(({ option }) => isShown(option)).map(({ flag }) => flag),
    optionTerm: (flag) => {
      const option = options.get(flag);
      return option ? flagText(option) : '';
    },
    optionDescription: (flag) => {
      const option = options.get(flag);
      if (!option) return '';
      const usual = defaultText(option, name);
      return `${helpOf(option)}${usual ? ` [${usual}]` : ''}`;
    },
    visibleCommands: (command) => (command === program && name === 'wizard' ? [...program.commands] : []),
    subcommandTerm: (command) => COMMANDS.find((each) => each.name === command.name())?.usage ?? '',
  };
}

const usageOf = (name: CommandName) => {
  const usage = COMMANDS.find((command) => command.name === name)?.usage ?? '';
  return `incident-demo ${usage === '' ? '[command]' : usage} [flags]`;
};

/** A command that starts a Dashboards for a local node on its usual port, broken between its parts. */
function dockerText(platform: string): string {
  return dashboardsDockerParts('http://localhost:9200', platform).join(' \\\n    ');
}

/** What else is to be known about a command. */
const NOTES: Partial<Record<CommandName, readonly string[]>> = {
  node: [
    `Dashboards for the node on port 9200, with Docker on Linux:\n  ${dockerText('linux')}`,
    `With Docker Desktop:\n  ${dockerText('darwin')}`,
  ],
};

/** The text of --help: that of a command has its own flags, that of the program its commands and the common flags. */
export function helpText(name: CommandName): string {
  const program = createProgram(() => {});
  const command = program.commands.find((each) => each.name() === name) ?? program;
  if (name === 'wizard') program.description(ABOUT);
  command.configureHelp(configured(program, name));
  const { examples } = COMMANDS.find((each) => each.name === name) ?? COMMANDS[0];
  const helper = command.createHelp();
  const exits = EXIT_MEANINGS.map(([code, meaning]) =>
    formatItem(String(code), TERM_COLUMNS, meaning, helper),
  );
  return [
    command.helpInformation().trimEnd(),
    ['Examples:', ...examples.map((example) => `  ${example}`)].join('\n'),
    ...(name === 'wizard'
      ? [
          ['Exit codes:', ...exits].join('\n'),
          'Flags of a command: incident-demo COMMAND --help. Version: --version.',
        ]
      : [...(NOTES[name] ?? []), 'All commands: incident-demo --help']),
  ].join('\n\n');
}

const ABOUT =
  'Fills OpenSearch with e-commerce demo incidents and verifies them by query. Without a command it opens the wizard, which takes the flags of run (incident-demo run --help).';
