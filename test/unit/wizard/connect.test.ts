// A changed address, and the speed of a cluster.
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import type { Intent, WizardEvent } from '../../../src/wizard/events.ts';
import { speedHere } from '../../../src/wizard/state.ts';
import { play, ROADS, type Step } from '../../helpers/wizard-history.ts';

describe('a changed answer', () => {
  const finished = ROADS.finished;
  const back = (times: number): Intent[] => Array.from({ length: times }, () => ({ type: 'back' }));

  it('about the address forgets the index and the run, and keeps the data', () => {
    const { end } = play([...finished, ...back(5), { type: 'address', text: 'localhost:9201' }]);
    expect(end.indexStatus).toEqual({ state: 'unknown' });
    expect(end.run).toBeUndefined();
    expect(end.answers.settings.url).toBe('http://localhost:9201');
    expect(end.forecast.state).toBe('ready');
  });
});

describe('the speed of a cluster', () => {
  const connected = [...ROADS.connected, { type: 'forward' }] as const;
  const wishes = (steps: readonly Step[]) =>
    steps.flatMap(({ effects }) => effects.filter(({ type }) => type === 'try-speed'));
  const tried: WizardEvent = { type: 'tried', url: 'http://localhost:9200', documentsPerSecond: 9000 };

  it('is tried once for each address, on the way to the presets, and gives way to that of a load', () => {
    const { steps, end } = play([...connected, tried, { type: 'back' }, { type: 'forward' }]);
    expect(wishes(steps)).toMatchObject([{ connection: { url: 'http://localhost:9200' } }]);
    expect(speedHere(end)).toEqual({ documentsPerSecond: 9000, from: 'trial' });
    const fast: RunEvent = { type: 'loaded', planned: 50_000, acknowledged: 50_000, refused: 0, seconds: 2 };
    const loaded = play([...ROADS.loading, tried, { type: 'run', event: fast }]).end;
    expect(speedHere(loaded)).toEqual({ documentsPerSecond: 25_000, from: 'load' });
  });

  it('is not tried while a load may write', () => {
    const { steps } = play(ROADS.loading);
    const effects = steps.flatMap((step) => step.effects);
    const stopped = effects.findIndex(
      (effect) => effect.type === 'cancel' && effect.effects.includes('try-speed'),
    );
    expect(stopped).toBeGreaterThan(-1);
    expect(effects[stopped + 1]).toMatchObject({ type: 'run' });
  });
});
