// Makes a fresh clone ready: installs when node_modules is missing or stale, builds when dist is older than src.
// Plain Node without dependencies, so that it also runs on the machine's own, older Node.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modified = (path) => (existsSync(join(root, path)) ? statSync(join(root, path)).mtimeMs : 0);

function newest(path) {
  const full = join(root, path);
  if (!statSync(full).isDirectory()) return statSync(full).mtimeMs;
  return readdirSync(full).reduce(
    (latest, name) => Math.max(latest, newest(join(path, name))),
    statSync(full).mtimeMs,
  );
}

function run(label, command, args) {
  process.stderr.write(`${label} …\n`);
  // Standard output belongs to the program that is about to start.
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write(`${label}: failed${error ? ` (${error.message})` : ''}. The lines above say why.\n`);
  process.exit(status ?? 1);
}

const installed = 'node_modules/.package-lock.json';
if (modified(installed) < modified('package-lock.json'))
  run('Installing what is needed (npm ci)', 'npm', ['ci', '--loglevel=error']);

const sources = ['src', 'presets', 'mapping.json', 'package.json', 'scripts/build.mjs'];
if (modified('dist/cli.js') < Math.max(...sources.map(newest))) {
  run('Building', join(root, 'node_modules', '.bin', 'node'), [join(root, 'scripts', 'build.mjs')]);
}
