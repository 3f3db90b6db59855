// The live shop as questions, while things happen that nobody chose.
import { expect, it } from 'vitest';
import type { Prompter } from '../../../../src/ui/plain/prompter.ts';
import { promptThrough } from '../../../../src/ui/plain/run-plain.ts';
import { settled } from '../../../../src/ui/plain/wait.ts';
import { runningIncident } from '../../../../src/wizard/live-view.ts';
import { createSession } from '../../../../src/wizard/session.ts';
import { fakeServices } from '../../../helpers/fake-services.ts';
import { fakeCluster, wizardSettings } from '../../../helpers/fake-world.ts';

it('asks on when the incident that is to be ended is over meanwhile', async () => {
  const session = createSession({
    services: fakeServices(fakeCluster({ liveMinutes: 10_000, pauseMs: 5 })),
    settings: wizardSettings(),
    password: undefined,
    random: 0,
    live: { presets: [], sample: undefined },
  });
  const offered: string[] = [];
  const prompter: Prompter = {
    say: () => {},
    show: () => {},
    choose: async (_, choices) => {
      const pick = ['End: ', offered.length === 0 ? 'Start: ' : 'Exit: ']
        .map((wanted) => choices.find(({ name }) => name.startsWith(wanted)))
        .find((choice) => choice !== undefined);
      if (!pick) throw new Error('nothing to choose');
      offered.push(pick.name);
      if (pick.name.startsWith('End')) {
        // Another window ends it while this question is open.
        session.send({ type: 'live-recover' });
        await settled(session, ({ live }) => live !== undefined && !runningIncident(live));
      }
      return pick.value;
    },
    checkbox: async () => [],
    text: async () => '',
    secret: async () => '',
  };
  expect(await promptThrough(session, prompter)).toBe(0);
  expect(offered).toEqual([
    expect.stringContaining('Start: '),
    expect.stringContaining('End: '),
    'Exit: stop it and finish',
  ]);
});
