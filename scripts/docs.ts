// Writes what is generated from the program: the tables of README.md, and the schema of presets for editors. Run it after
// a change to flags, commands, incident types or the fields of presets.
import { readFileSync, writeFileSync } from 'node:fs';
import { presetJsonSchema } from '../test/helpers/preset-json-schema.ts';
import { withTables } from '../test/helpers/readme.ts';

const readme = new URL('../README.md', import.meta.url);
writeFileSync(readme, withTables(readFileSync(readme, 'utf8')));
writeFileSync(new URL('../presets/preset.schema.json', import.meta.url), presetJsonSchema());
