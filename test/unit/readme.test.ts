import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withTables } from '../helpers/readme.ts';

test('the tables of the README are those of the program (npm run docs makes them afresh)', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toBe(withTables(readme));
});
