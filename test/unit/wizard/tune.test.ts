// A changed answer about the data, and undo.
import { describe, expect, it } from 'vitest';
import type { Intent, WizardEvent } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import { NOW_MS } from '../../helpers/fake-world.ts';
import { play, ROADS } from '../../helpers/wizard-history.ts';

describe('a changed answer', () => {
  const finished = ROADS.finished;
  const back = (times: number): Intent[] => Array.from({ length: times }, () => ({ type: 'back' }));

  it('about the data ends the run, says so, and keeps the connection', () => {
    const { end } = play([...finished, ...back(3), { type: 'parameter', key: 'days', value: 3 }]);
    expect(end.run).toBeUndefined();
    expect(end.notice).toContain('load the data again');
    expect(end.connection.state).toBe('up');
  });

  it('that is no change keeps everything', () => {
    const before = play([...finished, ...back(3)]).end;
    expect(reduce(before, { type: 'parameter', key: 'days', value: 7 }, NOW_MS).state).toEqual(before);
  });
});

describe('undo', () => {
  it('takes back one change at a time, and digits of one number together', () => {
    const tune: WizardEvent[] = [...ROADS.connected, { type: 'forward' }, { type: 'forward' }];
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
