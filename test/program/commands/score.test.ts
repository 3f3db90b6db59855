// `score` of the built program: what it prints, what it writes as JSON, and one sentence for every wrong input.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerEntry, Score } from '../../../src/core/index.ts';
import { doneOf, newPlace, type Place, runProgram } from '../../helpers/program.ts';

let place: Place;
let key: readonly AnswerEntry[];
const HEADER = 'start,end,component,reason';
const rowOf = ({ start, end, component, reason }: AnswerEntry) => [start, end, component, reason].join(',');
const write = (name: string, text: string) => writeFileSync(join(place.folder, name), text);
const score = (...args: string[]) => runProgram(place, 'score', ...args);
const scoreOf = async (...args: string[]) =>
  (doneOf(await score(...args, '--json')) as unknown as { score: Score }).score;

beforeAll(async () => {
  place = newPlace();
  const data = ['--days', '3', '--sample', '300', '--seed', '7', '--profile', 'graded', '--time-zone', 'UTC'];
  const made = await runProgram(place, 'generate', ...data, '--now', '2026-03-14T16:00:00Z');
  expect(made.exit).toBe(0);
  key = JSON.parse(readFileSync(join(place.folder, 'output/incidents.json'), 'utf8'));
  const incidents = key.filter(({ kind }) => kind === 'incident');
  write('right.csv', [HEADER, ...incidents.map(rowOf)].join('\n'));
  write('herrings.csv', [HEADER, ...key.filter(({ kind }) => kind === 'red_herring').map(rowOf)].join('\n'));
  write('none.csv', 'start,end\n');
}, 60_000);
afterAll(() => place.remove());

describe('the key itself', () => {
  it('scores everything, beside a constant answer and the threshold', async () => {
    const { constant, p95_rule: rule, ...own } = await scoreOf('right.csv');
    expect(own).toMatchObject({
      ...{ precision: 1, recall: 1, root_cause: 1, false_alarms_per_day: 0 },
      incidents: key.filter(({ kind }) => kind === 'incident').length,
    });
    expect(constant.recall).toBe(1);
    expect(constant.precision).toBeLessThan(0.9);
    expect(constant.root_cause).toBeLessThan(0.5);
    expect(rule?.root_cause).toBeNull();
    expect(Object.keys(rule ?? {})).toEqual(Object.keys(own));
    expect(Object.keys(constant)).toEqual(Object.keys(own));
  });

  it('is printed in columns', async () => {
    const { stdout, stderr, exit } = await score('right.csv');
    expect([stderr, exit]).toEqual(['', 0]);
    expect(stdout).toMatch(/^right\.csv, scored against \d+ incidents\n/);
    expect(stdout).toMatch(/\n {2,}yours {2,}constant answer {2,}p95 > 2,000 ms\n/);
    expect(stdout).toMatch(/\nPrecision +100 % +[\d.]+ % +[\d.–]+/);
    expect(stdout).toMatch(/\nBy severity +incidents +recall +delay +root cause\n/);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});

describe('red herrings and nothing', () => {
  it('a red herring that is reported is a false alarm, unless an incident is there too', async () => {
    const own = await scoreOf('herrings.csv');
    expect(own.red_herrings).toBeGreaterThan(3);
    expect(own.red_herrings_flagged).toBe(own.red_herrings);
    expect(own.precision).toBeLessThan(0.7);
  });

  it('nothing found is a recall of 0', async () => {
    expect(await scoreOf('none.csv')).toMatchObject({
      alarms: 0,
      precision: null,
      recall: 0,
      root_cause: null,
    });
  });
});

describe('a key without what lies beside it', () => {
  it('is enough; what cannot be told is left out, and that is said', async () => {
    mkdirSync(join(place.folder, 'alone'));
    copyFileSync(join(place.folder, 'output/incidents.json'), join(place.folder, 'alone/key.json'));
    const { stderr, stdout, exit } = await score('right.csv', '--key', 'alone/key.json');
    expect(exit).toBe(0);
    expect(stderr).toContain(
      'The rule p95 > 2,000 ms is left out: there is no all_data.ndjson beside the key',
    );
    expect(stdout).toMatch(/\nFalse alarms a day +– +–\n/);
  });
});

describe('wrong input', () => {
  const TIME = '2026-03-13T10:00:00Z';
  const FILES: Readonly<Record<string, string>> = {
    'word.csv': 'begin,end\n',
    'row.csv': `start,end\n${TIME},${TIME}\n${TIME},soon\n`,
    'cause.csv': `${HEADER}\n${TIME},${TIME},stripe,\n`,
    'half.json': `[{"start":"${TIME}",\n`,
    'past.csv': 'start,end\n2020-01-01T00:00:00Z,2020-01-01T00:05:00Z\n',
    'key.json': '[\n  {\n    "id": "x"\n  }\n]',
    'old.json': '{"incidents":[]}',
  };
  beforeAll(() => {
    for (const [name, text] of Object.entries(FILES)) write(name, text);
  });

  it.each<[string[], string]>([
    [[], 'score needs a file of detections, or --results INDEX'],
    [['right.csv', 'more.csv'], 'Unexpected argument "more.csv": score takes one'],
    [['right.csv', '--results', 'x'], 'score takes a file of detections or --results INDEX, not both'],
    [['right.csv', '--detector', 'x'], '--detector names a detector of --results INDEX; remove it'],
    [
      ['--results', 'A b'],
      '--results: "A b" is not an index or a pattern such as opensearch-ad-plugin-result-*',
    ],
    [['nothing.csv'], 'The file nothing.csv cannot be read: it does not exist'],
    [['output'], 'The file output cannot be read: it is a folder'],
    [['right.csv', '--key', 'nothing.json'], 'The file nothing.json cannot be read: it does not exist'],
    [
      ['right.csv', '--output-dir', 'nowhere'],
      'No data in nowhere: run incident-demo generate first, or set --output-dir',
    ],
    [
      ['right.csv', '--key', 'key.json'],
      'key.json, line 2: kind is missing; a key of schema 2 has id, kind,',
    ],
    [['right.csv', '--key', 'old.json'], 'old.json, line 1: {"incidents":[]} is not a list of incidents'],
    [['word.csv'], 'word.csv, line 1: the column "begin" is unknown or doubled; the header is start,end'],
    [['row.csv'], 'row.csv, line 3: end: "soon" is not a time with its offset such as 2026-03-14T14:25:00Z'],
    [
      ['cause.csv'],
      'cause.csv, line 2: component: "stripe" is not one of payment_gateway, database_connection_pool',
    ],
    [['half.json'], 'half.json, line 2: this is not JSON'],
    [['past.csv'], 'No detection lies in the data, which run from 2026-03-12T00:00:00.000Z to 2026-03-14T16'],
  ])('%j is one sentence', async (args, sentence) => {
    const { stdout, stderr, exit } = await score(...args);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n +at /);
    expect([stdout, exit]).toEqual(['', 2]);
  });

  it('a cluster that is not there is said, with its exit code', async () => {
    const { stderr, exit } = await score('--results', 'results', '--url', 'http://127.0.0.1:1');
    expect(stderr).toContain('Nothing is listening');
    expect(exit).toBe(3);
  });
});
