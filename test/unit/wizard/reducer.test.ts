// The reducer under any events in any order: never an invalid state, never stuck, nothing written before Review.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LadderStep } from '../../../src/core/cluster/types.ts';
import type { RunDone, RunEvent } from '../../../src/core/events.ts';
import { BUILT_IN } from '../../../src/core/plan/presets.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { FORM_OPTIONS } from '../../../src/options/table.ts';
import { begin } from '../../../src/wizard/begin.ts';
import type { Effect, Intent, WizardEvent } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import { allowed } from '../../../src/wizard/review.ts';
import type { Forecast, OpenRun } from '../../../src/wizard/services.ts';
import { STEPS, speedHere, type Wizard } from '../../../src/wizard/state.ts';
import { indexState, NOW_MS, openRun, wizardSettings } from '../../helpers/ink-services.ts';
import { invalidity } from '../../helpers/wizard-validity.ts';

const INDEX = 'ecommerce_performance_demo';
const refused = new AppError('connection-refused', { address: 'localhost:9200' });
const entries = BUILT_IN.map((preset) => ({ preset, flag: preset.id }));

const [builtIn] = entries;
if (!builtIn) throw new Error('there are no presets');
const own = { preset: { ...builtIn.preset, id: 'mine', title: 'Mine' }, flag: './mine.json' };

const forecast: Forecast = {
  demoDay: '2026-11-24',
  timeZone: 'UTC',
  startMs: NOW_MS - 7 * 86_400_000,
  endMs: NOW_MS,
  documents: 270_000,
  bytes: 290_000_000,
  key: 'k1',
  incidents: [],
  omitted: [],
  series: ({ points }) => ({ tps: Array(points).fill(20), p95Ms: Array(points).fill(300) }),
};

const done = (changes: Partial<RunDone> = {}): RunDone => ({
  type: 'done',
  ok: true,
  exit: 0,
  url: 'http://localhost:9200',
  index: INDEX,
  documents: { planned: 10, acknowledged: 10, found: 10, refused: 0 },
  checks: [],
  seconds: { plan: 0, load: 1, validate: 0, total: 1 },
  seed: 1,
  command: 'incident-demo run --seed 1 --yes',
  ...changes,
});

const rung = (name: LadderStep['rung'], state: LadderStep['state']): LadderStep => ({
  rung: name,
  state,
  detail: '',
  ms: 1,
  ...(state === 'failed' ? { error: refused } : {}),
});

const cancelled = { code: 'cancelled', message: 'Stopped', actions: [] };
const progress = (silentMs: number, senders = 4): RunEvent => ({
  ...{ type: 'progress', generated: 9, acknowledged: 5, alreadyThere: 0, refused: 0, bytes: 9, batches: 1 },
  ...{
    retried: 0,
    documentsPerSecond: 5,
    bytesPerSecond: 9,
    answerP95Ms: 9,
    elapsedMs: 1000,
    throttled: false,
  },
  ...{ senders, silentMs },
});

const RUN_EVENTS: readonly RunEvent[] = [
  { type: 'notice', text: 'a notice' },
  { type: 'connected', url: 'http://localhost:9200', cluster: 'demo', version: '3.5.0' },
  { type: 'planned', documents: 10, start: '', end: '', incidents: 3, seed: 1 },
  { type: 'index', name: INDEX, action: 'created' },
  progress(0),
  { type: 'loaded', planned: 10, acknowledged: 10, refused: 0, seconds: 1 },
  { type: 'checking', total: 1 },
  {
    ...{ type: 'check', id: 'c1', title: 'A check', ok: false, expected: '1', found: '2', ms: 1 },
    query: { method: 'GET', path: '/x/_count' },
  },
  done(),
  done({ ok: false, exit: 130, error: cancelled }),
  done({ ok: false, exit: 5, error: { code: 'checks-failed', message: 'x', actions: [] } }),
];

const oneOf = <const T>(...values: T[]) => fc.constantFrom(...values);
const event = (...values: WizardEvent[]): fc.Arbitrary<WizardEvent> => oneOf(...values);
const numberOption = FORM_OPTIONS.filter(({ kind }) => kind.type === 'integer' || kind.type === 'number');

const intents: fc.Arbitrary<WizardEvent> = fc.oneof(
  oneOf('resume', 'resume', 'new', 'remove', 'forget').map(
    (choice) => ({ type: 'start-choice', choice }) as const,
  ),
  event({ type: 'remove-run' }, { type: 'ask-remove' }),
  event({ type: 'forward' }, { type: 'back' }),
  event({ type: 'forward' }, { type: 'check-again' }, { type: 'stop' }, { type: 'undo' }),
  event({ type: 'check-panel', id: 'c1' }, { type: 'recover', action: 'query' }),
  event({ type: 'pause' }, { type: 'senders', by: 1 }, { type: 'senders', by: -1 }),
  event(
    { type: 'address', text: 'localhost:9201' },
    { type: 'address', text: 'http://' },
    { type: 'address', text: '' },
  ),
  event(
    { type: 'username', text: 'admin' },
    { type: 'password', text: 'sesame' },
    { type: 'ca-file', text: 'ca.pem' },
  ),
  event({ type: 'insecure', on: true }, { type: 'field', field: 'password' }),
  oneOf(
    'start-node',
    'edit-address',
    'again',
    'wait',
    'insecure',
    'sign-in',
    'resume',
    'review',
    'look-again',
    'other-url',
    'keep-waiting',
    'fewer-senders',
    'stop',
  ).map((action) => ({ type: 'recover', action }) as const),
  fc.record({
    type: fc.constant('preset' as const),
    id: oneOf(...BUILT_IN.map(({ id }) => id), 'none'),
    on: fc.boolean(),
  }),
  event(
    { type: 'preset-path' },
    { type: 'preset-file', path: './mine.json' },
    { type: 'preset-file', path: ' ' },
  ),
  event({ type: 'demo-day', day: '2026-11-20' }, { type: 'demo-day', day: undefined }),
  oneOf(...numberOption).map(
    ({ key, kind }) => ({ type: 'parameter', key, value: 'min' in kind ? kind.max : 1 }) as const,
  ),
  oneOf('new', 'append', 'replace', 'checks').map((choice) => ({ type: 'index-choice', choice }) as const),
  event(
    { type: 'index-name', name: 'another' },
    { type: 'index-name', name: 'NOT/A name' },
    { type: 'index-name', name: '' },
  ),
  event(
    { type: 'replace-name', name: INDEX },
    { type: 'replace-name', name: 'another' },
    { type: 'replace-name', name: 'x' },
  ),
  oneOf('summary', 'index', 'name').map((view) => ({ type: 'review-view', view }) as const),
  oneOf(...STEPS).map((to) => ({ type: 'go', to }) as const),
);

const results: fc.Arbitrary<WizardEvent> = fc.oneof(
  event({ type: 'preset-read', entry: own }, { type: 'preset-unread', error: refused }),
  event(
    { type: 'remains', index: indexState(INDEX, 5) },
    { type: 'remains-failed', error: refused },
    { type: 'run-removed', documents: 5 },
    { type: 'remove-failed', error: refused },
  ),
  event({ type: 'catalog', entries }, { type: 'climbed' }, { type: 'climbed' }),
  event(
    { type: 'forecast', of: 'outlook', forecast },
    { type: 'forecast-failed', of: 'outlook', error: refused },
  ),
  event({ type: 'forecast', of: 'gallery', forecast }, { type: 'calm' }),
  event(
    { type: 'rung', rung: rung('name', 'ok') },
    { type: 'rung', rung: rung('port', 'failed') },
    { type: 'climb-failed', error: refused },
  ),
  event(
    { type: 'node', event: { type: 'node', phase: 'java', detail: '' } },
    { type: 'node', event: { type: 'node', phase: 'ready', detail: '', url: 'http://localhost:9203' } },
    { type: 'node-failed', error: refused },
  ),
  event(
    { type: 'index-state', index: { ...indexState(INDEX, 0), exists: false } },
    { type: 'index-state', index: indexState(INDEX, 5), freeName: 'another' },
    { type: 'index-state', index: indexState(INDEX, 5, false) },
    { type: 'index-state', index: { ...indexState('another', 0), exists: false } },
    { type: 'index-failed', error: refused },
  ),
  oneOf(...RUN_EVENTS).map((inner) => ({ type: 'run', event: inner }) as const),
  event({ type: 'run-failed', error: refused }, { type: 'run', event: progress(31_000) }),
  event({
    type: 'run',
    event: { type: 'refused', groups: [{ reason: 'x', documents: 1, example: 'd' }], file: 'f' },
  }),
);

interface Step {
  readonly before: Wizard;
  readonly event: WizardEvent;
  readonly after: Wizard;
  readonly effects: readonly Effect[];
}

function play(
  events: readonly WizardEvent[],
  unfinished: readonly OpenRun[] = [],
  random = 0,
): { end: Wizard; steps: Step[] } {
  let state = begin({ settings: wizardSettings(), password: undefined, random, unfinished }, NOW_MS).state;
  const steps = events.map((each, place) => {
    const before = state;
    const { state: after, effects } = reduce(before, each, NOW_MS + place * 100);
    state = after;
    return { before, event: each, after, effects };
  });
  return { end: state, steps };
}

/** Events that lead to each step, so that random ones do not stay at the first. */
const ROADS: readonly (readonly WizardEvent[])[] = (() => {
  const connected: WizardEvent[] = [
    { type: 'catalog', entries },
    { type: 'forecast', of: 'outlook', forecast },
    { type: 'climbed' },
  ];
  const review: WizardEvent[] = [...connected, { type: 'forward' }, { type: 'forward' }, { type: 'forward' }];
  const free: WizardEvent = { type: 'index-state', index: { ...indexState(INDEX, 0), exists: false } };
  const load: WizardEvent[] = [...review, free, { type: 'forward' }, free];
  const end: WizardEvent[] = RUN_EVENTS.slice(1, 9).map((inner) => ({ type: 'run', event: inner }));
  return [
    [],
    connected,
    review,
    [...review, { type: 'index-state', index: indexState(INDEX, 5) }],
    load,
    [...load, ...end],
  ];
})();

/** Without, with one and with several runs that did not end. */
const beginnings = oneOf<readonly OpenRun[]>([], [openRun()], [openRun(), openRun({ id: 'r0' })]);

const histories = fc
  .tuple(
    oneOf(...ROADS),
    fc.array(fc.oneof({ weight: 3, arbitrary: intents }, { weight: 2, arbitrary: results }), {
      maxLength: 40,
    }),
  )
  .map(([road, events]) => [...road, ...events]);

describe('any events in any order', () => {
  it('never lead to an invalid state', () => {
    fc.assert(
      fc.property(histories, beginnings, (events, unfinished) => {
        for (const { after } of play(events, unfinished).steps) expect(invalidity(after)).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('write only from Review with leave to do so, or to go on with what was begun there', () => {
    fc.assert(
      fc.property(histories, beginnings, (events, unfinished) => {
        for (const { before, event: cause, effects } of play(events, unfinished).steps) {
          for (const effect of effects.filter(({ type }) => type === 'run')) {
            const resumed =
              before.step.name === 'load' && cause.type === 'recover' && cause.action === 'resume';
            const reviewed =
              before.step.name === 'review' && before.step.going && cause.type === 'index-state';
            const unended = before.step.name === 'connect' && before.resuming !== undefined;
            expect(resumed || reviewed || unended).toBe(true);
            if (effect.type !== 'run' || effect.request.settings.onConflict !== 'replace') continue;
            expect(before.answers.replace).toBe(effect.request.settings.index);
            expect(effect.request.replaceConfirmed).toBe(true);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('name runs of the same second and seed apart by chance', () => {
    const idOf = (random: number) => play(ROADS[4] ?? [], [], random).end.work?.id ?? '';
    expect(idOf(0.25)).toMatch(/^\d{8}-\d{6}-4000$/);
    expect(idOf(0.75)).toMatch(/^\d{8}-\d{6}-c000$/);
  });

  it('can always be left by Ctrl+C twice', () => {
    fc.assert(
      fc.property(histories, beginnings, (events, unfinished) => {
        const { end } = play(events, unfinished);
        fc.pre(!end.ended);
        const first = reduce(end, { type: 'interrupt' }, NOW_MS + 1e6);
        const second = reduce(first.state, { type: 'interrupt' }, NOW_MS + 1e6 + 1000);
        expect(second.state.ended).toBe(true);
        expect([...first.effects, ...second.effects].some(({ type }) => type === 'quit')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('Back', () => {
  const pressBack = (state: Wizard) => reduce(state, { type: 'back' }, NOW_MS + 1e6).state;

  it('loses no answer on the whole way to the first step', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const { end } = play(events);
        fc.pre(!end.ended && (end.work === undefined || end.work.status === 'ended'));
        fc.pre(end.step.name !== 'next' || end.step.view !== 'removing');
        let state = end;
        for (let press = 0; press < 20; press++) state = pressBack(state);
        expect(state.step.name).toBe('connect');
        expect(state.answers).toEqual(end.answers);
        expect(state.undo).toEqual(end.undo);
      }),
      { numRuns: 500 },
    );
  });

  it('during a load asks first, and does not stop it', () => {
    const { end } = play([...(ROADS[4] ?? []), { type: 'back' }]);
    expect(end.step).toEqual({ name: 'load', view: 'leave' });
    expect(end.work?.status).toBe('running');
    expect(pressBack(end).step).toEqual({ name: 'load', view: 'progress' });
  });
});

describe('a changed answer', () => {
  const finished = ROADS[5] ?? [];
  const back = (times: number): Intent[] => Array.from({ length: times }, () => ({ type: 'back' }));

  it('about the data ends the run, says so, and keeps the connection', () => {
    const { end } = play([...finished, ...back(3), { type: 'parameter', key: 'days', value: 3 }]);
    expect(end.work).toBeUndefined();
    expect(end.notice).toContain('has to be loaded again');
    expect(end.link.state).toBe('up');
  });

  it('about the address forgets the index and the run, and keeps the data', () => {
    const { end } = play([...finished, ...back(5), { type: 'address', text: 'localhost:9201' }]);
    expect(end.place).toEqual({ state: 'unknown' });
    expect(end.work).toBeUndefined();
    expect(end.answers.settings.url).toBe('http://localhost:9201');
    expect(end.outlook.state).toBe('ready');
  });

  it('that is no change keeps everything', () => {
    const before = play([...finished, ...back(3)]).end;
    expect(reduce(before, { type: 'parameter', key: 'days', value: 7 }, NOW_MS).state).toEqual(before);
  });
});

describe("a preset of one's own", () => {
  const typing: WizardEvent[] = [...(ROADS[1] ?? []), { type: 'forward' }, { type: 'preset-path' }];
  const chosen = ({ answers }: Wizard) => answers.settings.presets;

  it('is read from the path that was typed, and is part of the data at once', () => {
    const asked = play([...typing, { type: 'preset-file', path: ' ./mine.json ' }]);
    expect(asked.steps.at(-1)?.effects).toEqual([{ type: 'read-preset', path: './mine.json' }]);
    const { state, effects } = reduce(asked.end, { type: 'preset-read', entry: own }, NOW_MS);
    expect(chosen(state)).toEqual([...BUILT_IN.map(({ id }) => id), './mine.json']);
    expect(state.step).toEqual({ name: 'scenario', view: 'list' });
    expect(effects.map(({ type }) => type)).toEqual(['outlook', 'gallery']);
  });

  it('takes the place of one with the same id, so that none is told twice', () => {
    const copy = { preset: { ...builtIn.preset, title: 'Mended' }, flag: './copy.json' };
    const { end } = play([...typing, { type: 'preset-read', entry: copy }]);
    expect(chosen(end)).toEqual(['./copy.json', ...BUILT_IN.slice(1).map(({ id }) => id)]);
    const without = reduce(end, { type: 'preset', id: copy.preset.id, on: false }, NOW_MS).state;
    expect(chosen(without)).toEqual(BUILT_IN.slice(1).map(({ id }) => id));
  });

  it('that is wrong leaves the path in its line, with the reason', () => {
    const error = new AppError('preset', { file: './mine.json', problem: 'window.start: "25:99"' });
    const { end } = play([...typing, { type: 'preset-unread', error }]);
    expect(end.step).toEqual({ name: 'scenario', view: 'file', error });
    expect(chosen(end)).toEqual([]);
    expect(reduce(end, { type: 'forward' }, NOW_MS).state.step.name).toBe('scenario');
    expect(reduce(end, { type: 'back' }, NOW_MS).state.step).toEqual({ name: 'scenario', view: 'list' });
  });
});

describe('Review', () => {
  const atReview = ROADS[2] ?? [];
  const exists: WizardEvent = { type: 'index-state', index: indexState(INDEX, 5), freeName: `${INDEX}_2` };
  const free: WizardEvent = { type: 'index-state', index: { ...indexState(INDEX, 0), exists: false } };

  it('meets an index that exists before anything is written', () => {
    const { end, steps } = play([...atReview, exists]);
    expect(end.step).toMatchObject({ name: 'review', view: 'index' });
    expect(steps.flatMap(({ effects }) => effects).some(({ type }) => type === 'run')).toBe(false);
  });

  it('stops when the index has appeared between the first and the second look', () => {
    const { end } = play([...atReview, free, { type: 'forward' }, exists]);
    expect(end.step).toMatchObject({ name: 'review', view: 'index' });
    expect(end.notice).toContain('in the meantime');
  });

  it('replaces only after the exact name was typed', () => {
    const wrong = play([
      ...atReview,
      exists,
      { type: 'index-choice', choice: 'replace' },
      { type: 'replace-name', name: 'x' },
    ]).end;
    expect(allowed(wrong)).toBe(false);
    const right = reduce(wrong, { type: 'replace-name', name: INDEX }, NOW_MS).state;
    expect(allowed(right)).toBe(true);
    expect(right.answers.settings.onConflict).toBe('replace');
  });

  it('neither replaces an index nor gives it a dated name where only a part is loaded', () => {
    const settings = wizardSettings({ part: { index: 1, of: 2 } });
    const { state } = begin({ settings, password: undefined, random: 0 }, NOW_MS);
    const asked = [...atReview, exists].reduce((each, event) => reduce(each, event, NOW_MS).state, state);
    for (const refused of [
      { type: 'index-choice', choice: 'replace' },
      { type: 'index-choice', choice: 'new' },
      { type: 'replace-name', name: INDEX },
    ] as const)
      expect(reduce(asked, refused, NOW_MS).state).toEqual({ ...asked, notice: undefined });
    const added = reduce(asked, { type: 'index-choice', choice: 'append' }, NOW_MS).state;
    expect(allowed(added)).toBe(true);
  });

  it('takes the leave to replace back when the cluster changes', () => {
    const { end } = play([
      ...atReview,
      exists,
      { type: 'index-choice', choice: 'replace' },
      { type: 'replace-name', name: INDEX },
      { type: 'go', to: 'connect' },
      { type: 'address', text: 'localhost:9201' },
    ]);
    expect(end.answers.replace).toBeUndefined();
  });

  it('takes a choice about the index back when the cluster changes, and keeps one given by flag', () => {
    const chosen: WizardEvent[] = [...atReview, exists, { type: 'index-choice', choice: 'append' }];
    const there = play(chosen).end;
    expect(there.answers.settings.onConflict).toBe('append');
    const { end } = play([
      ...chosen,
      { type: 'go', to: 'connect' },
      { type: 'address', text: 'localhost:9201' },
    ]);
    expect(end.answers.settings.onConflict).toBe('fail');
    const flagged = begin(
      { settings: wizardSettings({ onConflict: 'append' }), password: undefined, random: 0 },
      NOW_MS,
    ).state;
    const signedIn = reduce(flagged, { type: 'username', text: 'admin' }, NOW_MS).state;
    expect(signedIn.answers.settings.onConflict).toBe('append');
  });
});

describe('a run that did not end', () => {
  const refusedThere = [{ type: 'rung', rung: rung('port', 'failed') }] as const;
  const ready = (ROADS[1] ?? []).filter(({ type }) => type !== 'climbed');
  const resume: WizardEvent = { type: 'start-choice', choice: 'resume' };

  it('is asked about before the first step', () => {
    expect(play([], [openRun()]).end.step).toEqual({ name: 'start', view: 'choices' });
  });

  it('goes on with its own id, data and presets as soon as the cluster answers and the plan is there', () => {
    const run = openRun({ presets: BUILT_IN.slice(0, 1), id: 'r7' });
    const { steps, end } = play([resume, { type: 'climbed' }, ...ready], [run]);
    const [request] = steps.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === 'run' ? [effect.request] : [])),
    );
    expect(request).toMatchObject({ id: 'r7', nowMs: Date.parse(run.startedAt), replaceConfirmed: false });
    expect(request?.settings).toMatchObject({ seed: 9, days: 3, onConflict: 'append' });
    expect(end.step).toEqual({ name: 'load', view: 'progress' });
  });

  it('starts its local node first when it ran on one', () => {
    const local = openRun({ settings: { ...openRun().settings, local: true } });
    const { end, steps } = play([...ready, resume], [local]);
    expect(steps.at(-1)?.effects.map(({ type }) => type)).toContain('start-node');
    const up: WizardEvent = {
      type: 'node',
      event: { type: 'node', phase: 'ready', detail: '', url: 'http://localhost:9203' },
    };
    const climbing = reduce(end, up, NOW_MS).state;
    const replanned = reduce(climbing, { type: 'forecast', of: 'outlook', forecast }, NOW_MS).state;
    const loading = reduce(replanned, { type: 'climbed' }, NOW_MS);
    expect(loading.state.step.name).toBe('load');
  });

  it('shows what stands in the way, and starts when the mended address answers', () => {
    const { end } = play([...ready, resume, ...refusedThere], [openRun()]);
    expect(end.step).toMatchObject({ name: 'connect', view: 'problem' });
    const { end: after } = play(
      [
        ...ready,
        resume,
        ...refusedThere,
        { type: 'recover', action: 'edit-address' },
        { type: 'address', text: 'localhost:9201' },
        { type: 'forecast', of: 'outlook', forecast },
        { type: 'forward' },
        { type: 'climbed' },
      ],
      [openRun()],
    );
    expect(after.step.name).toBe('load');
    expect(after.answers.settings.url).toBe('http://localhost:9201');
  });

  it('that is left alone leaves the answers as they were given', () => {
    const { end } = play(
      [...ready, resume, ...refusedThere, { type: 'back' }, { type: 'back' }],
      [openRun()],
    );
    expect(end.step.name).toBe('start');
    const { state } = reduce(end, { type: 'start-choice', choice: 'new' }, NOW_MS);
    expect(state.answers.settings).toEqual(wizardSettings());
    expect(state.resuming).toBeUndefined();
  });

  it('is removed only after a second word', () => {
    const asked = play([{ type: 'start-choice', choice: 'remove' }], [openRun()]);
    expect(asked.steps.flatMap(({ effects }) => effects)).toEqual([]);
    const { effects } = reduce(asked.end, { type: 'remove-run' }, NOW_MS);
    expect(effects).toMatchObject([{ type: 'remove-run', run: { id: 'r1' } }]);
  });

  it('gives way to the one before it, and at last to the first step', () => {
    const gone: WizardEvent = { type: 'run-removed', documents: 5 };
    const both = play(
      [{ type: 'start-choice', choice: 'remove' }, { type: 'remove-run' }, gone],
      [openRun(), openRun({ id: 'r0' })],
    );
    expect(both.end).toMatchObject({ step: { name: 'start' }, unfinished: [{ id: 'r0' }] });
    expect(both.end.notice).toContain('5 documents');
    const { state, effects } = reduce(both.end, { type: 'start-choice', choice: 'forget' }, NOW_MS);
    expect(state.step.name).toBe('connect');
    expect(effects).toContainEqual({ type: 'forget-run', id: 'r0' });
  });
});

describe('what is remembered', () => {
  const remembered = (steps: readonly Step[]) =>
    steps.flatMap(({ effects }) => effects.filter(({ type }) => type === 'remember'));
  it('is kept when a load begins, and again with the speed that was measured', () => {
    const load = ROADS[4] ?? [];
    expect(remembered(play(load).steps)).toHaveLength(1);
    const fast: RunEvent = { type: 'loaded', planned: 50_000, acknowledged: 50_000, refused: 0, seconds: 2 };
    const { steps, end } = play([...load, { type: 'run', event: fast }]);
    expect(remembered(steps).at(-1)).toMatchObject({ speeds: { 'http://localhost:9200': 25_000 } });
    expect(speedHere(end)).toEqual({ documentsPerSecond: 25_000, from: 'load' });
    const elsewhere: Wizard = {
      ...end,
      answers: { ...end.answers, settings: { ...end.answers.settings, url: 'http://localhost:9201' } },
    };
    expect(speedHere(elsewhere)).toBeUndefined();
  });
});

describe('the speed of a cluster', () => {
  const connected = [...(ROADS[1] ?? []), { type: 'forward' }] as const;
  const wishes = (steps: readonly Step[]) =>
    steps.flatMap(({ effects }) => effects.filter(({ type }) => type === 'try-speed'));
  const tried: WizardEvent = { type: 'tried', url: 'http://localhost:9200', documentsPerSecond: 9000 };

  it('is tried once for each address, on the way to the presets, and gives way to that of a load', () => {
    const { steps, end } = play([...connected, tried, { type: 'back' }, { type: 'forward' }]);
    expect(wishes(steps)).toMatchObject([{ connection: { url: 'http://localhost:9200' } }]);
    expect(speedHere(end)).toEqual({ documentsPerSecond: 9000, from: 'trial' });
    const fast: RunEvent = { type: 'loaded', planned: 50_000, acknowledged: 50_000, refused: 0, seconds: 2 };
    const loaded = play([...(ROADS[4] ?? []), tried, { type: 'run', event: fast }]).end;
    expect(speedHere(loaded)).toEqual({ documentsPerSecond: 25_000, from: 'load' });
  });

  it('is not tried while a load may write', () => {
    const { steps } = play(ROADS[4] ?? []);
    const effects = steps.flatMap((step) => step.effects);
    const stopped = effects.findIndex(
      (effect) => effect.type === 'cancel' && effect.effects.includes('try-speed'),
    );
    expect(stopped).toBeGreaterThan(-1);
    expect(effects[stopped + 1]).toMatchObject({ type: 'run' });
  });
});

describe('a load under way', () => {
  const loading = ROADS[4] ?? [];
  const heard = (silentMs: number, senders = 4): WizardEvent => ({
    type: 'run',
    event: progress(silentMs, senders),
  });
  const steering = (steps: readonly Step[]) =>
    steps.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === 'steer' ? [effect.steering] : [])),
    );

  it('pauses and goes on by the same key', () => {
    const { steps, end } = play([...loading, { type: 'pause' }, { type: 'pause' }]);
    expect(steering(steps).map(({ paused }) => paused)).toEqual([true, false]);
    expect(end.work?.status).toBe('running');
  });

  it('takes fewer senders from the number that is busy, and at least one', () => {
    const less: WizardEvent = { type: 'senders', by: -1 };
    const { steps } = play([...loading, heard(0, 3), less, less, less, { type: 'senders', by: 1 }]);
    expect(steering(steps).map(({ mostSenders }) => mostSenders)).toEqual([2, 1, 1, 2]);
  });

  it('asks about a cluster that is silent for 30 s, again after 30 s more, and stops asking when it answers', () => {
    const silent = play([...loading, heard(29_999), heard(30_000)]).end;
    expect(play([...loading, heard(29_999)]).end.step).toMatchObject({ view: 'progress' });
    expect(silent.step).toEqual({ name: 'load', view: 'silent' });
    const waiting = reduce(silent, { type: 'recover', action: 'keep-waiting' }, NOW_MS).state;
    const still = reduce(waiting, heard(59_000), NOW_MS).state;
    expect(still.step).toMatchObject({ view: 'progress' });
    expect(reduce(still, heard(60_000), NOW_MS).state.step).toMatchObject({ view: 'silent' });
    expect(reduce(silent, heard(100), NOW_MS).state.step).toMatchObject({ view: 'progress' });
    const slower = reduce(silent, { type: 'recover', action: 'fewer-senders' }, NOW_MS);
    expect(slower.effects).toEqual([{ type: 'steer', steering: { paused: false, mostSenders: 3 } }]);
    expect(reduce(silent, { type: 'recover', action: 'stop' }, NOW_MS).effects).toEqual([
      { type: 'stop-run' },
    ]);
  });

  it('goes on under the same id after it was stopped', () => {
    const stopped: WizardEvent = { type: 'run', event: done({ ok: false, exit: 130, error: cancelled }) };
    const { steps } = play([...loading, { type: 'stop' }, stopped, { type: 'recover', action: 'resume' }]);
    const ids = steps.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === 'run' ? [effect.request.id] : [])),
    );
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('undo', () => {
  it('takes back one change at a time, and digits of one number together', () => {
    const tune: WizardEvent[] = [...(ROADS[1] ?? []), { type: 'forward' }, { type: 'forward' }];
    const { end } = play([
      ...tune,
      { type: 'parameter', key: 'days', value: 8 },
      { type: 'parameter', key: 'days', value: 1 },
      { type: 'parameter', key: 'days', value: 14, merge: true },
    ]);
    expect(end.answers.settings.days).toBe(14);
    const once = reduce(end, { type: 'undo' }, NOW_MS).state;
    expect(once.answers.settings.days).toBe(8);
    expect(reduce(once, { type: 'undo' }, NOW_MS).state.answers.settings.days).toBe(7);
  });
});

describe('Ctrl+C', () => {
  it('outside a load asks once, and is forgotten after three seconds', () => {
    const { end } = play([]);
    const asked = reduce(end, { type: 'interrupt' }, NOW_MS);
    expect(asked.state.ended).toBe(false);
    expect(asked.effects).toEqual([{ type: 'calm', delayMs: 3000 }]);
    expect(reduce(asked.state, { type: 'interrupt' }, NOW_MS + 3001).state.ended).toBe(false);
  });

  it('during a load stops it safely and leaves with 130 when the last event has come', () => {
    const { end } = play(ROADS[4] ?? []);
    const asked = reduce(end, { type: 'interrupt' }, NOW_MS);
    expect(asked.effects).toEqual([{ type: 'stop-run' }]);
    const last: RunEvent = done({ ok: false, exit: 130, error: cancelled });
    const left = reduce(asked.state, { type: 'run', event: last }, NOW_MS + 500);
    expect(left.effects).toEqual([{ type: 'quit', exit: 130 }]);
  });

  it('from outside (SIGTERM) ends with 143', () => {
    expect(reduce(play([]).end, { type: 'terminate', exit: 143 }, NOW_MS).effects).toEqual([
      { type: 'quit', exit: 143 },
    ]);
  });
});
