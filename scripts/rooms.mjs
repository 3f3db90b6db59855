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
  'core/dataset',
  'core/validate',
  'core/run',
  'options',
  'command-line',
  'wizard',
  'ui',
  'commands',
  'process',
  'cli.ts',
];

const IMPORT = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)['"](\.{1,2}\/[^'"]+)['"]/g;

const roomOf = (path) => ROOMS.findIndex((room) => path === room || path.startsWith(`${room}/`));

/** Sentences about what breaks the rule in this folder of sources; none where all is well. */
export function roomProblems(source) {
  const files = readdirSync(source, { recursive: true }).filter((name) => /\.tsx?$/.test(name));
  return files.flatMap((name) => {
    const path = name.split(sep).join(posix.sep);
    const from = roomOf(path);
    if (from < 0)
      return [`src/${path} lies in no room: put it into one, or name its room in scripts/rooms.mjs`];
    const text = readFileSync(join(source, name), 'utf8');
    return [...text.matchAll(IMPORT)].flatMap(([, specifier]) => {
      const target = relative(source, resolve(source, dirname(name), specifier))
        .split(sep)
        .join(posix.sep);
      if (target.startsWith('..') || roomOf(target) <= from) return [];
      return [`src/${path} imports src/${target}: ${ROOMS[from]} stands below ${ROOMS[roomOf(target)]}`];
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = roomProblems(fileURLToPath(new URL('../src', import.meta.url)));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
