// A load under way, and what is remembered of it.
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import type { WizardEvent } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import { speedHere, type WizardState } from '../../../src/wizard/state.ts';
import { NOW_MS, progressed } from '../../helpers/fake-world.ts';
import { play, ROADS, type Step, stopped } from '../../helpers/wizard-history.ts';

describe('a load under way', () => {
  const loading = ROADS.loading;
  const heard = (silentMs: number, senders = 4): WizardEvent => ({
    type: 'run',
    event: progressed({ silentMs, senders }),
  });
  const steering = (steps: readonly Step[]) =>
    steps.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === 'set-limits' ? [effect.limits] : [])),
    );

  it('pauses and goes on by the same key', () => {
    const { steps, end } = play([...loading, { type: 'pause' }, { type: 'pause' }]);
    expect(steering(steps).map(({ paused }) => paused)).toEqual([true, false]);
    expect(end.run?.status).toBe('running');
  });

  it('takes fewer senders from the number that is busy, and at least one', () => {
    const less: WizardEvent = { type: 'senders', by: -1 };
    const { steps } = play([...loading, heard(0, 3), less, less, less, { type: 'senders', by: 1 }]);
    expect(steering(steps).map(({ maxSenders }) => maxSenders)).toEqual([2, 1, 1, 2]);
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
    expect(slower.effects).toEqual([{ type: 'set-limits', limits: { paused: false, maxSenders: 3 } }]);
    expect(reduce(silent, { type: 'recover', action: 'stop' }, NOW_MS).effects).toEqual([
      { type: 'stop-run' },
    ]);
  });

  it('goes on under the same id after it was stopped', () => {
    const { steps } = play([
      ...loading,
      { type: 'stop' },
      { type: 'run', event: stopped },
      { type: 'recover', action: 'resume' },
    ]);
    const ids = steps.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === 'run' ? [effect.request.id] : [])),
    );
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('what is remembered', () => {
  const remembered = (steps: readonly Step[]) =>
    steps.flatMap(({ effects }) => effects.filter(({ type }) => type === 'remember'));
  it('is kept when a load begins, and again with the speed that was measured', () => {
    const load = ROADS.loading;
    expect(remembered(play(load).steps)).toHaveLength(1);
    const fast: RunEvent = { type: 'loaded', planned: 50_000, acknowledged: 50_000, refused: 0, seconds: 2 };
    const { steps, end } = play([...load, { type: 'run', event: fast }]);
    expect(remembered(steps).at(-1)).toEqual({
      type: 'remember',
      speeds: { 'http://localhost:9200': 25_000 },
    });
    expect(speedHere(end)).toEqual({ documentsPerSecond: 25_000, from: 'load' });
    const elsewhere: WizardState = {
      ...end,
      answers: { ...end.answers, settings: { ...end.answers.settings, url: 'http://localhost:9201' } },
    };
    expect(speedHere(elsewhere)).toBeUndefined();
  });
});
