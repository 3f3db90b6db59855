// What becomes of an index that exists, and what is written only after a second word.
import { describe, expect, it } from 'vitest';
import { begin } from '../../../src/wizard/begin.ts';
import type { WizardEvent } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import { mayLoad } from '../../../src/wizard/review.ts';
import { INDEX, indexState, NOW_MS, noIndex, wizardSettings } from '../../helpers/fake-world.ts';
import { play, ROADS } from '../../helpers/wizard-history.ts';

describe('Review', () => {
  const atReview = ROADS.review;
  const exists: WizardEvent = { type: 'index-state', index: indexState(INDEX, 5), freeName: `${INDEX}_2` };
  const free: WizardEvent = { type: 'index-state', index: noIndex(INDEX) };

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
    expect(mayLoad(wrong)).toBe(false);
    const right = reduce(wrong, { type: 'replace-name', name: INDEX }, NOW_MS).state;
    expect(mayLoad(right)).toBe(true);
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
    expect(mayLoad(added)).toBe(true);
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
