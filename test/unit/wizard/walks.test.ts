// Any keys in any order, on every screen, panel and overlay, with the world answering in between: never an invalid
// state, never stuck, and Back always comes to the same answers.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../src/errors/app-error.ts';
import type { RecoveryId } from '../../../src/errors/entry.ts';
import { footerHints } from '../../../src/ui/ink/keys/binding.ts';
import { helpRows } from '../../../src/ui/ink/keys/help-rows.ts';
import type { KeyPress } from '../../../src/ui/ink/keys/key-press.ts';
import { dispatch, keymap } from '../../../src/ui/ink/keys/keymap.ts';
import { overlayContent } from '../../../src/ui/ink/overlay-content.ts';
import { currentProblem } from '../../../src/ui/text/problem.ts';
import { summaryLines } from '../../../src/ui/text/summary-text.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import { type FakeCluster, INDEX, indexState, NOW_MS, openRun } from '../../helpers/fake-world.ts';
import { Walk, walkable } from '../../helpers/walk.ts';
import { invalidity } from '../../helpers/wizard-validity.ts';

const key = (name: string): KeyPress => ({
  name,
  text: name.length === 1 ? name : name === 'space' ? ' ' : '',
});

const text = (typed: string): KeyPress => ({ name: 'text', text: typed });

/** The name of the screen, panel or overlay in view. */
function placeOf({ state, ui }: Walk): string {
  const { overlay, number } = ui.store.get();
  if (overlay) return `overlay ${overlay.kind}`;
  const { step, node, run } = state;
  if (step.name === 'connect' && node.state !== 'off') return `node ${node.state}`;
  if (step.name === 'scenario') return `scenario ${step.view}${step.error ? ' refused' : ''}`;
  if (step.name === 'tune') return number ? 'tune typing' : 'tune';
  if (step.name === 'check') return step.failed === undefined ? `check ${run?.status}` : 'check panel';
  if (step.name === 'load' && step.view === 'progress')
    return `load ${run?.limits.paused ? 'paused' : run?.status}`;
  if (step.name === 'live') return `live ${state.live?.status}`;
  if (step.name === 'next' && run?.removed !== undefined) return 'next removed';
  return `${step.name} ${step.view}`;
}

/** Every place there is. */
const PLACES = [
  ...['start choices', 'start remove', 'start removing', 'start problem'],
  ...['connect form', 'connect problem', 'node starting', 'node failed'],
  ...['scenario list', 'scenario file', 'scenario file refused', 'tune', 'tune typing'],
  ...['review summary', 'review index', 'review name', 'review replace', 'review problem'],
  ...[
    'load running',
    'load paused',
    'load stopping',
    'load ended',
    'load leave',
    'load silent',
    'load problem',
  ],
  ...['check running', 'check stopping', 'check checking', 'check ended', 'check panel'],
  ...['next advice', 'next remove', 'next removing', 'next problem', 'next removed'],
  ...['next stop', 'next stopping', 'next address'],
  ...['live starting', 'live running', 'live stopping', 'live ended'],
  ...['overlay help', 'overlay details', 'overlay log', 'overlay errors', 'overlay query', 'overlay story'],
  ...[
    'overlay scene',
    'overlay guide',
    'overlay copied',
    'overlay pattern',
    'overlay docker',
    'overlay delete',
    'overlay notes',
    'overlay live-log',
  ],
];

const KEYS = [
  ...['enter', 'enter', 'enter', 'escape', 'escape', 'tab', 'shift+tab', 'up', 'down', 'left', 'right'],
  ...['pageup', 'pagedown', 'home', 'end', 'backspace', 'delete', 'space', '0', '1', '2', '3', '4', '5', '9'],
  ...[
    '+',
    '-',
    'a',
    'b',
    'c',
    'd',
    'e',
    'f',
    'g',
    'i',
    'j',
    'k',
    'l',
    'n',
    'p',
    'o',
    'r',
    's',
    'u',
    'x',
    'y',
    'z',
    '?',
    'q',
    'ctrl+o',
    'ctrl+t',
    'ctrl+u',
    'ctrl+c',
  ],
];

/** Several keys that only together lead somewhere. */
const PHRASES: Readonly<Record<string, readonly KeyPress[]>> = {
  'the name of the index': [text(INDEX), key('enter')],
  'a preset file': [key('a'), text('./mine.json'), key('enter')],
  'delete what was made': [key('x'), key('2')],
  'stop the node': [key('s'), key('2')],
  'an address of Dashboards': [key('u'), key('ctrl+u'), text('dashboards:5601'), key('enter')],
  'no address of Dashboards': [key('u'), key('ctrl+u'), text('a b'), key('enter')],
  'too many days': [key('2'), key('0'), key('0')],
  'another address': [key('ctrl+u'), text('http://localhost:9201')],
  'no address': [text('not an address')],
};

/** A key, a phrase, or the world: it answers once (the first wish or the latest), or until nothing is waited for. */
type Act = { key: string } | { phrase: string } | { answer: 'first' | 'latest' | 'all' };

function act(walk: Walk, one: Act): void {
  if ('key' in one) dispatch(walk.ui, key(one.key));
  else if ('phrase' in one) for (const press of PHRASES[one.phrase] ?? []) dispatch(walk.ui, press);
  else if (one.answer === 'all') walk.settle();
  else walk.answer(one.answer === 'latest');
}

const keys = fc.constantFrom(...KEYS).map((name): Act => ({ key: name }));
const phrases = fc.constantFrom(...Object.keys(PHRASES)).map((phrase): Act => ({ phrase }));
const worldly = fc.constantFrom('first', 'latest', 'all').map((answer): Act => ({ answer }));
const acts = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: keys },
    { weight: 2, arbitrary: phrases },
    { weight: 6, arbitrary: worldly },
  ),
  { minLength: 5, maxLength: 60 },
);

const VALUES = { address: 'localhost:9200', otherUrl: 'http://localhost:9201', fingerprint: 'AA:BB' };
const trouble = (code: ErrorCode) => new AppError(code, VALUES);

/** How the cluster stands; those of a road go before those of chance. */
interface World {
  readonly error: ErrorCode | undefined;
  readonly nodeFails: boolean;
  readonly indexFails: boolean;
  /** The index of the usual name: absent, made by this tool, or by another. */
  readonly index: 'absent' | 'ours' | 'theirs';
  readonly run: 'well' | 'breaks' | 'silent' | 'check fails';
  readonly removeFails: boolean;
  readonly presetFails: boolean;
}

/** A cluster of its own that stands so. */
function clusterOf(world: World): FakeCluster {
  const index = indexState(INDEX, 5, world.index === 'ours');
  return walkable({
    ...(world.index === 'absent' ? {} : { indexes: new Map([[INDEX, index]]) }),
    ...(world.error ? { error: trouble(world.error) } : {}),
    ...(world.nodeFails ? { nodeError: trouble('node-failed') } : {}),
    ...(world.indexFails ? { indexError: trouble('port-silent') } : {}),
    ...(world.removeFails ? { removeError: trouble('port-silent') } : {}),
    ...(world.presetFails ? { presetError: trouble('preset') } : {}),
    ...(world.run === 'breaks' ? { breaks: { after: 0, error: trouble('load-incomplete') } } : {}),
    ...(world.run === 'silent' ? { progress: { silentMs: 30_000 } } : {}),
    ...(world.run === 'check fails' ? { failing: ['sample'] } : {}),
  });
}

const worlds: fc.Arbitrary<World> = fc.record({
  error: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...(['connection-refused', 'name-unknown', 'speaks-http', 'certificate-untrusted'] as const),
        ...(['sign-in-missing', 'cluster-starting', 'not-opensearch', 'writes-blocked'] as const),
      ),
    },
  ),
  nodeFails: fc.boolean(),
  indexFails: fc.constantFrom(false, false, false, true),
  index: fc.constantFrom('absent', 'absent', 'ours', 'theirs'),
  run: fc.constantFrom('well', 'well', 'breaks', 'silent', 'check fails'),
  removeFails: fc.boolean(),
  presetFails: fc.boolean(),
});

/** Number of runs that did not end. */
const unfinished = fc.constantFrom(0, 0, 1, 2);

const all: Act = { answer: 'all' };
const pressed = (...names: string[]): Act[] => names.map((name) => ({ key: name }));

/** Enter from step to step. */
const ahead = (steps: number): Act[] =>
  Array.from({ length: steps }, () => [all, ...pressed('enter')]).flat();

interface Road {
  readonly acts: readonly Act[];
  readonly world?: Partial<World>;
  readonly open?: number;
  /** On the local node. */
  readonly local?: boolean;
}

const well: Partial<World> = { error: undefined, indexFails: false, index: 'absent', run: 'well' };
const toCheck = [...ahead(4), all];
const toNext = [...toCheck, ...pressed('n')];
const toRemove = [...toNext, ...pressed('x')];
const answered = (times: number) => Array.from({ length: times }, (): Act => ({ answer: 'first' }));
/** What can be started live, and its first moments. */
const begun: Act[] = [{ answer: 'latest' }, ...answered(3)];
const loading: Act[] = [...ahead(4), ...answered(4)];

/** Where walks begin, so that keys are pressed in every place and not only in those that chance comes to. */
const ROADS: readonly Road[] = [
  ...Array.from({ length: 8 }, (_, steps) => ({ acts: ahead(steps) })),
  { open: 1, world: { index: 'ours' }, acts: [all, ...pressed('3')] },
  { open: 2, world: { index: 'ours' }, acts: [all, ...pressed('3', '2')] },
  { open: 1, world: { index: 'ours', removeFails: true }, acts: [all, ...pressed('3', '2'), all] },
  { open: 0, world: { error: 'connection-refused' }, acts: [all, ...pressed('1')] },
  { open: 0, world: { error: 'connection-refused', nodeFails: true }, acts: [all, ...pressed('1'), all] },
  { open: 0, world: well, acts: [...ahead(1), ...pressed('a')] },
  { open: 0, world: well, acts: [...ahead(1), ...pressed('d')] },
  { open: 0, world: { ...well, presetFails: true }, acts: [...ahead(1), { phrase: 'a preset file' }, all] },
  { open: 0, world: well, acts: [...ahead(2), { phrase: 'too many days' }] },
  { open: 0, world: { ...well, index: 'ours' }, acts: [...ahead(3), all, ...pressed('4')] },
  { open: 0, world: { ...well, index: 'theirs' }, acts: [...ahead(3), all, ...pressed('2')] },
  { open: 0, world: { ...well, indexFails: true }, acts: [...ahead(3), all] },
  { open: 0, world: well, acts: [...loading, ...pressed('p')] },
  { open: 0, world: well, acts: [...loading, ...pressed('escape')] },
  { open: 0, world: well, acts: [...loading, ...pressed('escape', '2')] },
  {
    open: 0,
    world: { ...well, run: 'silent' },
    acts: [...ahead(4), ...answered(6)],
  },
  { open: 0, world: well, acts: [...ahead(4), ...answered(9)] },
  { open: 0, world: well, acts: [...ahead(4), ...answered(9), ...pressed('ctrl+c')] },
  { open: 0, world: { ...well, run: 'breaks' }, acts: [...ahead(4), all] },
  { open: 0, world: { ...well, run: 'check fails' }, acts: [...toCheck, ...pressed('f', 'enter')] },
  {
    open: 0,
    world: { ...well, run: 'check fails' },
    acts: [...toCheck, ...pressed('r'), ...answered(3), ...pressed('home', 'enter', 'down', 'enter')],
  },
  { open: 0, world: well, acts: [...toCheck, ...pressed('r')] },
  { open: 0, world: well, acts: toRemove },
  { open: 0, world: well, acts: [...toRemove, ...pressed('2')] },
  { open: 0, world: { ...well, removeFails: true }, acts: [...toRemove, ...pressed('2'), all] },
  { open: 0, world: { ...well, removeFails: false }, acts: [...toRemove, ...pressed('2'), all] },
  ...[
    { acts: [] },
    { acts: begun },
    { acts: [...begun, ...pressed('l')] },
    { acts: [...begun, ...pressed('1'), ...answered(2), ...pressed('n')] },
    { acts: [...begun, ...pressed('escape')] },
  ].map(({ acts }) => ({ open: 0, world: well, acts: [...toNext, ...pressed('l'), ...acts] })),
  ...['enter', 'g', 'c', 'r', 'i', 'u'].map((name) => ({
    ...{ open: 0, world: well, acts: [...toNext, ...pressed(name)] },
  })),
  ...[['b'], ['s'], ['s', '2'], ['s', '2', 'x']].map((names) => ({
    ...{
      open: 0,
      world: { ...well, nodeFails: false },
      local: true,
      acts: [...toNext, ...pressed(...names)],
    },
  })),
  { open: 0, world: well, local: true, acts: [...toNext, { phrase: 'stop the node' }, all, ...pressed('x')] },
];

/** True when an action of a panel does something: shows something, changes the state, or asks the world. */
function isDone({ state }: Walk, action: RecoveryId): boolean {
  if (action === 'details' || action === 'query') return true;
  const { state: next, effects } = reduce(state, { type: 'recover', action }, NOW_MS);
  return effects.length > 0 || !isDeepStrictEqual(next, state);
}

/** Questions and panels over a step: Escape closes them, and stays on the step. */
const OPEN = [
  ...['start remove', 'start problem', 'connect problem', 'scenario file', 'scenario file refused'],
  ...['review replace', 'load leave', 'load silent', 'check panel', 'next remove', 'next problem'],
  ...['next stop', 'next address'],
];

/** What must hold at every moment. */
function expectSound(walk: Walk): void {
  const { ui, state } = walk;
  expect(invalidity(state)).toBeUndefined();
  if (state.ended) return;
  const bindings = keymap(ui);
  expect(bindings.some(({ keys }) => keys.includes('ctrl+c'))).toBe(true);
  const labels = bindings.map(({ label }) => label);
  expect(new Set(labels).size, `two hints for one key: ${labels}`).toBe(labels.length);
  const { overlay } = ui.store.get();
  if (overlay) expect(overlayContent(ui, overlay.kind).lines.length).toBeGreaterThan(0);
  const help = overlay ? undefined : helpRows(ui);
  for (const { label, does, keys } of footerHints(bindings, 300)) {
    if (help && !keys.includes('?'))
      expect(help.some((row) => row.startsWith(label) && row.endsWith(does))).toBe(true);
  }
  const place = placeOf(walk);
  if (OPEN.includes(place)) {
    const { state: closed } = reduce(state, { type: 'back' }, NOW_MS);
    expect(closed.step.name, place).toBe(state.step.name);
    expect(closed.step, place).not.toEqual(state.step);
  }
  const recoveries = currentProblem(state)?.recoveries;
  if (recoveries) {
    expect(recoveries.length).toBeGreaterThan(0);
    expect(recoveries.length).toBeLessThanOrEqual(6);
    for (const { id, copy } of recoveries) expect(copy !== undefined || isDone(walk, id), id).toBe(true);
  }
}

const press = (walk: Walk, name: string): void => {
  dispatch(walk.ui, key(name));
  walk.settle();
};

/** Escape until nothing changes any more; a load that runs is first let to its end. */
function backToTheBeginning(walk: Walk): void {
  walk.settle();
  for (let times = 0; times < 30; times++) press(walk, 'escape');
}

/** The key that leads on: in a list with a last line that goes on, that line first. */
function onwards(walk: Walk): void {
  const { step, connection } = walk.state;
  if (step.name === 'check') press(walk, 'end');
  const retry = connection.state === 'down' && currentProblem(walk.state);
  const main = { start: '1', next: 'q' }[step.name as string] ?? 'enter';
  press(walk, retry ? 'r' : main);
}

const seen = new Map<string, number>();
const note = (walk: Walk) => seen.set(placeOf(walk), (seen.get(placeOf(walk)) ?? 0) + 1);

function wander(walk: Walk, steps: readonly Act[]): void {
  for (const step of steps) {
    act(walk, step);
    note(walk);
    expectSound(walk);
    if (walk.state.ended) break;
  }
}

describe('any keys in any order', () => {
  it('keep the wizard valid; Escape leads back with the same answers; and from there Enter to a demo', () => {
    fc.assert(
      fc.property(worlds, unfinished, fc.nat(ROADS.length - 1), acts, (world, open, place, steps) => {
        const road = ROADS[place];
        const runs = [openRun(), openRun({ id: 'r0' })].slice(0, road?.open ?? open);
        const walk = new Walk(clusterOf({ ...world, ...road?.world }), runs, road?.local);
        wander(walk, [...(road?.acts ?? []), ...steps]);
        if (walk.state.ended) {
          expect(summaryLines(walk.state, 'incident-demo').length).toBeGreaterThan(0);
          return;
        }
        walk.settle();
        if (walk.state.ended) return;
        // What is half typed is given up by the first Escape.
        if (walk.ui.store.get().overlay) press(walk, 'escape');
        if (walk.ui.store.get().number) press(walk, 'escape');
        const { answers, undo } = walk.state;
        backToTheBeginning(walk);
        expect(['connect', 'start']).toContain(walk.state.step.name);
        const { connection } = walk.state;
        expect(connection.state === 'down' ? connection.retry : undefined, 'still trying').toBeUndefined();
        expect(walk.state.undo).toEqual(undo);
        expect(walk.state.answers).toEqual(answers);
        // The world is well now: the main key leads to the end, whatever was done before.
        walk.world = walkable();
        if (walk.state.connection.state === 'unreadable')
          for (const type of ['token', 'address'] as const)
            walk.ui.session.send({ type, text: type === 'token' ? '' : 'localhost' });
        for (let times = 0; times < 25 && !walk.state.ended; times++) onwards(walk);
        expect(walk.state.ended, `stuck at ${placeOf(walk)}`).toBe(true);
        expect(walk.state.run?.done).toBeDefined();
      }),
      { numRuns: 1000 },
    );
  });

  afterAll(() => {
    // A walk that never comes to a place says nothing about it.
    expect(PLACES.filter((place) => !seen.has(place))).toEqual([]);
    expect([...seen.keys()].filter((place) => !PLACES.includes(place))).toEqual([]);
  });
});
