import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { RunDone } from '../../../../src/core/events.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { type Asked, ask, countIn } from '../../../helpers/ask.ts';
import {
  doneOf,
  eventsOf,
  type Finished,
  newPlace,
  type Place,
  runInto,
  runProgram,
  start,
} from '../../../helpers/program.ts';
import { expectProof } from '../../../helpers/proof.ts';
import { withFlags } from '../../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const indexes: string[] = [];
let place: Place;

const indexName = (name: string) => {
  const index = `run-test-${name}-${process.pid}`;
  indexes.push(index);
  return index;
};
interface Search {
  readonly hits: {
    total: { value: number };
    hits: { _id: string; _source: { '@timestamp': string; amount: number; gc_pause_ms: number } }[];
  };
  readonly aggregations: {
    status_distribution: { buckets: { key: string }[] };
    timeline: { buckets: object[] };
    response_time_stats: { max: number };
  };
}
const asked = <T = object>(path: string, request?: Asked) => ask<T>(`${url}/${path}`, request);
const countOf = (index: string) => countIn(url, index);
const SMALL = [
  '--days',
  '1',
  '--preset',
  'payment-gateway-timeout',
  '--sample',
  '300',
  '--seed',
  '7',
  '--now',
  '2026-03-14T16:00:00Z',
  '--time-zone',
  'UTC',
];
const run = (index: string, ...more: string[]) =>
  runProgram(place, 'run', '--url', url, '--index', index, '--yes', '--json', ...withFlags(SMALL, ...more));

beforeAll(() => {
  place = newPlace();
});
afterEach(async () => {
  for (const index of indexes.splice(0)) await fetch(`${url}/${index}*`, { method: 'DELETE' });
});
afterAll(() => place.remove());

test('the default run tells a story of seven days that both searches of the guide find', async () => {
  const index = indexName('default');
  const finished = await runProgram(place, 'run', '--url', url, '--index', index, '--yes', '--json');
  const done = doneOf(finished);
  expect(done.error).toBeUndefined();
  expect(finished.exit).toBe(0);
  expect(done.ok).toBe(true);
  const { planned, acknowledged, found, refused } = done.documents;
  expect(planned).toBeGreaterThan(200_000);
  expect([acknowledged, found, refused]).toEqual([planned, planned, 0]);
  expectProof(done, { presets: BUILT_IN });

  // What a person would ask with curl, counted here without the program's own checks.
  const seen = await asked<Search>(`${index}/_search`, {
    method: 'POST',
    body: {
      size: 0,
      aggs: {
        status_distribution: { terms: { field: 'status' } },
        response_time_stats: { stats: { field: 'response_time_ms' } },
        timeline: { date_histogram: { field: '@timestamp', calendar_interval: '1h' } },
      },
    },
  });
  expect(seen.aggregations.status_distribution.buckets.map(({ key }) => key).sort()).toEqual([
    'error',
    'success',
  ]);
  expect(seen.aggregations.timeline.buckets.length).toBeGreaterThan(150);
  expect(seen.aggregations.response_time_stats.max).toBeGreaterThanOrEqual(30_000);
  const slow = await asked<Search>(`${index}/_search`, {
    method: 'POST',
    body: {
      query: {
        bool: { must: [{ range: { response_time_ms: { gte: 5000 } } }, { term: { status: 'error' } }] },
      },
      sort: [{ '@timestamp': 'desc' }],
      size: 10,
    },
  });
  expect(slow.hits.total.value).toBeGreaterThanOrEqual(100);
  expect(await countOf(index)).toBe(planned);
});

test('an existing index stops the run before anything is written, and each policy does what it says', async () => {
  const index = indexName('conflict');
  const first = doneOf(await run(index));
  expect(first.ok).toBe(true);

  const refused = await run(index);
  expect(refused.exit).toBe(6);
  expect(doneOf(refused).error?.code).toBe('index-exists');
  const advice = doneOf(refused).error?.actions.join(' ');
  for (const policy of ['new', 'append', 'replace']) expect(advice).toContain(`--on-conflict ${policy}`);
  const part = doneOf(await run(index, '--part', '1/2', '--seed', '8')).error;
  expect(part?.code).toBe('index-exists');
  expect(part?.actions.join(' ')).not.toMatch(/on-conflict (new|replace)/);
  expect(part?.actions.join(' ')).toContain(`incident-demo clean --index ${index}`);
  expect(await countOf(index)).toBe(first.documents.planned);

  const doubled = (finished: Finished) =>
    eventsOf(finished).flatMap((event) =>
      event.type === 'notice' && event.text.includes('twice') ? [event.text] : [],
    );
  const again = await run(index, '--on-conflict', 'append');
  const appended = doneOf(again);
  expect(appended.ok).toBe(true);
  expect(doubled(again)).toEqual([]);
  expect(await countOf(index)).toBe(first.documents.planned);

  const added = ['--on-conflict', 'append', '--seed', '8'];
  const twice = ['2026-03-14 will be in the index twice: it already has other data of that day'];
  const into = ['--url', url, '--index', index, '--json', '--dry-run'];
  expect(doubled(await runProgram(place, 'run', ...into, ...withFlags(SMALL, ...added)))).toEqual(twice);
  const second = await run(index, ...added);
  const other = doneOf(second);
  expect(doubled(second)).toEqual(twice);
  expect(other.error).toBeUndefined();
  expect(await countOf(index)).toBe(first.documents.planned + other.documents.planned);

  const beside = doneOf(await run(index, '--on-conflict', 'new'));
  expect(beside.index).not.toBe(index);
  expect(beside.ok).toBe(true);

  const replaced = doneOf(await run(index, '--on-conflict', 'replace'));
  expect(replaced.ok).toBe(true);
  expect(await countOf(index)).toBe(first.documents.planned);
});

test('an index of somebody else is not replaced', async () => {
  const index = indexName('foreign');
  await asked(index, { method: 'PUT', body: '{}' });
  const advised = doneOf(await run(index)).error;
  expect(advised?.code).toBe('index-exists');
  expect(advised?.actions).toEqual([
    'Load into a new index beside it: --on-conflict new',
    'Choose another name: --index NAME',
  ]);
  const finished = await run(index, '--on-conflict', 'replace');
  expect(finished.exit).toBe(6);
  expect(doneOf(finished).error?.code).toBe('index-not-ours');
  const cleaned = await runProgram(place, 'clean', '--url', url, '--index', index, '--yes');
  expect(cleaned.exit).toBe(6);
  expect((await fetch(`${url}/${index}`)).status).toBe(200);
});

test('three parts, loaded one after the other, are one whole data set', async () => {
  const index = indexName('parts');
  const whole = doneOf(await run(indexName('whole')));
  const parts: RunDone[] = [];
  for (const part of ['1/3', '2/3', '3/3']) {
    const finished = await run(index, '--part', part);
    parts.push(doneOf(finished));
    if (part !== '1/3') continue;
    const notices = eventsOf(finished).map((event) => (event.type === 'notice' ? event.text : ''));
    expect(notices.join('\n')).toMatch(/^\d{1,3} of about \d,\d{3} documents are in /m);
    const between = await runProgram(place, 'validate', '--url', url, '--index', index, '--json');
    expect(between.exit).toBe(5);
    const advice = doneOf(between).error?.actions.join(' ');
    expect(advice).toContain('Load the missing parts, each with its --part i/3');
    expect(advice).not.toContain('--on-conflict');
    expect(advice).not.toContain('clean');
  }
  expect(parts.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(parts.reduce((sum, { documents }) => sum + documents.planned, 0)).toBe(whole.documents.planned);
  expect(parts.map(({ checks }) => checks.length > 0)).toEqual([false, false, true]);
});

test('three parts, loaded at once into no index or one of theirs, are one whole data set', async () => {
  const index = indexName('at-once');
  const parts = (...more: string[]) =>
    Promise.all(['1/3', '2/3', '3/3'].map((part) => run(index, '--part', part, ...more)));
  for (const finished of [await parts(), await parts('--on-conflict', 'append')]) {
    const ends = finished.map(doneOf);
    expect(ends.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(ends.map((done) => done.index)).toEqual([index, index, index]);
    expect(await countOf(index)).toBe(ends.reduce((sum, { documents }) => sum + documents.planned, 0));
  }
});

test('generate, then the guide’s own curl steps, then validate', async () => {
  const index = indexName('curl');
  const made = await runProgram(place, 'generate', '--output-dir', 'files', ...SMALL);
  expect(made.exit).toBe(0);
  const file = (name: string) => readFileSync(join(place.folder, 'files', name), 'utf8');
  await asked(index, { method: 'PUT', body: file('mapping.json') });
  const bulk = await asked<{ errors: boolean }>(`${index}/_bulk?refresh=true`, {
    method: 'POST',
    body: file('all_data.ndjson'),
  });
  expect(bulk.errors).toBe(false);
  const summary = JSON.parse(file('summary.json'));
  expect(await countOf(index)).toBe(summary.documents);
  expect((await runProgram(place, 'validate', '--url', url, '--index', index)).exit).toBe(0);

  const loaded = doneOf(
    await runProgram(
      place,
      'load',
      '--output-dir',
      'files',
      '--url',
      url,
      '--index',
      indexName('load'),
      '--json',
    ),
  );
  expect(loaded.error).toBeUndefined();
  expect(loaded.documents).toMatchObject({ planned: summary.documents, found: summary.documents });
});

test('one changed number in a generated file is found by the checks', async () => {
  await runProgram(place, 'generate', '--output-dir', 'changed', ...SMALL);
  const file = join(place.folder, 'changed', 'all_data.ndjson');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(/"response_time_ms":(\d+)/, (_, ms: string) => `"response_time_ms":${Number(ms) + 1}`),
  );
  const finished = await runProgram(
    place,
    'load',
    '--output-dir',
    'changed',
    '--url',
    url,
    '--index',
    indexName('changed'),
    '--json',
  );
  expect(finished.exit).toBe(5);
});

test('Ctrl+C keeps what is loaded and the run can be resumed', async () => {
  const index = indexName('resume');
  const { child, done, output } = start(place, [
    ...runInto(url, index),
    ...withFlags(SMALL, '--sample', '30'),
  ]);
  while (!output().includes('"type":"progress"')) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  const stopped = await done;
  expect(stopped.exit).toBe(130);
  const { error } = doneOf(stopped);
  expect(error?.code).toBe('cancelled');
  const resumed = await runProgram(place, 'run', '--resume', '--json');
  expect(doneOf(resumed).error).toBeUndefined();
  const { planned, found } = doneOf(resumed).documents;
  expect(found).toBe(planned);
  expect(eventsOf(resumed).some(({ type }) => type === 'check')).toBe(true);
});

test('files that are loaded beside an index are resumed there, not in the index of that name', async () => {
  const index = indexName('beside');
  await asked(index, { method: 'PUT' });
  await runProgram(place, 'generate', '--output-dir', 'beside', ...SMALL);
  const file = join(place.folder, 'beside', 'all_data.ndjson');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/"response_time_ms":\d+/, '"response_time_ms":"none"'));
  const where = ['--url', url, '--index', index, '--on-conflict', 'new', '--json'];
  const { error } = doneOf(await runProgram(place, 'load', '--output-dir', 'beside', ...where));
  expect(error?.code).toBe('load-incomplete');
  expect(error?.actions.join('\n')).toMatch(new RegExp(`load .*--index ${index}-2 --on-conflict append`));
});

test('documents that the index will never take are kept in a file with the reason', async () => {
  const index = indexName('refused');
  const first = doneOf(await run(index));
  // From now on the index takes no document with a field of its own.
  await asked(`${index}/_mapping`, {
    method: 'PUT',
    body: { properties: { extra: { type: 'integer' } } },
  });
  await runProgram(place, 'generate', '--output-dir', 'bent', ...withFlags(SMALL, '--seed', '9'));
  const file = join(place.folder, 'bent', 'all_data.ndjson');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('"event_type"', '"extra":"not a number","event_type"'),
  );
  const finished = await runProgram(
    place,
    'load',
    '--output-dir',
    'bent',
    '--url',
    url,
    '--index',
    index,
    '--on-conflict',
    'append',
    '--json',
  );
  expect(finished.exit).toBe(7);
  const { documents, error } = doneOf(finished);
  expect(documents.refused).toBe(1);
  expect(documents.acknowledged).toBe(documents.planned - 1);
  const kept = error?.actions.join(' ').match(/\S+refused\.ndjson/)?.[0] ?? '';
  const [refused = '', ...more] = readFileSync(kept, 'utf8').trim().split('\n');
  expect(more).toEqual([]);
  expect(JSON.parse(refused).source).toContain('not a number');
  expect(await countOf(index)).toBe(first.documents.planned + documents.acknowledged);
});
