// A live shop beside a real node: what was started in it is proved like everything else, also after kill -9.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { ask, askText } from '../../../helpers/ask.ts';
import { doneOf, newPlace, type Place, runProgram, start } from '../../../helpers/program.ts';
import { expectProof } from '../../../helpers/proof.ts';
import { SMALL_DAY } from '../../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const index = `live-test-${process.pid}`;
let place: Place;

beforeEach(() => {
  place = newPlace();
});
afterEach(async () => {
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  place.remove();
});

const WHERE = ['--url', url, '--index', index, '--json'] as const;
const LIVE = ['live', ...WHERE, '--yes', ...SMALL_DAY, '--speed', '60'] as const;
const STARTED = ['--at', '1m:payment_gateway_timeout:major', '--at', '4m:recover'] as const;

interface Weights {
  readonly aggregations: { readonly weights: { readonly buckets: readonly { readonly key: number }[] } };
}

async function validated() {
  await askText(`${url}/${index}/_refresh`, { method: 'POST' });
  const done = doneOf(await runProgram(place, 'validate', ...WHERE, '--deep'));
  expect(done.error).toBeUndefined();
  expectProof(done);
  return done;
}

test('an index that was loaded and lived in is one run to validate, with what was started in it', async () => {
  const lived = await runProgram(place, ...LIVE, ...STARTED, '--for', '8s');
  const { ok, key } = doneOf(lived) as ReturnType<typeof doneOf> & { key: string };
  expect(ok).toBe(true);
  expect(readFileSync(key, 'utf8')).toContain('"live-2026-03-14T');
  const { checks } = await validated();
  expect(checks.some(({ id }) => id.includes('live-2026'))).toBe(true);
});

test('after kill -9 the shop goes on without a gap and without a duplicate, and keeps more sessions when asked', async () => {
  const { child, done, output } = start(place, [...LIVE, ...STARTED]);
  while (!output().includes('"type":"incident"') && child.exitCode === null) await sleep(20);
  child.kill('SIGKILL');
  await done;
  const resumed = await runProgram(
    place,
    ...['live', '--resume', '--gap', 'backfill', '--json', '--speed', '60', '--for', '3s', '--sample', '6'],
    ...['--now', '2026-03-14T16:00:00Z'],
  );
  expect(doneOf(resumed).ok).toBe(true);
  await validated();
  const body = { size: 0, aggs: { weights: { terms: { field: 'sample_weight' } } } };
  const { aggregations } = await ask<Weights>(`${url}/${index}/_search`, { body });
  expect(aggregations.weights.buckets.map(({ key }) => key)).toEqual([60, 6]);
});
