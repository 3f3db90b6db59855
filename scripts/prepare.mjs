// Makes a fresh clone ready: installs when node_modules is missing or stale, builds when dist is older than src.
// Plain Node without dependencies, so that it also runs on the machine's own, older Node.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownNode } from './own-node.mjs';

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

const start = (command, args, options) =>
  spawnSync(command, args, { cwd: root, shell: process.platform === 'win32', ...options });

function run(label, command, args) {
  process.stderr.write(`${label} …\n`);
  // Standard output belongs to the program that is about to start.
  const { status, error } = start(command, args, { stdio: ['ignore', process.stderr.fd, process.stderr.fd] });
  if (status === 0) return;
  process.stderr.write(`${label}: failed${error ? ` (${error.message})` : ''}. The lines above say why.\n`);
  process.exit(status ?? 1);
}

/** How long the npm registry has for a small answer until that is said, and until the install is given up. */
const ANSWER_MS = 8000;
const LAST_ANSWER_MS = 60_000;

/** What npm calls the errors of a network; every other one is an answer of a registry, or npm's own to report. */
const NETWORK_ERROR = /npm error code (ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|E\w+UNREACH|FETCH_ERROR)/;

/** Why the registry cannot be reached; undefined when it answers. It is asked for a page that the install reads, too. */
function unreachable(ms) {
  // Without a network npm takes what its own cache has for an answer.
  const cache = mkdtempSync(join(tmpdir(), 'npm-cache-'));
  const flags = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', `--fetch-timeout=${ms}`];
  const asked = ['view', 'asciichart', 'name', `--cache=${cache}`, '--loglevel=error', ...flags];
  const { error, stderr } = start('npm', asked, { encoding: 'utf8', timeout: ms });
  rmSync(cache, { recursive: true, force: true });
  const [, code] = NETWORK_ERROR.exec(stderr ?? '') ?? [];
  return error?.code === 'ETIMEDOUT' || code === 'FETCH_ERROR' ? 'no answer' : code;
}

/** The host of the registry, without what else its address may hold. */
function registryHost() {
  const registry = start('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim();
  return URL.canParse(registry) ? new URL(registry).host : 'in the configuration';
}

/** Installs with `npm ci`: from npm's cache alone where there is no network. No package has to run a script of its own. */
function install() {
  const args = ['ci', '--ignore-scripts', '--loglevel=error'];
  let reason = unreachable(ANSWER_MS);
  if (reason === undefined) return run('Installing what is needed (npm ci)', 'npm', args);
  const registry = `npm registry ${registryHost()}`;
  // It deletes an older node_modules first, which may be all that there is.
  if (!existsSync(join(root, 'node_modules'))) {
    process.stderr.write(`The ${registry} is unreachable (${reason}). Trying npm's cache …\n`);
    if (start('npm', [...args, '--offline'], { stdio: 'ignore' }).status === 0) return undefined;
  }
  if (reason === 'no answer') {
    process.stderr.write(`The ${registry} has not answered yet. Waiting another minute …\n`);
    reason = unreachable(LAST_ANSWER_MS);
    if (reason === undefined) return run('Installing what is needed (npm ci)', 'npm', args);
  }
  process.stderr.write(
    `Cannot install dependencies: the ${registry} is unreachable (${reason}). ` +
      'Check the network and the proxy settings of npm, then run this again.\n',
  );
  return process.exit(1);
}

const installed = 'node_modules/.package-lock.json';
if (modified(installed) < modified('package-lock.json')) install();
const node = ownNode();

const sources = ['src', 'presets', 'mapping.json', 'package.json', 'scripts/build.mjs'];
if (modified('dist/cli.js') < Math.max(...sources.map(newest)))
  run('Building', node, [join(root, 'scripts', 'build.mjs')]);
