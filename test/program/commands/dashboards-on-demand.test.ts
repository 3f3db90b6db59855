// A run without --dashboards loads nothing of what talks to Dashboards, so that it starts no slower.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { CLI } from '../../helpers/program.ts';

const DIST = dirname(CLI);
/** Only what stores objects has this. */
const STORES = '/api/saved_objects/_import';

const textOf = (name: string) => readFileSync(join(DIST, name), 'utf8');

/** The files that are loaded with one: what it imports, and what that imports. */
function loadedWith(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  // `import("./x.js")` comes later, when it is needed.
  for (const [, file = ''] of textOf(name).matchAll(/(?:from|import) ?"\.\/([^"]+)"/g))
    loadedWith(file, seen);
  return seen;
}

const scripts = readdirSync(DIST).filter((name) => name.endsWith('.js'));

test.each(['run', 'load', 'generate', 'wizard'])('%s', (command) => {
  const entry = scripts.find(
    (name) =>
      new RegExp(`^${command}-[A-Z0-9]+\\.js$`).test(name) && textOf(name).includes(`${command}Command`),
  );
  const files = [...loadedWith(entry ?? '')];
  expect(files.length).toBeGreaterThan(3);
  expect(files.filter((name) => textOf(name).includes(STORES))).toEqual([]);
});

test('what is looked for is there, and dashboards loads it', () => {
  expect(scripts.some((name) => textOf(name).includes(STORES))).toBe(true);
  const entry = scripts.find(
    (name) => name.startsWith('dashboards-') && textOf(name).includes('dashboardsCommand'),
  );
  expect([...loadedWith(entry ?? '')].some((name) => textOf(name).includes(STORES))).toBe(true);
});
