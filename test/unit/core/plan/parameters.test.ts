// The limits of a parameter hold wherever it comes from: a flag, the `_meta` of an index, the record of a run.
import { describe, expect, it, test } from 'vitest';
import { parseArguments } from '../../../../src/command-line/parse.ts';
import type { RunMeta } from '../../../../src/core/cluster/indexes/run-meta.ts';
import { isRunRecord, recordProblem } from '../../../../src/core/history/record.ts';
import { checkParameters, PARAMETERS, type ParameterName } from '../../../../src/core/plan/parameters.ts';
import { wholePlan } from '../../../../src/core/run/meta.ts';
import { OPTIONS } from '../../../../src/options/table.ts';
import { DEFAULTS } from '../../../helpers/parameters.ts';

/** Written out here, so that a limit cannot move by accident. */
const LIMITS: Readonly<Record<ParameterName, readonly [min: number, max: number, step: number]>> = {
  days: [1, 90, 1],
  incidentsPerDay: [0, 8, 1],
  baseTps: [0.1, 2000, 0.01],
  peakMultiplier: [1, 20, 0.1],
  errorRateNormal: [0, 10, 0.1],
  errorRateIncident: [5, 90, 0.1],
  sample: [1, 100_000, 1],
  seed: [0, 4_294_967_295, 1],
};
const NAMES = Object.keys(LIMITS) as ParameterName[];

const flagOf = (name: ParameterName) => OPTIONS.find(({ key }) => key === name)?.flag ?? '';
const settingOf = (name: ParameterName, value: number) =>
  PARAMETERS[name].type === 'range' ? { min: value, max: value } : value;

function accepted(name: ParameterName, value: number) {
  const parameters = { ...DEFAULTS, [name]: settingOf(name, value) };
  const meta = { now: '2026-03-14T16:00:00Z', presets: [], parameters } as unknown as RunMeta;
  const record = {
    id: '1',
    status: 'loading',
    startedAt: '2026-03-14T16:00:00Z',
    url: 'http://x:9200',
    index: 'x',
    settings: { [name]: settingOf(name, value) },
    presets: [],
  };
  const works = (action: () => unknown) => {
    try {
      action();
      return true;
    } catch {
      return false;
    }
  };
  return {
    flag: works(() => parseArguments(['run', `--${flagOf(name)}=${value}`], {})),
    // The largest data sets take long to plan: their limits alone are checked.
    meta: works(() => checkParameters(meta.parameters)),
    plan: value <= LIMITS[name][1] && value >= LIMITS[name][0] ? true : works(() => wholePlan('x', meta)),
    record: isRunRecord(record),
  };
}

const EVERYWHERE = { flag: true, meta: true, plan: true, record: true };
const NOWHERE = { flag: false, meta: false, plan: false, record: false };

describe.each(NAMES)('%s', (name) => {
  const [min, max, step] = LIMITS[name];
  it('is taken at its limits', () => {
    expect(accepted(name, min)).toEqual(EVERYWHERE);
    expect(accepted(name, max)).toEqual(EVERYWHERE);
  });
  it('is refused beyond them, whichever way it comes', () => {
    expect(accepted(name, min - step)).toEqual(NOWHERE);
    expect(accepted(name, max + step)).toEqual(NOWHERE);
  });
});

test('whole numbers only, where a parameter counts things', () => {
  for (const name of ['days', 'sample', 'seed'] as const)
    expect(accepted(name, 2.5)).toEqual({ ...NOWHERE, plan: true });
});

test('what does not fit is named by its path and what is allowed', () => {
  const problem = (change: object) => {
    try {
      checkParameters({ ...DEFAULTS, ...change });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(problem({})).toBe('');
  expect(problem({ days: 91 })).toBe('days: 91 is not a whole number from 1 to 90');
  expect(problem({ days: '7' })).toBe('days: "7" is not a whole number from 1 to 90');
  expect(problem({ errorRateNormal: { min: 2, max: 1 } })).toBe('errorRateNormal: starts above its end');
  expect(problem({ errorRateNormal: { min: 2 } })).toBe(
    'errorRateNormal.max is missing; fields are min, max',
  );
  expect(problem({ errorRateNormal: [1, 2] })).toBe('errorRateNormal: [1,2] is not an object');
  expect(problem({ timeZone: 'Mars/Olympus' })).toBe('timeZone is not an IANA time zone');
  expect(problem({ timeZone: 'UTC\u001b[2J' })).toContain('control characters');
  expect(problem({ demoDay: '2026-13-01' })).toContain('demoDay: "2026-13-01" is not a day such as');
  expect(problem({ url: 'http://x' })).toMatch(/^url is not a field here; allowed are days, /);
  const dangerous = JSON.parse(JSON.stringify(DEFAULTS).replace('{', '{"__proto__":{"polluted":true},'));
  expect(() => checkParameters(dangerous)).toThrow('__proto__ is not a field here');
});

test('settings of a record that this version does not know do no harm', () => {
  const record = { id: '1', status: 'done', startedAt: '2026-03-14T16:00:00Z', url: 'http://x', index: 'x' };
  expect(recordProblem({ ...record, settings: { future: 1, days: 3 }, presets: [] })).toBeUndefined();
  expect(recordProblem({ ...record, settings: [], presets: [] })).toBe('settings: [] is not an object');
  expect(recordProblem({ ...record, settings: { part: { index: 3, of: 2 } }, presets: [] })).toBe(
    'settings.part is none of its parts',
  );
  expect(recordProblem({ ...record, settings: {}, presets: [{}] })).toMatch(/^presets\[0\]: /);
});
