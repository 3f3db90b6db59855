// What `run` does before it writes: it states its target, wants it to be meant, and shows all of it in a dry run.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { DryRun, RunDone } from '../../../src/core/events.ts';
import { CLI, newPlace, type Place, runProgram } from '../../helpers/program.ts';
import { type RunningProxy, startProxy } from '../../helpers/proxy.ts';
import { SMALL_DAY } from '../../helpers/small-run.ts';

const target = inject('openSearchUrl');
const index = `brake-test-${process.pid}`;
const SMALL = [...SMALL_DAY, '--sample', '600', '--index', index];
let place: Place;
let proxy: RunningProxy;
beforeEach(async () => {
  place = newPlace();
  proxy = await startProxy({ target });
});
afterEach(async () => {
  await proxy.close();
  place.remove();
  await fetch(`${target}/${index}`, { method: 'DELETE' });
});

const exists = async () => (await fetch(`${target}/${index}`, { method: 'HEAD' })).status === 200;

describe('without a terminal', () => {
  test('an address that nobody gave is not loaded into', async () => {
    const { exit, stderr } = await runProgram(place, 'run', ...SMALL);
    expect(exit).toBe(2);
    expect(stderr).toContain('and an address (--url, OPENSEARCH_URL or --local) or --yes is missing');
    expect(existsSync(join(place.folder, 'state'))).toBe(false);
  });

  test.each([
    ['--url', () => ['--url', proxy.url], () => ({})],
    ['OPENSEARCH_URL', () => [], () => ({ OPENSEARCH_URL: proxy.url })],
  ])('%s is enough; the target is stated first', async (_, args, env) => {
    Object.assign(place.env, env());
    const { exit, stderr } = await runProgram(place, 'run', ...SMALL, ...args());
    expect(stderr.split('\n')[0]).toBe(`Target: index ${index} at ${proxy.url}`);
    expect(exit).toBe(0);
  });

  test('--yes is enough: then the default address is meant', async () => {
    const { exit, stderr } = await runProgram(place, 'run', ...SMALL, '--yes', '--dry-run');
    expect(stderr).toContain(`Target: index ${index} at http://localhost:9200`);
    expect([0, 3]).toContain(exit);
  });
});

describe('a dry run', () => {
  const dry = async (...args: string[]) => {
    const ran = await runProgram(place, 'run', '--url', proxy.url, ...SMALL, '--dry-run', '--json', ...args);
    const events = ran.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    const shown = events.find(({ type }) => type === 'dry-run') as DryRun | undefined;
    return { ...ran, shown, done: events.at(-1) as unknown as RunDone };
  };
  // What an index would inherit is asked with POST, and changes nothing.
  const writes = () =>
    proxy.seen.filter(
      ({ method, path }) => !['GET', 'HEAD'].includes(method) && !path.includes('/_simulate'),
    );

  test('shows plan, sizes, target, index decision and a document, and writes nothing', async () => {
    const { exit, shown, done } = await dry('--output-dir', 'out');
    expect(exit).toBe(0);
    expect(shown).toMatchObject({ url: proxy.url, index, action: 'create', there: 0 });
    expect(shown?.documents).toBeGreaterThan(100);
    expect(shown?.bytes).toBeGreaterThan((shown?.documents ?? 0) * 500);
    expect(shown?.sample).toMatchObject({ event_type: 'checkout_attempt', '@timestamp': expect.any(String) });
    expect(shown?.incidents.length).toBeGreaterThan(0);
    expect(done).toMatchObject({ ok: true, dryRun: true, index, checks: [], documents: { acknowledged: 0 } });
    expect(done.command).not.toContain('--dry-run');
    expect(writes()).toEqual([]);
    expect(await exists()).toBe(false);
    expect(readdirSync(place.folder).filter((name) => ['out', 'state', 'config'].includes(name))).toEqual([]);
  });

  test('says what would become of an index, and refuses what the run would refuse', async () => {
    const loaded = await runProgram(place, 'run', '--url', target, ...SMALL);
    expect(loaded.exit).toBe(0);
    const refused = await dry();
    expect(refused.exit).toBe(6);
    expect(refused.done.error?.code).toBe('index-exists');
    const kept = await Promise.all(
      ['append', 'replace', 'new'].map((policy) => dry('--on-conflict', policy)),
    );
    expect(kept.map(({ shown }) => shown?.action)).toEqual(['append', 'replace', 'create']);
    expect(kept[0]?.shown?.there).toBeGreaterThan(100);
    expect(kept[2]?.shown?.index).not.toBe(index);
    expect(writes()).toEqual([]);
  });

  test('in words ends with the line that runs it', async () => {
    const { stdout } = await runProgram(place, 'run', '--url', proxy.url, ...SMALL, '--dry-run');
    expect(stdout).toContain('Index: it would be created');
    expect(stdout).toContain('"event_type": "checkout_attempt"');
    expect(stdout).toMatch(/To run it: incident-demo run .*--yes\n$/);
  });

  test('starts no local node', async () => {
    const { exit, stdout } = await runProgram(place, 'run', '--local', ...SMALL, '--dry-run');
    expect(exit).toBe(0);
    expect(stdout).toContain('Index: unknown, since the local node is not running');
    expect(readdirSync(place.folder)).not.toContain('state');
  });
});

describe('how much is said', () => {
  test('with --quiet: results alone; with --verbose: each query, too', async () => {
    const quiet = await runProgram(place, 'run', '--url', proxy.url, ...SMALL, '--quiet');
    expect(quiet).toMatchObject({ exit: 0, stderr: '' });
    expect(quiet.stdout).toContain('Your demo is ready');
    const loud = await runProgram(place, 'validate', '--url', proxy.url, '--index', index, '--verbose');
    expect(loud.stderr).toMatch(/^ +(GET|POST) \/?\S+_(search|count)\S*, \d+ ms$/m);
  });

  test('an error is said with --quiet, and its cause with --verbose', async () => {
    const nowhere = ['--url', 'http://127.0.0.1:9', '--index', index];
    expect((await runProgram(place, 'doctor', ...nowhere, '--quiet')).stderr).toContain(
      'Error: Nothing is listening',
    );
    expect((await runProgram(place, 'doctor', ...nowhere, '--verbose')).stderr).toContain('Cause: ');
  });
});

describe('a closed pipe', () => {
  test.each([
    ['standard output', '"$@" --json 2>err | head -n 1'],
    ['standard output and error', '"$@" --json 2>&1 | head -n 1'],
    ['sentences', '"$@" 2>&1 | head -n 1'],
  ])('ends a run: %s', async (_, line) => {
    const args = ['run', '--url', proxy.url, ...SMALL_DAY, '--sample', '5', '--index', index];
    const shell = spawn('bash', ['-c', `set -o pipefail; ${line}`, 'bash', process.execPath, CLI, ...args], {
      cwd: place.folder,
      env: place.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let shown = '';
    shell.stdout.on('data', (text: Buffer) => {
      shown += text.toString();
    });
    shell.stderr.on('data', (text: Buffer) => {
      shown += text.toString();
    });
    const exit = await new Promise<number | null>((resolve) => shell.on('close', resolve));
    expect(exit).toBe(130);
    expect(shown.trim().split('\n')).toHaveLength(1);
    const said = line.includes('2>err') ? execFileSync('cat', ['err'], { cwd: place.folder }).toString() : '';
    expect(said).not.toMatch(/EPIPE|Internal error|^\s+at /m);
  });
});
