// The rooms of src from the ground floor up, and the rule that an import never goes to a higher one (types too).
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import manifest from '../package.json' with { type: 'json' };

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
  'core/score',
  'core/export',
  'core/validate',
  'core/run',
  'core/live',
  'core/live-control',
  'core/index.ts',
  'options',
  'command-line',
  'wizard',
  'ui',
  'commands',
  'process',
  'cli.ts',
];

const SOURCE = /\.[cm]?[jt]sx?$/;

/** What may be imported from outside the folder: data that the build puts into the bundle. */
const DATA_OUTSIDE = /^\.\.\/(?:mapping\.json|package\.json|presets\/[^/]+\.json)$/;

/** A path relative to a folder, with `/` on every system. */
const pathBelow = (folder, path) => relative(folder, path).split(sep).join(posix.sep);

const roomOf = (path) => ROOMS.findIndex((room) => path === room || path.startsWith(`${room}/`));

const sourcesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => SOURCE.test(name))
    .map((name) => pathBelow(folder, join(folder, name)));

/** The calls among these that load a module: `require(…)`, what `createRequire` has made, and `createRequire(…)(…)`. */
function loadingCalls({ calls, renamed, bound }) {
  const makers = new Set(['createRequire', ...renamed]);
  const makes = (node) =>
    node?.type === 'CallExpression' &&
    (makers.has(node.callee.name) || node.callee.property?.name === 'createRequire');
  const loaders = new Set(['require', ...bound.filter(({ value }) => makes(value)).map(({ name }) => name)]);
  return calls.filter(({ callee }) => loaders.has(callee.name) || makes(callee));
}

/** The expressions that name a module in a parsed file: in imports and exports of values and types, and in calls. */
function moduleExpressions(program) {
  const found = [];
  const seen = { calls: [], renamed: [], bound: [] };
  const source = (node) => node.source && found.push(node.source);
  new Visitor({
    ImportDeclaration: source,
    ExportNamedDeclaration: source,
    ExportAllDeclaration: source,
    ImportExpression: source,
    TSImportType: source,
    TSExternalModuleReference: (node) => found.push(node.expression),
    TSModuleDeclaration: (node) => node.id.type === 'Literal' && found.push(node.id),
    ImportSpecifier: ({ imported, local }) =>
      imported.name === 'createRequire' && seen.renamed.push(local.name),
    VariableDeclarator: ({ id, init }) => seen.bound.push({ name: id.name, value: init }),
    AssignmentExpression: ({ left, right }) => seen.bound.push({ name: left.name, value: right }),
    CallExpression: (node) => seen.calls.push(node),
  }).visit(program);
  for (const { arguments: given } of loadingCalls(seen)) if (given.length > 0) found.push(given[0]);
  return found;
}

/** What a file imports: plain strings, and the text of expressions that are none. Throws where it cannot be parsed. */
function specifiersOf(file) {
  const text = readFileSync(file, 'utf8');
  const { program, errors } = parseSync(file, text, { preserveParens: false });
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const expressions = moduleExpressions(program);
  const isString = ({ type, value }) => type === 'Literal' && typeof value === 'string';
  return {
    plain: expressions.filter(isString).map(({ value }) => value),
    computed: expressions.filter((node) => !isString(node)).map(({ start, end }) => text.slice(start, end)),
  };
}

/** The path below the folder that a file of it imports; undefined for a package. Escapes count as Node resolves them. */
function targetOf(folder, path, specifier) {
  if (!/^(?:[./\\]|file:)/i.test(specifier)) return undefined;
  return pathBelow(folder, fileURLToPath(new URL(specifier, pathToFileURL(join(folder, path)))));
}

/** All that the sources of this folder import, file by file. */
function readImports(folder) {
  return sourcesIn(folder).map((path) => {
    const { plain, computed } = specifiersOf(join(folder, path));
    const named = plain.map((specifier) => ({ specifier, target: targetOf(folder, path, specifier) }));
    return {
      path,
      computed,
      targets: named.flatMap(({ target }) => (target === undefined ? [] : [target])),
      packages: named.filter(({ target }) => target === undefined).map(({ specifier }) => specifier),
    };
  });
}

const isOutside = (target) => target === '..' || target.startsWith('../');

const withRooms = ({ path, targets }) =>
  targets
    .filter((target) => !isOutside(target))
    .map((target) => ({ path, target, from: ROOMS[roomOf(path)], to: ROOMS[roomOf(target)] }));

/** Every import from one file of this folder to another, types too, as paths below the folder; `undefined` rooms have no name. */
export function importsIn(source) {
  return readImports(source).flatMap(withRooms);
}

/** What is wrong with the imports of one file. */
function importProblems(file) {
  const { path, targets, packages, computed } = file;
  const name = `src/${path}`;
  const inside = withRooms(file);
  const outside = targets.filter((target) => isOutside(target) && !DATA_OUTSIDE.test(target));
  const own = packages.filter((one) => one === manifest.name || one.startsWith(`${manifest.name}/`));
  return [
    ...computed.map((text) => `${name} imports ${text}: write the module as a plain string`),
    ...own.map((one) => `${name} imports ${one}, its own package: import the file itself`),
    ...outside.map((target) => `${name} imports ${posix.join('src', target)}, which is outside src`),
    ...inside
      .filter(({ to }) => to === undefined)
      .map(({ target }) => `${name} imports ${posix.join('src', target)}, which lies in no room`),
    ...inside
      .filter(({ from, to }) => from !== undefined && ROOMS.indexOf(to) > ROOMS.indexOf(from))
      .map(({ target, from, to }) => `${name} imports src/${target}: ${from} stands below ${to}`),
  ];
}

/** Sentences about what breaks the rule in this folder of sources; none where all is well. */
export function roomProblems(source) {
  const files = readImports(source);
  const homeless = files
    .filter(({ path }) => roomOf(path) < 0)
    .map(({ path }) => `src/${path} lies in no room: put it into one, or name its room in scripts/rooms.mjs`);
  return [...homeless, ...files.flatMap(importProblems)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = roomProblems(fileURLToPath(new URL('../src', import.meta.url)));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
