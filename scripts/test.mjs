// The whole test run: types and lint, then every layer of tests; ends with one line that counts them.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const extra = process.argv.slice(2);
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** The exit code of a command, 1 when it cannot run. */
const run = (command, args) =>
  new Promise((resolve) => {
    spawn(command, args, { cwd: root, stdio: 'inherit' })
      .on('error', () => resolve(1))
      .on('close', (code) => resolve(code ?? 1));
  });

/** Types and lint side by side, before the tests: beside them they would disturb the times that tests measure. */
async function checks() {
  const [types, lint] = await Promise.all([
    run(bin('tsc'), ['--noEmit']),
    run('npm', ['run', '--silent', 'lint']),
  ]);
  return [...(types === 0 ? [] : ['types']), ...(lint === 0 ? [] : ['lint'])];
}

const failedSteps = extra.length === 0 ? await checks() : [];

const folder = mkdtempSync(join(tmpdir(), 'incident-demo-test-'));
const report = join(folder, 'report.json');
const status = await run(bin('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...extra,
]);
const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
rmSync(folder, { recursive: true, force: true });

const all = (result?.testResults ?? []).flatMap(({ name, assertionResults }) =>
  assertionResults.map((test) => ({ file: name, status: test.status })),
);
const count = (tests, wanted) => tests.filter((test) => test.status === wanted).length;
const real = all.filter(({ file }) => /[\\/]test[\\/](integration|pty)[\\/]/.test(file));
const failed =
  count(all, 'failed') + failedSteps.length + (status !== 0 && count(all, 'failed') === 0 ? 1 : 0);

if (failedSteps.length > 0) console.log(`Failed before the tests: ${failedSteps.join(', ')}`);
console.log(`${count(real, 'passed')} of these tests ran against a real OpenSearch node`);
console.log(`${count(all, 'passed')} passed, ${failed} failed`);
process.exitCode = failed === 0 && count(all, 'passed') > 0 ? 0 : 1;
