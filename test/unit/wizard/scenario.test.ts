// A preset of one's own: read from its path, in the place of one with the same id, or refused with the reason.
import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../../src/core/plan/presets.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { WizardEvent } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { FIRST_ENTRY, NOW_MS, OWN_ENTRY } from '../../helpers/fake-world.ts';
import { play, ROADS } from '../../helpers/wizard-history.ts';

describe("a preset of one's own", () => {
  const typing: WizardEvent[] = [...ROADS.connected, { type: 'forward' }, { type: 'preset-path' }];
  const chosen = ({ answers }: WizardState) => answers.settings.presets;

  it('is read from the path that was typed, and is part of the data at once', () => {
    const asked = play([...typing, { type: 'preset-file', path: ' ./mine.json ' }]);
    expect(asked.steps.at(-1)?.effects).toEqual([{ type: 'read-preset', path: './mine.json' }]);
    const { state, effects } = reduce(asked.end, { type: 'preset-read', entry: OWN_ENTRY }, NOW_MS);
    expect(chosen(state)).toEqual([...BUILT_IN.map(({ id }) => id), './mine.json']);
    expect(state.step).toEqual({ name: 'scenario', view: 'list' });
    expect(effects.map(({ type }) => type)).toEqual(['forecast', 'gallery']);
  });

  it('takes the place of one with the same id, so that none is told twice', () => {
    const copy = { preset: { ...FIRST_ENTRY.preset, title: 'Mended' }, flag: './copy.json' };
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
