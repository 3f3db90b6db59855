// `score` with a cluster: the results of anomaly detection by the name of their index, and the threshold read from the index.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { AnswerEntry, Score } from '../../../src/core/index.ts';
import { ask } from '../../helpers/ask.ts';
import { doneOf, newPlace, type Place, runInto, runProgram } from '../../helpers/program.ts';

const url = inject('openSearchUrl');
const INDEX = `score-test-${process.pid}`;
const RESULTS = `opensearch-ad-plugin-result-test-${process.pid}`;
const TWO = `${RESULTS}-two`;
const EMPTY = `${RESULTS}-empty`;

let place: Place;
let incidents: readonly AnswerEntry[];

/** The fields of a result that matter here, as the plugin maps them. */
const MAPPINGS = {
  properties: {
    detector_id: { type: 'keyword' },
    anomaly_grade: { type: 'double' },
    data_start_time: { type: 'date', format: 'strict_date_time||epoch_millis' },
    data_end_time: { type: 'date', format: 'strict_date_time||epoch_millis' },
  },
};

const result = (detector: string, start: number, grade: number) => ({
  detector_id: detector,
  anomaly_grade: grade,
  data_start_time: start,
  data_end_time: start + 60_000,
});

async function makeResults(index: string, results: readonly object[]): Promise<void> {
  await ask(`${url}/${index}`, { method: 'PUT', body: { mappings: MAPPINGS } });
  for (const one of results) await ask(`${url}/${index}/_doc?refresh=true`, { body: one });
}

const score = (...args: string[]) =>
  runProgram(place, 'score', '--url', url, '--output-dir', 'data', ...args);
const scoreOf = async (...args: string[]) =>
  (doneOf(await score(...args, '--json')) as unknown as { score: Score }).score;

beforeAll(async () => {
  place = newPlace();
  mkdirSync(join(place.folder, 'data'));
  const data = [
    '--days',
    '2',
    '--sample',
    '120',
    '--seed',
    '7',
    '--time-zone',
    'UTC',
    '--output-dir',
    'data',
  ];
  const done = doneOf(
    await runProgram(place, ...runInto(url, INDEX), ...data, '--now', '2026-03-14T16:00:00Z'),
  );
  expect(done.documents.found).toBeGreaterThan(1000);
  const key: AnswerEntry[] = JSON.parse(readFileSync(join(place.folder, 'data/incidents.json'), 'utf8'));
  incidents = key.filter(({ kind }) => kind === 'incident');
  writeFileSync(join(place.folder, 'none.csv'), 'start,end\n');
  const starts = incidents.map(({ start }) => Date.parse(start) + 60_000);
  const calm = Date.parse('2026-03-13T03:00:00Z');
  // An anomaly in each incident, results without one, and an anomaly in calm.
  const all = [
    ...starts.map((start) => result('mine', start, 0.9)),
    ...starts.map((start) => result('mine', start - 7_200_000, 0)),
    result('mine', calm, 0.4),
  ];
  await makeResults(RESULTS, all);
  await makeResults(TWO, [...all, result('other', calm, 1)]);
  await makeResults(EMPTY, []);
}, 120_000);
afterAll(async () => {
  for (const index of [INDEX, RESULTS, TWO, EMPTY]) await fetch(`${url}/${index}`, { method: 'DELETE' });
  place.remove();
});

describe('results of anomaly detection', () => {
  it('are anomalies with a grade above 0', async () => {
    const count = incidents.length;
    expect(await scoreOf('--results', RESULTS)).toMatchObject({
      ...{ alarms: count + 1, recall: 1, root_cause: null },
      precision: Math.round((count / (count + 1)) * 10_000) / 10_000,
    });
  });

  it('of several detectors are those of the one that is named', async () => {
    expect((await scoreOf('--results', TWO, '--detector', 'other')).recall).toBe(0);
    expect((await scoreOf('--results', TWO, '--detector', 'mine')).recall).toBe(1);
  });

  it.each([
    [[TWO], 'it has those of several detectors; name one with --detector: mine, other'],
    [[TWO, '--detector', 'third'], 'it has none of detector third, but of mine, other'],
    [[EMPTY], 'it has no results of a detector'],
  ])('%j are refused in one sentence', async (args, problem) => {
    const { stderr, exit } = await score('--results', ...args);
    expect(stderr).toContain(`The anomaly results in ${args[0]} cannot be scored: ${problem}`);
    expect(exit).toBe(2);
  });

  it('of an index that is not there are said to be missing', async () => {
    const { stderr, exit } = await score('--results', 'no-such-results');
    expect(stderr).toContain('no-such-results');
    expect(exit).not.toBe(0);
  });
});

describe('the threshold', () => {
  it('is the same from the index as from the files', async () => {
    const fromFiles = await scoreOf('none.csv');
    const fromIndex = await scoreOf('none.csv', '--index', INDEX);
    expect(fromFiles.p95_rule?.recall).toBeGreaterThan(0.5);
    expect(fromIndex.p95_rule).toEqual(fromFiles.p95_rule);
  });
});
