// The live shop, event by event: what is said while it is not live yet, and what the status line says for how long.
import { describe, expect, it } from 'vitest';
import type { LiveEvent, LiveTick } from '../../../src/core/live/types.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { liveHead, nowWords, WHOLE } from '../../../src/ui/text/live-text.ts';
import { summaryLines } from '../../../src/ui/text/summary-text.ts';
import { begin } from '../../../src/wizard/begin.ts';
import type { Effect, Intent } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import {
  checkOf,
  fakeCluster,
  INDEX,
  living,
  NOW_MS,
  progressed,
  wizardSettings,
} from '../../helpers/fake-world.ts';

const starting = (): WizardState =>
  begin(
    { settings: wizardSettings(), password: undefined, random: 0, live: { presets: [], sample: undefined } },
    NOW_MS,
  ).state;

const heard = (state: WizardState, ...events: readonly LiveEvent[]): WizardState =>
  events.reduce((held, event) => reduce(held, { type: 'live', event }, NOW_MS).state, state);

function sent(state: WizardState, intent: Intent): { state: WizardState; effects: readonly Effect[] } {
  return reduce(state, intent, NOW_MS);
}

const head = ({ live }: WizardState) => (live ? liveHead(live, WHOLE) : '');
const now = ({ live }: WizardState) => (live ? nowWords(live, WHOLE) : '');

const [STARTED, TICK] = [
  ...living(
    fakeCluster({ liveMinutes: 1 }),
    INDEX,
    () => [],
    () => false,
  ),
];
const tick = (lagMs: number): LiveTick => ({ ...(TICK as LiveTick), lagMs });
const START = { type: 'start', what: 'memory_pressure', severity: 'major', durationMinutes: 10 } as const;
const running = () => heard(starting(), STARTED as LiveEvent, tick(1000));

describe('before it is live', () => {
  it('says how far the load and the checks of a new index are, and what was told last', () => {
    const planned = {
      type: 'planned',
      documents: 271_402,
      start: '',
      end: '',
      incidents: 3,
      seed: 1,
    } as const;
    const loading = heard(
      starting(),
      planned,
      progressed({ acknowledged: 120_000, documentsPerSecond: 9500 }),
    );
    expect(head(loading)).toBe('Loading a new index first: 120,000 of about 271,402 documents, 9,500 docs/s');
    const checking = heard(
      loading,
      { type: 'checking', total: 9 },
      { type: 'check', ...checkOf('c1', 'A check', true) },
      { type: 'notice', text: 'memory-pressure is left out' },
    );
    expect(head(checking)).toBe('Checking the new index: 1 of 9 checks');
    expect(now(checking)).toBe('memory-pressure is left out');
  });
});

describe('a shop that cannot go live', () => {
  it('says why when the screen is gone, and what to do', () => {
    const error = new AppError('live-incomplete', { index: INDEX, found: 3, documents: 9, parts: false });
    const { state } = reduce(starting(), { type: 'live-failed', error }, NOW_MS);
    expect(state.ended).toBe(true);
    const [head, ...actions] = summaryLines(state, 'incident-demo');
    expect(head).toBe(error.message);
    for (const action of error.explain().actions) expect(actions).toContain(`  - ${action}`);
  });
});

describe('a command', () => {
  it('is told at once, and given once however often the key is pressed', () => {
    const first = sent(running(), { type: 'live-incident', what: 'memory_pressure' });
    expect(first.effects).toHaveLength(1);
    expect(now(first.state)).toMatch(/^Starting /);
    const again = sent(first.state, { type: 'live-incident', what: 'memory_pressure' });
    expect(again.effects).toEqual([]);
    const refused = heard(again.state, { type: 'command-refused', reason: 'Not now' });
    expect([now(refused), refused.notice]).toEqual(['Normal operation; no incident started yet', 'Not now']);
    expect(sent(refused, { type: 'live-incident', what: 'memory_pressure' }).effects).toHaveLength(1);
  });
});

describe('an incident that an earlier process started', () => {
  it('is shown as running, and can be ended', () => {
    const [before] = [
      ...living(
        fakeCluster({ liveMinutes: 2 }),
        INDEX,
        () => [START],
        () => false,
      ),
    ].flatMap((event) => (event.type === 'incident-started' ? [event.incident] : []));
    const state = heard(running(), { ...tick(1000), ...(before ? { running: before } : {}) });
    expect(now(state)).toMatch(/^Memory pressure \(major\) since /);
    expect(sent(state, { type: 'live-recover' }).effects).toEqual([
      { type: 'live-command', command: { type: 'recover' } },
    ]);
  });
});

describe('the status line', () => {
  const said = (lagMs: number, ticks: number) =>
    heard(
      running(),
      { type: 'notice', text: 'The cluster takes no documents' },
      ...Array.from({ length: ticks }, () => tick(lagMs)),
    ).notice;

  it('is cleared after ten ticks, once it has been read', () => {
    expect(said(1000, 9)).toBe('The cluster takes no documents');
    expect(said(1000, 12)).toBeUndefined();
  });

  it('says what is wrong as long as the index is late, in seconds on the wall', () => {
    // At 60 × real time, a lag of 30 s of the shop is half a second.
    expect(said(30_000, 40)).toBeUndefined();
    expect(said(400_000, 40)).toBe('The cluster takes no documents');
  });
});

describe('an incident that nobody started', () => {
  const planned = (fromMinutes: number, toMinutes: number, recoveredMinutes: number): LiveTick => {
    const { simulatedMs } = TICK as LiveTick;
    const at = (minutes: number) => simulatedMs + minutes * 60_000;
    return {
      ...tick(1000),
      planned: {
        ...{ id: 'random-1', type: 'memory_pressure', title: 'Memory pressure', preset: null },
        ...{
          severity: 'minor',
          startMs: at(fromMinutes),
          endMs: at(toMinutes),
          recoveredMs: at(recoveredMinutes),
        },
      },
    };
  };

  it('is no normal operation: the screen says that the data have it, and until when', () => {
    expect(now(heard(running(), planned(-3, 4, 9)))).toMatch(
      /^Memory pressure \(minor\) since \d\d:\d\d, planned with the data; ends in 4 min$/,
    );
    expect(now(heard(running(), planned(-8, -1, 4)))).toMatch(
      /^Recovering from Memory pressure \(minor\) until \d\d:\d\d$/,
    );
  });
});
