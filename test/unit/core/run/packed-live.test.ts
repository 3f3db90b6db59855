import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { LiveCourse } from '../../../../src/core/plan/live-incidents.ts';
import { metaOf, planOf } from '../../../../src/core/run/meta.ts';
import { packLive, unpackLive } from '../../../../src/core/run/packed-live.ts';
import { NOW, planWith } from '../../../helpers/generated.ts';

const course: LiveCourse = {
  untilMs: NOW + 600_000,
  incidents: [
    {
      ...{ id: 'live-1', type: 'memory_pressure', preset: null, severity: 'major' },
      ...{ startMs: NOW + 60_000, endMs: NOW + 360_000, recoverMs: NOW + 200_000 },
    },
  ],
  sampling: [{ fromMs: NOW, sample: 5 }],
};

const packed = (value: unknown) => deflateRawSync(JSON.stringify(value)).toString('base64');

it('gives back what it packs, in words that nobody reads', () => {
  expect(unpackLive(packLive(course))).toEqual(course);
  expect(packLive(course)).not.toContain('memory');
});

it('tells the plan what was started, and where the data end', () => {
  const meta = metaOf({ plan: planWith(), toolVersion: '0.0.0', run: 'a-run' });
  const plan = planOf('index', { ...meta, live: packLive(course) });
  expect(plan.endMs).toBe(course.untilMs);
  expect(plan.incidents.map(({ id }) => id)).toContain('live-1');
  expect(plan.key).toBe(meta.key);
  expect(plan.dense.map(({ sample }) => sample)).toEqual([5]);
});

it.each([
  ['no text', 7],
  ['not packed', 'live'],
  ['no course', packed({})],
  ['an unknown type', packed({ untilMs: 1, incidents: [{ ...course.incidents[0], type: 'flood' }] })],
  ['a sample that is none', packed({ ...course, sampling: [{ fromMs: NOW, sample: 0.5 }] })],
  ['an instant that is none', packed({ ...course, untilMs: 1e300 })],
  ['a megabyte and more', packed('x'.repeat(2 << 20))],
])('refuses %s', (_, held) => {
  expect(() => unpackLive(held)).toThrow();
});

it('refuses data that go on for years', () => {
  const meta = metaOf({ plan: planWith(), toolVersion: '0.0.0', run: 'a-run' });
  const live = packLive({ ...course, untilMs: NOW + 1e12 });
  expect(() => planOf('index', { ...meta, live })).toThrow('not');
});
