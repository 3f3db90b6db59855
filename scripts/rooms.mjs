// The rooms of src from the ground floor up, and the rule that an import never goes to a higher one (types too).
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Each may import itself and what stands before it. */
export const ROOMS = [
  'text',
  'errors',
  'core/events.ts',
  'core/directories.ts',
  'core/async',
  'core/schema',
  'core/files',
  'core/documents',
  'core/plan',
  'core/cluster',
  'core/local-node',
  'core/generate',
  'core/history',
  'core/load',
  'core/ground-truth',
  'core/dashboards',
  'core/dataset',
  'core/validate',
  'core/run',
  'core/index.ts',
  'options',
  'command-line',
  'wizard',
  'ui',
  'commands',
  'process',
  'cli.ts',
];

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)['"](\.{1,2}\/[^'"]+)['"]/g;

/** A path relative to a folder, with `/` on every system. */
const pathBelow = (folder, path) => relative(folder, path).split(sep).join(posix.sep);

const roomOf = (path) => ROOMS.findIndex((room) => path === room || path.startsWith(`${room}/`));

/** Every import from one file of this folder to another, types too, as paths below the folder; `undefined` rooms have no name. */
export function importsIn(source) {
  const files = readdirSync(source, { recursive: true }).filter((name) => /\.tsx?$/.test(name));
  return files.flatMap((name) => {
    const targets = [...readFileSync(join(source, name), 'utf8').matchAll(IMPORT)].map(([, specifier]) =>
      pathBelow(source, resolve(source, dirname(name), specifier)),
    );
    const path = pathBelow(source, join(source, name));
    return targets
      .filter((target) => !target.startsWith('..'))
      .map((target) => ({ path, target, from: ROOMS[roomOf(path)], to: ROOMS[roomOf(target)] }));
  });
}

/** Sentences about what breaks the rule in this folder of sources; none where all is well. */
export function roomProblems(source) {
  const homeless = readdirSync(source, { recursive: true })
    .map((name) => pathBelow(source, join(source, name)))
    .filter((path) => /\.tsx?$/.test(path) && roomOf(path) < 0)
    .map((path) => `src/${path} lies in no room: put it into one, or name its room in scripts/rooms.mjs`);
  const upward = importsIn(source)
    .filter(({ from, to }) => ROOMS.indexOf(to) > ROOMS.indexOf(from) && from !== undefined)
    .map(({ path, target, from, to }) => `src/${path} imports src/${target}: ${from} stands below ${to}`);
  return [...homeless, ...upward];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = roomProblems(fileURLToPath(new URL('../src', import.meta.url)));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
