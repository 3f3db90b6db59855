// The types of the library: of the declarations that the compiler writes for src, only the statements that the library's
// exports lead to. All of them would be a tenth of the package.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME =
  /^(?:export )?(?:declare )?(?:abstract )?(?:const|let|class|interface|type|function\*?|enum) ([\w$]+)/m;
const LINK = /^(import|export)\b([^;]*?) from '([^']+)';$/s;
const INLINE = /import\("(\.[^"]+)\.ts"\)\.(\w+)/g;

const withoutComments = (text) => text.replaceAll(/\/\*.*?\*\//gs, '');
const identifiersOf = (text) => new Set(withoutComments(text).match(/[\w$]+/g));

/** The statements of a file: the compiler begins each, and the comment before it, at the start of a line. */
function statementsOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const statements = [];
  let commented = false;
  for (const line of lines) {
    const begins = /^(?:\/\*|import|export|declare|interface|type)/.test(line);
    if (begins && !commented) statements.push(line);
    else if (statements.length > 0) statements[statements.length - 1] += `\n${line}`;
    const comment = /^(?:\/\*| \*)/.test(line);
    commented = comment && (commented || begins);
  }
  return statements.map((text) => text.trimEnd());
}

/** `A, type B as C` as pairs of the name there and the name here. */
const namesIn = (list) =>
  [...list.matchAll(/(?:type )?([\w$]+)(?: as ([\w$]+))?/g)]
    .filter(([, name]) => name !== 'type')
    .map(([, there, here = there]) => ({ there, here }));

function read(file) {
  const links = [];
  const declared = [];
  for (const text of statementsOf(file)) {
    const link = LINK.exec(withoutComments(text).trim());
    if (link) links.push({ text, exports: link[1] === 'export', list: link[2], from: link[3] });
    else declared.push({ text, name: NAME.exec(withoutComments(text).trim())?.[1], kept: false });
  }
  return { links, declared };
}

/** The declarations that one file leads to, by file. */
function reachable(entry) {
  const files = new Map();
  const fileOf = (path) => {
    if (!files.has(path)) files.set(path, { ...read(path), used: new Set() });
    return files.get(path);
  };
  const next = (from, specifier) => `${resolve(dirname(from), specifier.replace(/\.ts$/, ''))}.d.ts`;
  const follow = (path, identifiers) => {
    for (const name of identifiers) keep(path, name);
  };
  const keepStatement = (path, statement) => {
    if (statement.kept) return;
    statement.kept = true;
    follow(path, identifiersOf(statement.text));
    for (const [, target, name] of statement.text.matchAll(INLINE)) keep(next(path, target), name);
  };
  const keep = (path, name) => {
    const file = fileOf(path);
    if (file.used.has(name)) return;
    file.used.add(name);
    for (const statement of file.declared) if (statement.name === name) keepStatement(path, statement);
    for (const { list, from } of file.links)
      for (const { there, here } of namesIn(list))
        if (here === name && from.startsWith('.')) keep(next(path, from), there);
  };
  const { declared, links } = fileOf(entry);
  for (const { list, exports } of links) if (exports) for (const { here } of namesIn(list)) keep(entry, here);
  for (const statement of declared) keepStatement(entry, statement);
  return files;
}

/** A link with those of its names that are used; empty when none is. */
function linkText({ text, exports, list, from }, used) {
  if (list.includes('*')) return namesIn(list).some(({ here }) => used.has(here)) ? text : '';
  const names = list.match(/\{(.*)\}/s)?.[1]?.split(',') ?? [];
  const kept = names.filter((name) => namesIn(name).some(({ here }) => used.has(here)));
  const type = /^\s*type\b/.test(list) ? ' type' : '';
  return kept.length === 0
    ? ''
    : `${exports ? 'export' : 'import'}${type} {${kept.join(',')}} from '${from}';`;
}

/** Writes the declarations of src/core/index.ts, and what they need, below a folder. */
export function writeDeclarations(root, folder) {
  const all = mkdtempSync(join(tmpdir(), 'incident-demo-types-'));
  try {
    const manifest = fileURLToPath(import.meta.resolve('typescript/package.json'));
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
    const project = ['--project', join(root, 'tsconfig.types.json'), '--outDir', all];
    execFileSync(process.execPath, [join(dirname(manifest), bin.tsc), ...project], { stdio: 'inherit' });
    const source = join(all, 'src');
    for (const [path, { links, declared, used }] of reachable(join(source, 'core/index.d.ts'))) {
      const statements = declared.filter(({ kept }) => kept).map(({ text }) => text);
      const lines = [...links.map((link) => linkText(link, used)).filter(Boolean), ...statements];
      const file = join(folder, relative(source, path));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${lines.join('\n')}\n`);
    }
  } finally {
    rmSync(all, { recursive: true });
  }
}
