// Writes the tables of README.md from the tables of the program: run after a change to flags or commands.
import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from '../test/helpers/readme.ts';

const file = new URL('../README.md', import.meta.url);
writeFileSync(file, withTables(readFileSync(file, 'utf8')));
