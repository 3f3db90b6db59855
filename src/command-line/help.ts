// --help and the README's tables, from the table of options and the table of commands.

import { EXIT_MEANINGS } from '../errors/exit.ts';
import type { Group, Option } from '../options/kinds.ts';
import { OPTIONS } from '../options/table.ts';
import { rangeText } from '../options/values.ts';
import { COMMANDS } from './commands.ts';

const GROUPS: readonly Group[] = ['Connection', 'Index', 'Data', 'Time', 'Output', 'Run'];

function argumentText({ kind, optionalValue }: Option): string {
  if (kind.type === 'switch') return '';
  if (kind.type === 'choice') return ` ${kind.choices.join('|')}`;
  if (kind.type === 'range') return ' N or N-M';
  if (kind.type === 'text') return optionalValue ? ` [${kind.placeholder}]` : ` ${kind.placeholder}`;
  return ' N';
}

/** The default of an option in words; empty for a switch that is off. */
function defaultText(option: Option): string {
  if (option.defaultText) return option.defaultText;
  const value = option.default;
  if (value === undefined || typeof value === 'boolean') return '';
  return typeof value === 'object' && 'min' in value ? rangeText(value) : String(value);
}

/** The flag with its other spelling and its argument: `--url, --host http://host:port`. */
function flagText(option: Option): string {
  return `--${option.flag}${option.alias ? `, --${option.alias}` : ''}${argumentText(option)}`;
}

function limitsText({ kind }: Option): string {
  return 'min' in kind && kind.max < 1e6
    ? ` (${kind.min} to ${kind.max}${kind.unit ? ` ${kind.unit}` : ''})`
    : '';
}

/** The whole text of --help. */
export function helpText(): string {
  const width = 34;
  const row = (left: string, right: string) =>
    left.length < width - 2
      ? `  ${left.padEnd(width - 2)}${right}`
      : `  ${left}\n${' '.repeat(width)}${right}`;
  const commands = COMMANDS.map(({ usage, help }) => row(`incident-demo ${usage}`.trim(), help));
  const groups = GROUPS.map((group) => {
    const rows = OPTIONS.filter((option) => option.group === group).map((option) => {
      const usual = defaultText(option);
      return row(flagText(option), `${option.help}${limitsText(option)}${usual ? ` [${usual}]` : ''}`);
    });
    return `${group}\n${rows.join('\n')}`;
  });
  return [
    'incident-demo fills OpenSearch with e-commerce demo incidents and proves by query that they are there.',
    `Commands\n${commands.join('\n')}`,
    ...groups,
    `${row('-h, --help', 'This text')}\n${row('-v, --version', 'The version')}`,
    `Exit codes\n${EXIT_MEANINGS.map(([code, words]) => row(String(code), words)).join('\n')}`,
  ].join('\n\n');
}

/** The README's table of commands, in Markdown. */
export function commandTable(): string {
  const rows = COMMANDS.map(({ usage, help }) => `| \`${`incident-demo ${usage}`.trim()}\` | ${help} |`);
  return [
    '| command | does |',
    '|---|---|',
    ...rows.map((row) => row.replaceAll('start|stop|status', 'start\\|stop\\|status')),
  ].join('\n');
}

/** The README's table of flags, in Markdown. */
export function optionTable(): string {
  const rows = OPTIONS.map(
    (option) =>
      `| \`${flagText(option).replaceAll('|', '\\|')}\` | ${defaultText(option)} | ${option.help}${limitsText(option)} |`,
  );
  return ['| flag | default | |', '|---|---|---|', ...rows].join('\n');
}

/** The README's table of exit codes, in Markdown. */
export function exitTable(): string {
  return [
    '| exit code | means |',
    '|---|---|',
    ...EXIT_MEANINGS.map(([code, words]) => `| ${code} | ${words} |`),
  ].join('\n');
}
