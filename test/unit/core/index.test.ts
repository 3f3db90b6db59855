import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  answerKey,
  type Cluster,
  checksOf,
  generateDocuments,
  type LoadIntoOptions,
  loadInto,
  type PlanOptions,
  plan,
  readPreset,
  type SomeSlots,
  tallyOf,
} from '../../../src/core/index.ts';
import { AppError } from '../../../src/errors/app-error.ts';

const NOW = new Date('2026-11-24T16:00:00Z');
const small = plan({ now: NOW, days: 1, sample: 2000 });

/** What a function throws, as `code: sentence`. */
function thrownBy(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return error instanceof AppError ? `${error.code}: ${error.message}` : `not an AppError: ${error}`;
  }
  return 'nothing';
}

test.each<[unknown, string]>([
  [undefined, 'argument: plan takes an object with now, not undefined'],
  [{}, 'argument: now: undefined is not a Date'],
  [{ now: '2026-11-24T16:00:00Z' }, 'argument: now: "2026-11-24T16:00:00Z" is not a Date'],
  [{ now: new Date('never') }, 'argument: now: the Date is not valid'],
  [{ now: NOW, days: 91 }, 'argument: days: 91 is not a whole number from 1 to 90'],
  [{ now: NOW, demoDay: '2026-02-30' }, 'argument: demoDay is not a day of the calendar'],
  [{ now: new Date(8.64e15) }, 'argument: now: the year is not from 1 to 9999'],
  [{ now: NOW, presets: {} }, 'argument: presets: {} is not a list'],
])('plan(%j) says what is wrong', (options, sentence) => {
  expect(thrownBy(() => plan(options as PlanOptions))).toBe(sentence);
});

test('plan says which preset is not valid, and names no option that does not exist', () => {
  const presets = [...small.presets, { id: 'x' }] as unknown as PlanOptions['presets'];
  expect(thrownBy(() => plan({ now: NOW, presets }))).toMatch(/^preset: .*presets\[3\].*is missing/);
  expect(thrownBy(() => plan({ now: NOW, day: 1 } as PlanOptions))).toMatch(/^argument: day is not a field/);
});

test('what is no plan, no tally and no JSON is refused as well', () => {
  const nothing = undefined as never;
  const sentence = 'argument: undefined is not a plan; make one with plan()';
  const withoutPlan = [
    generateDocuments,
    tallyOf,
    answerKey,
    (none: never) => checksOf(none, tallyOf(small)),
  ];
  for (const call of withoutPlan) expect(thrownBy(() => call(nothing))).toBe(sentence);
  expect(thrownBy(() => checksOf(small, nothing))).toBe(
    'argument: tally: undefined is not a tally; make one with tallyOf()',
  );
  expect(thrownBy(() => plan({ now: NOW, days: 3n as unknown as number }))).toMatch(
    /^argument: days: 3 is not/,
  );
});

test('an option that is undefined counts as left out', () => {
  const { key } = plan({ now: NOW });
  expect(plan({ now: NOW, days: undefined, demoDay: undefined, presets: undefined }).key).toBe(key);
  const ids = (slots?: SomeSlots) => [...generateDocuments(small, slots)].map(({ id }) => id);
  expect(ids({ from: undefined, to: undefined })).toEqual(ids());
});

test('one end of the slots is enough: the other is the first or the last', () => {
  const ids = (slots?: SomeSlots) => [...generateDocuments(small, slots)].map(({ id }) => id);
  const halves = [ids({ to: 600 }), ids({ from: 600 })];
  expect(Math.min(...halves.map(({ length }) => length))).toBeGreaterThan(10);
  expect(halves.flat()).toEqual(ids());
  expect(tallyOf(small, { from: 600 }).documents).toBe(halves[1]?.length);
});

test.each<[SomeSlots, string]>([
  [{ from: 599.5, to: 610 }, 'from: 599.5 is not a whole number from 0 to'],
  [{ from: -1 }, 'from: -1 is not a whole number from 0 to'],
  [{ from: 20, to: 10 }, 'to: 10 is not a whole number from 20 to'],
  [{ to: 1e6 }, 'to: 1000000 is not a whole number from 0 to'],
])('slots %j are refused before the first document', (slots, sentence) => {
  const whole = `argument: ${sentence} ${small.slotCount}`;
  expect(thrownBy(() => generateDocuments(small, slots))).toBe(whole);
  expect(thrownBy(() => tallyOf(small, slots))).toBe(whole);
});

test('slot 10 is the first minute of the data, and the slots before it hold nothing', () => {
  const dense = plan({ now: NOW, days: 1, sample: 20 });
  expect([...generateDocuments(dense, { to: 10 })]).toEqual([]);
  const first = [...generateDocuments(dense, { to: 11 })];
  expect(first.length).toBeGreaterThan(10);
  expect(first.every(({ ms }) => ms >= dense.startMs && ms < dense.startMs + dense.slotMs)).toBe(true);
  expect(dense.firstSlotMs + 10 * dense.slotMs).toBe(dense.startMs);
});

test('readPreset reads a preset file for plan', () => {
  const text = readFileSync('presets/payment-gateway-timeout.json', 'utf8');
  const presets = [readPreset(text, 'mine.json')];
  expect(plan({ now: NOW, days: 1, presets }).presets.map(({ id }) => id)).toEqual([
    'payment-gateway-timeout',
  ]);
  expect(thrownBy(() => readPreset('{', 'mine.json'))).toMatch(/^preset: The preset mine\.json is not valid/);
});

const silent: Cluster = {
  url: 'http://127.0.0.1:9200',
  request: () => Promise.reject(new Error('nothing may be asked')),
  close: () => Promise.resolve(),
};

test.each<[unknown, object, string]>([
  [undefined, {}, 'argument: loadInto takes a connection with a url, or a cluster'],
  [{}, {}, 'argument: loadInto takes a connection with a url, or a cluster'],
  [silent, { onConflict: 'bogus' }, 'argument: onConflict: "bogus" is not one of fail, new, append, replace'],
  [silent, { index: 7 }, 'argument: index: 7 is not a name'],
  [silent, { signal: 'stop' }, 'argument: signal: "stop" is not an AbortSignal'],
])('loadInto(%j, …, %j) says what is wrong', async (target, options, sentence) => {
  const loading = loadInto(target as Cluster, small, options as LoadIntoOptions);
  const error = await loading.catch((thrown: unknown) => thrown);
  expect(
    thrownBy(() => {
      throw error;
    }),
  ).toBe(sentence);
});
