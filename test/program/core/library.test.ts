import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const NAME = 'opensearch-incident-demo';
const TSC = join(ROOT, 'node_modules/.bin/tsc');
const COMPILE =
  '--strict --skipLibCheck false --module nodenext --target es2022 --types node --pretty false'.split(' ');

/** The TypeScript examples of docs/library.md. */
const EXAMPLES = [...readFileSync(join(ROOT, 'docs/library.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(
  ([, text = '']) => text,
);

let project: string;

/** A project with the packed package, and links to what the package depends on. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'incident-demo-library-'));
  const modules = join(project, 'node_modules');
  mkdirSync(modules);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', project], { cwd: ROOT });
  const [archive = ''] = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['xzf', archive], { cwd: project });
  renameSync(join(project, 'package'), join(modules, NAME));
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== NAME) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
}, 60_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** What the compiler says of these files. */
function compile(texts: Readonly<Record<string, string>>): string {
  const files = Object.keys(texts);
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(project, file), text);
  return spawnSync(TSC, [...COMPILE, ...files], { cwd: project, encoding: 'utf8' }).stdout;
}

const run = (file: string) => spawnSync(process.execPath, [file], { cwd: project, encoding: 'utf8' });

test('the example of the documentation compiles, and prints a plan, documents and the answer key', () => {
  const [example = '', load = '', ...more] = EXAMPLES;
  expect(more).toEqual([]);
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
  expect(compile({ 'example.ts': example, 'load.ts': load })).toBe('');
  const { stdout, stderr } = run('example.js');
  expect(stderr).toBe('');
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^plan [0-9a-z]{7}: \d+ incidents$/);
  const documents = lines.filter((line) =>
    /^[0-9a-z]{24} [012] 20\S+Z (checkout_attempt|deployment|restart|config_change)$/.test(line),
  );
  expect(documents.length).toBeGreaterThan(50);
  expect(stdout).toMatch(/^payment-gateway-timeout: .+, \d+ documents \{/m);
});

test('types refuse what the functions would', () => {
  const wrong = `import { plan } from '${NAME}';\nplan({ days: 1 });\nplan({ now: new Date(0), days: 'two' });\n`;
  const problems = compile({ 'wrong.ts': wrong });
  expect(problems).toMatch(/^wrong\.ts\(2,6\): error TS/m);
  expect(problems).toMatch(/^wrong\.ts\(3,\d+\): error TS/m);
});

test('parameters out of their limits are refused', () => {
  writeFileSync(
    join(project, 'refused.js'),
    `import { plan } from '${NAME}';\ntry { plan({ now: new Date(0), days: 91 }); } catch (error) { console.log(error.name, error.message); }\n`,
  );
  expect(run('refused.js').stdout).toBe('AppError days: 91 is not a whole number from 1 to 90\n');
});

test('it sets no V8 flag and reads no environment', () => {
  writeFileSync(
    join(project, 'host.js'),
    `import { syncBuiltinESMExports } from 'node:module';
import v8 from 'node:v8';
const seen = [];
// Node itself looks at these while it loads and prints.
const ofNode = ['WATCH_REPORT_DEPENDENCIES', 'FORCE_COLOR'];
const note = (name) => void (ofNode.includes(name) || seen.push(name));
v8.setFlagsFromString = (flag) => void seen.push(flag);
syncBuiltinESMExports();
process.env = new Proxy({}, { get: (_, name) => note(name), has: (_, name) => note(name) });
const { checksOf, generateDocuments, loadInto, plan, tallyOf } = await import('${NAME}');
const data = plan({ now: new Date('2026-11-24T16:00:00Z'), days: 1, sample: 2000 });
const count = [...generateDocuments(data)].length;
const tally = tallyOf(data);
console.log(count === tally.documents, checksOf(data, tally).length > 20);
const bulk = [];
const created = (body) => ({ errors: false, items: String(body).trim().split('\\n').filter((_, i) => i % 2 === 0).map(() => ({ create: { status: 201 } })) });
const request = async ({ method, path, body }) => {
  if (path.endsWith('/_bulk')) bulk.push(body.length);
  if (path.endsWith('/_bulk')) return { status: 200, body: created(body), headers: {} };
  if (method === 'GET' && path.endsWith('/_count')) return { status: 200, body: { count }, headers: {} };
  const missing = method === 'GET' && /^\\/[a-z_]+$/.test(path);
  return { status: missing ? 404 : 200, body: {}, headers: {} };
};
const outcome = await loadInto({ url: 'http://localhost:9200', request, close: async () => {} }, data);
console.log(outcome.documents.acknowledged === count, bulk.length > 0, outcome.ok, outcome.checks.length > 20);
console.log(JSON.stringify(seen));
`,
  );
  const { stdout, stderr } = run('host.js');
  expect(stderr).toBe('');
  // An answer without aggregations fails the checks, not the load.
  expect(stdout.split('\n').slice(0, 3)).toEqual(['true true', 'true true false true', '[]']);
});
