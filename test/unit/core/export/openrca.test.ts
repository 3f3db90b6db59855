// Tasks in the form of OpenRCA, read back as its main/evaluate.py reads them.
import { describe, expect, it } from 'vitest';
import { openRcaFiles } from '../../../../src/core/export/openrca.ts';
import type { AnswerEntry } from '../../../../src/core/ground-truth/answer-key.ts';
import { csvRows } from '../../../../src/core/score/csv.ts';

const entry = (onset: string, component: string, reason: string, kind = 'incident') =>
  ({ kind, onset, component, reason }) as unknown as AnswerEntry;

/** Two in one half hour of Kathmandu, whose clocks are 5 h 45 min ahead; eight in all. */
const KEY = [
  entry('2026-03-14T01:20:30.000Z', 'payment_gateway', 'gateway_degraded'),
  entry('2026-03-14T03:00:00.000Z', 'traffic', 'flash_sale', 'red_herring'),
  entry('2026-03-14T04:20:00.000Z', 'service_memory', 'memory_leak'),
  entry('2026-03-14T04:40:10.000Z', 'database_connection_pool', 'connection_leak'),
  ...Array.from({ length: 5 }, (_, at) =>
    entry(`2026-03-14T1${at}:00:00.000Z`, 'payment_gateway', 'gateway_unresponsive'),
  ),
];
const files = openRcaFiles({ key: KEY, timeZone: 'Asia/Kathmandu' });
const text = (path: string) => files.find((file) => file.path === path)?.text ?? '';
const rows = (path: string) => csvRows(text(path)).map(({ cells }) => cells);

/** The patterns of main/evaluate.py. */
const components = (points: string) =>
  [...points.matchAll(/The (?:\d+-th|only) predicted root cause component is ([^\n]+)/g)].map(
    ([, one]) => one,
  );
const reasons = (points: string) =>
  [...points.matchAll(/The (?:\d+-th|only) predicted root cause reason is ([^\n]+)/g)].map(([, one]) => one);
const times = (points: string) =>
  [
    ...points.matchAll(
      /The (?:\d+-th|only) root cause occurrence time is within 1 minutes \(i.e., <=1min\) of ([^\n]+)/g,
    ),
  ].map(([, one]) => one);

describe('record.csv', () => {
  it('has a row for each incident, in seconds and in the time of the shop', () => {
    const [header, first, ...rest] = rows('openrca/record.csv');
    expect(header).toEqual(['level', 'component', 'timestamp', 'datetime', 'reason']);
    expect(first).toEqual([
      ...['service', 'payment_gateway', `${Date.parse('2026-03-14T01:20:30Z') / 1000}.0`],
      ...['2026-03-14 07:05:30', 'gateway_degraded'],
    ]);
    expect(rest).toHaveLength(7);
  });
});

describe('query.csv', () => {
  const [header, ...queries] = rows('openrca/query.csv');

  it('has a row for each row of record.csv, and the seven tasks in turn', () => {
    expect(header).toEqual(['task_index', 'instruction', 'scoring_points']);
    expect(queries.map(([task]) => task)).toEqual([1, 2, 3, 4, 5, 6, 7, 1].map((task) => `task_${task}`));
  });

  it('asks for what its task scores', () => {
    const asked = queries.map(([, instruction = '', points = '']) => [
      [instruction.includes('datetime'), times(points).length > 0],
      [instruction.includes('root cause component'), components(points).length > 0],
      [instruction.includes('root cause reason'), reasons(points).length > 0],
    ]);
    const wanted = [
      [true, false, false],
      [false, false, true],
      [false, true, false],
      [true, false, true],
      [true, true, false],
      [false, true, true],
      [true, true, true],
      [true, false, false],
    ];
    expect(asked).toEqual(wanted.map((parts) => parts.map((part) => [part, part])));
  });

  it('names the half hour of the shop that holds the onset', () => {
    expect(queries[0]?.[1]).toContain(
      'from 2026-03-14 07:00:00 to 2026-03-14 07:30:00, the checkout of the shop had one',
    );
  });

  it('scores both failures of one half hour', () => {
    // 04:20 and 04:40 UTC are 10:05 and 10:25 there.
    const [, second, third] = queries;
    expect(second?.[1]).toContain(
      'from 2026-03-14 10:00:00 to 2026-03-14 10:30:00, the checkout of the shop had 2 failures',
    );
    expect(reasons(second?.[2] ?? '')).toEqual(['memory_leak', 'connection_leak']);
    expect(components(third?.[2] ?? '')).toEqual(['service_memory', 'database_connection_pool']);
    expect(second?.[2]).toContain('The 1-th predicted root cause reason is memory_leak\n');
  });

  it('states times as evaluate.py parses them', () => {
    expect(times(queries[0]?.[2] ?? '')).toEqual(['2026-03-14 07:05:30']);
  });
});

it('candidates.md lists every component and reason that a record names', () => {
  for (const [, component = '', , , reason = ''] of rows('openrca/record.csv').slice(1)) {
    expect(text('openrca/candidates.md')).toContain(`- ${component}:`);
    expect(text('openrca/candidates.md')).toContain(`- ${reason}:`);
  }
});

it('every file is recognized as ours', () => {
  for (const { text: content, ours } of files) expect(ours.test(content)).toBe(true);
});
