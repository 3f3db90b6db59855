// A run that did not end: resumed with its own data, removed, or forgotten.
import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../../src/core/plan/presets.ts';
import type { WizardEvent } from '../../../src/wizard/events.ts';
import { reduce } from '../../../src/wizard/reducer.ts';
import { FORECAST, NOW_MS, openRun, rungOf, wizardSettings } from '../../helpers/fake-world.ts';
import { play, ROADS, refused } from '../../helpers/wizard-history.ts';

describe('a run that did not end', () => {
  const refusedThere = [{ type: 'rung', rung: rungOf('port', 'failed', refused) }] as const;
  const ready = ROADS.connected.filter(({ type }) => type !== 'climbed');
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
    // Its flags were for that run.
    expect(steps.flatMap(({ effects }) => effects.filter(({ type }) => type === 'remember'))).toEqual([]);
  });

  it('starts its local node first when it ran on one', () => {
    const local = openRun({ settings: { ...openRun().settings, local: true } });
    const { end, steps } = play([...ready, resume], [local]);
    expect(steps.at(-1)?.effects.map(({ type }) => type)).toContain('start-local-node');
    const up: WizardEvent = {
      type: 'node',
      event: { type: 'node', phase: 'ready', detail: '', url: 'http://localhost:9203' },
    };
    const climbing = reduce(end, up, NOW_MS).state;
    const replanned = reduce(
      climbing,
      { type: 'forecast', of: 'forecast', forecast: FORECAST },
      NOW_MS,
    ).state;
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
        { type: 'forecast', of: 'forecast', forecast: FORECAST },
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
