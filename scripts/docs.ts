// Writes what is generated from the program: the tables of README.md and docs/answer-key.md, and the schema of presets for
// editors. Run it after a change to flags, commands, incident types, closed lists or the fields of presets.
import { readFileSync, writeFileSync } from 'node:fs';
import { withAnswerParts } from '../test/helpers/answer-key-page.ts';
import { presetJsonSchema } from '../test/helpers/preset-json-schema.ts';
import { withTables } from '../test/helpers/readme.ts';

const renew = (page: string, made: (text: string) => string) => {
  const file = new URL(page, import.meta.url);
  writeFileSync(file, made(readFileSync(file, 'utf8')));
};
renew('../README.md', withTables);
renew('../docs/answer-key.md', withAnswerParts);
writeFileSync(new URL('../presets/preset.schema.json', import.meta.url), presetJsonSchema());
