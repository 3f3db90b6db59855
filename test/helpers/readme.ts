// The parts of the README that are made from the program's own tables.
import { readFileSync } from 'node:fs';
import { commandTable, exitTable, optionTable } from '../../src/command-line/help.ts';
import { speedTable } from './speeds.ts';

/** The Tune screen, as `npm run screens` took it. */
const picture = () =>
  `\`\`\`text\n${readFileSync(new URL('../../docs/screens/tune.txt', import.meta.url), 'utf8')}\`\`\``;

const TABLES = {
  picture,
  commands: commandTable,
  options: optionTable,
  exits: exitTable,
  speeds: speedTable,
};

/** The text with each part between `<!-- name -->` and `<!-- /name -->` made afresh. Throws when a mark is missing. */
export function withTables(readme: string): string {
  return Object.entries(TABLES).reduce((text, [name, make]) => {
    const part = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!part.test(text)) throw new Error(`README.md has no marks <!-- ${name} --> … <!-- /${name} -->`);
    return text.replace(part, (_, open: string, close: string) => `${open}${make()}\n${close}`);
  }, readme);
}
