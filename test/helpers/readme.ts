// The parts of the README that are made from the program's own tables.
import { readFileSync } from 'node:fs';
import { COMMANDS } from '../../src/command-line/commands.ts';
import { soleCommand } from '../../src/command-line/flags.ts';
import { defaultText, flagText, helpOf } from '../../src/command-line/help.ts';
import { EXIT_MEANINGS } from '../../src/errors/exit.ts';
import { OPTIONS } from '../../src/options/table.ts';
import { withParts } from './markdown.ts';
import { matrixTable } from './matrix.ts';
import type { ScreenName } from './screens.ts';
import { speedTable } from './speeds.ts';

/** A screen, as `npm run screens` took it. */
const pictureOf = (name: ScreenName) => () =>
  `\`\`\`text\n${readFileSync(new URL(`../../docs/screens/${name}.txt`, import.meta.url), 'utf8')}\`\`\``;

/** A table in Markdown; a bar inside a cell is escaped. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replace('|  |', '| |');
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

const commandTable = () =>
  table(
    ['command', 'does'],
    COMMANDS.map(({ usage, help }) => [`\`${`incident-demo ${usage}`.trim()}\``, help]),
  );

const optionTable = () =>
  table(
    ['flag', 'default', ''],
    OPTIONS.map((option) => {
      const only = soleCommand(option);
      return [
        `\`${flagText(option)}\``,
        defaultText(option),
        `${helpOf(option)}${only ? ` (${only} only)` : ''}`,
      ];
    }),
  );

const exitTable = () =>
  table(
    ['exit code', 'means'],
    EXIT_MEANINGS.map(([code, meaning]) => [String(code), meaning]),
  );

const TABLES = {
  picture: pictureOf('tune'),
  live: pictureOf('live'),
  commands: commandTable,
  options: optionTable,
  exits: exitTable,
  speeds: speedTable,
  releases: matrixTable,
};

/** The README with each table made afresh. Throws when a mark is missing. */
export const withTables = (readme: string): string => withParts(readme, TABLES);
