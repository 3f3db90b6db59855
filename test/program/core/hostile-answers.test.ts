// Whatever a server answers to any request of a run: it ends soon, in words, and a signal works at every moment.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunDone } from '../../../src/core/events.ts';
import type { RunRequest } from '../../../src/core/run/request.ts';
import { run } from '../../../src/core/run/run.ts';
import { HOSTILE, startHostile } from '../../helpers/hostile-answers.ts';
import { DEFAULTS } from '../../helpers/parameters.ts';
import { doneOf, newPlace, start } from '../../helpers/program.ts';

const SIZES = [100_000, 10_000_000];
/** Where the most is done with an answer, also the largest that is read. */
const LARGEST_READ = 4_100_000;
const READ_MOST = ['GET /', 'GET /INDEX', 'POST /INDEX/_bulk', 'POST /INDEX/_search'];
const INDEX = 'hostile';
/** Every kind of request of a run that nothing goes wrong in. */
const KINDS = [
  'GET /',
  'GET /_plugins/_security/authinfo',
  'GET /_cluster/settings',
  'GET /_nodes/stats/fs',
  'GET /_cluster/health',
  'GET /INDEX/_settings',
  'GET /INDEX',
  'GET /_plugins/_ism/policies',
  'PUT /INDEX',
  'PUT /INDEX/_settings',
  'POST /INDEX/_bulk',
  'POST /INDEX/_refresh',
  'POST /INDEX/_flush',
  'POST /INDEX/_search',
  'GET /INDEX/_search',
  'GET /INDEX/_count',
  'GET /_cluster/health/INDEX',
];
const MOST_MS = 5000;
/** A signal is heard between two turns of the event loop. */
const MOST_DELAY_MS = 1500;

let state: string;
beforeAll(() => {
  state = mkdtempSync(join(tmpdir(), 'incident-demo-hostile-'));
});
afterAll(() => rmSync(state, { recursive: true, force: true }));

let number = 0;
async function runAgainst(url: string): Promise<RunDone> {
  const folder = (name: string) => join(state, String(++number), name);
  const request: RunRequest = {
    ...{ id: `hostile-${number}`, connection: { url }, local: false, index: INDEX, onConflict: 'fail' },
    ...{ replaceConfirmed: false, presets: [], nowMs: Date.parse('2026-03-14T16:00:00Z'), part: undefined },
    parameters: { ...DEFAULTS, days: 1, sample: 3000, seed: 7, timeZone: 'UTC' },
    ...{ outputDir: undefined, splitMb: undefined, environment: {}, toolVersion: '0', settings: {} },
    directories: { cache: folder('cache'), state: folder('state'), config: folder('config') },
    ...{ command: 'run', resumeCommand: () => 'resume', random: () => 0.01, giveUpMs: 800, requestMs: 2000 },
  };
  for await (const event of run(request, new AbortController().signal))
    if (event.type === 'done') return event;
  throw new Error('the last event is missing');
}

/** Ends a load, a check or the first look: what must not end as a bug of ours. */
const BUGS = [undefined, 'unexpected'];

test('a run asks nothing else', async () => {
  const cluster = await startHostile(INDEX, 'none', undefined);
  await runAgainst(cluster.url);
  await cluster.close();
  expect([...cluster.seen].filter((kind) => !KINDS.includes(kind))).toEqual([]);
  expect(KINDS.filter((kind) => !cluster.seen.has(kind))).toEqual([]);
});

describe.each(KINDS)('%s', (kind) => {
  test.each(Object.keys(HOSTILE))('%s', async (shape) => {
    const trouble: string[] = [];
    for (const bytes of READ_MOST.includes(kind) ? [...SIZES, LARGEST_READ] : SIZES) {
      const cluster = await startHostile(INDEX, kind, HOSTILE[shape]?.(bytes));
      const delays = monitorEventLoopDelay({ resolution: 10 });
      const begin = performance.now();
      delays.enable();
      const { error, exit } = await runAgainst(cluster.url);
      delays.disable();
      const ms = Math.round(performance.now() - begin);
      await cluster.close();
      const told = `${bytes} bytes: exit ${exit}, ${error?.code}, ${ms} ms`;
      if (exit !== 0 && BUGS.includes(error?.code)) trouble.push(`${told}: ${error?.message}`);
      if (ms > MOST_MS) trouble.push(told);
      if (delays.max / 1e6 > MOST_DELAY_MS)
        trouble.push(`${told}, deaf for ${Math.round(delays.max / 1e6)} ms`);
      if ((error?.message.length ?? 0) > 1000)
        trouble.push(`${told}: a message of ${error?.message.length} characters`);
    }
    expect(trouble).toEqual([]);
  });
});

test.each(['GET /', 'POST /INDEX/_bulk', 'GET /INDEX/_count'])(
  'Ctrl+C while %s brings a page for ever',
  async (kind) => {
    const place = newPlace();
    const answers = HOSTILE['brackets of markup, as an error']?.(10_000_000);
    const cluster = await startHostile(INDEX, kind, answers && { ...answers, status: 503 });
    const program = start(place, [
      'run',
      '--url',
      cluster.url,
      '--index',
      INDEX,
      '--yes',
      '--json',
      '--days',
      '1',
    ]);
    while (!cluster.seen.has(kind) && program.child.exitCode === null) await sleep(20);
    const begin = performance.now();
    program.child.kill('SIGINT');
    const finished = await program.done;
    await cluster.close();
    place.remove();
    expect(performance.now() - begin).toBeLessThan(2500);
    expect([3, 130]).toContain(doneOf(finished).exit);
  },
);
