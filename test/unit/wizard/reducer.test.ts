// The reducer under any events in any order: never an invalid state, never stuck, nothing written before Review.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduce } from '../../../src/wizard/reducer.ts';
import { NOW_MS } from '../../helpers/fake-world.ts';
import { beginnings, histories } from '../../helpers/random-histories.ts';
import { play, ROADS } from '../../helpers/wizard-history.ts';
import { invalidity } from '../../helpers/wizard-validity.ts';

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
              before.step.name === 'review' && before.step.advanceWhenReady && cause.type === 'index-state';
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
    const idOf = (random: number) => play(ROADS.loading, [], random).end.run?.id ?? '';
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
