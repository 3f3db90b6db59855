// Back and Ctrl+C: no answer is lost, and a load is asked about before it is stopped.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/wizard/reducer.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { NOW_MS } from '../../helpers/fake-world.ts';
import { histories } from '../../helpers/random-histories.ts';
import { play, ROADS, stopped } from '../../helpers/wizard-history.ts';

describe('Back', () => {
  const pressBack = (state: WizardState) => reduce(state, { type: 'back' }, NOW_MS + 1e6).state;

  it('loses no answer on the whole way to the first step', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const { end } = play(events);
        fc.pre(!end.ended && (end.run === undefined || end.run.status === 'ended'));
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
    const { end } = play([...ROADS.loading, { type: 'back' }]);
    expect(end.step).toEqual({ name: 'load', view: 'leave' });
    expect(end.run?.status).toBe('running');
    expect(pressBack(end).step).toEqual({ name: 'load', view: 'progress' });
  });
});

describe('Ctrl+C', () => {
  it('outside a load asks once, and is forgotten after three seconds', () => {
    const { end } = play([]);
    const asked = reduce(end, { type: 'interrupt' }, NOW_MS);
    expect(asked.state.ended).toBe(false);
    expect(asked.effects).toEqual([{ type: 'disarm-interrupt', delayMs: 3000 }]);
    expect(reduce(asked.state, { type: 'interrupt' }, NOW_MS + 3001).state.ended).toBe(false);
  });

  it('during a load stops it safely and leaves with 130 when the last event has come', () => {
    const { end } = play(ROADS.loading);
    const asked = reduce(end, { type: 'interrupt' }, NOW_MS);
    expect(asked.effects).toEqual([{ type: 'stop-run' }]);
    const left = reduce(asked.state, { type: 'run', event: stopped }, NOW_MS + 500);
    expect(left.effects).toEqual([{ type: 'quit', exit: 130 }]);
  });

  it('from outside (SIGTERM) ends with 143', () => {
    expect(reduce(play([]).end, { type: 'terminate', exit: 143 }, NOW_MS).effects).toEqual([
      { type: 'quit', exit: 143 },
    ]);
  });
});
