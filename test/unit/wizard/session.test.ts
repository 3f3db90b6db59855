// The session: when it begins, what it still listens to, and how often it speaks.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import type { Services } from '../../../src/wizard/services.ts';
import { createSession, type Session } from '../../../src/wizard/session.ts';
import type { WizardState } from '../../../src/wizard/state.ts';
import { fakeServices } from '../../helpers/fake-services.ts';
import { fakeCluster, progressed, wizardSettings } from '../../helpers/fake-world.ts';

const open = (changes: Partial<Services> = {}, cluster = fakeCluster()) =>
  createSession({
    services: { ...fakeServices(cluster), ...changes },
    settings: wizardSettings(),
    password: undefined,
    random: 0,
  });

async function until(session: Session, ready: (state: WizardState) => boolean): Promise<WizardState> {
  const stop = session.subscribe(() => {});
  const end = performance.now() + 5000;
  while (!ready(session.getSnapshot())) {
    if (performance.now() > end)
      throw new Error(`not reached: ${JSON.stringify(session.getSnapshot().step)}`);
    await sleep(2);
  }
  stop();
  return session.getSnapshot();
}

async function toLoad(session: Session): Promise<void> {
  await until(session, ({ connection, forecast }) => connection.state === 'up' && forecast.state === 'ready');
  for (let press = 0; press < 3; press++) session.send({ type: 'forward' });
  await until(session, ({ indexStatus }) => indexStatus.state === 'free');
  session.send({ type: 'forward' });
  await until(session, ({ step }) => step.name === 'load');
}

describe('a session', () => {
  it('does nothing until somebody listens: the first frame comes first', async () => {
    let asked = 0;
    const session = open({
      loadPlanner: async () => {
        asked += 1;
        throw new Error('no presets here');
      },
    });
    await sleep(20);
    expect(asked).toBe(0);
    session.subscribe(() => {});
    session.subscribe(() => {});
    expect(asked).toBe(1);
  });

  it('ignores a ladder that was overtaken by a newer address', async () => {
    const session = open();
    session.subscribe(() => {});
    session.send({ type: 'address', text: 'http://localhost:9999' });
    const { connection } = await until(
      session,
      ({ connection: now }) => now.state === 'down' || now.state === 'up',
    );
    expect(connection.state).toBe('down');
  });

  it('passes progress on a few times a second, and the other events at once', async () => {
    let yielded = 0;
    async function* talkative(): AsyncGenerator<RunEvent> {
      for (let acknowledged = 1; acknowledged <= 300; acknowledged++) {
        yielded += 1;
        yield progressed({ acknowledged, elapsedMs: acknowledged });
        await sleep(1);
      }
      yield { type: 'notice', text: 'the last word' };
      await sleep(10_000, undefined, { ref: false });
    }
    const session = open({ run: talkative });
    await toLoad(session);
    let changes = 0;
    session.subscribe(() => {
      changes += 1;
    });
    // Each line of the log begins with the seconds since the beginning.
    const last = /^ +\d+\.\d s {2}the last word$/;
    const { run } = await until(session, ({ run: now }) => now?.log.some((line) => last.test(line)) === true);
    expect(yielded).toBe(300);
    expect(run?.progress?.acknowledged).toBe(300);
    expect(changes).toBeLessThan(20);
    session.send({ type: 'terminate', exit: 143 });
    session.send({ type: 'interrupt' });
    expect(await session.ended).toBe(143);
  });

  it('tells a changed parameter and its plan together', async () => {
    const session = open();
    await until(
      session,
      ({ connection, forecast }) => connection.state === 'up' && forecast.state === 'ready',
    );
    for (let press = 0; press < 2; press++) session.send({ type: 'forward' });
    const told: [days: number, documents: number][] = [];
    session.subscribe(() => {
      const { answers, forecast } = session.getSnapshot();
      if (forecast.state === 'ready') told.push([answers.settings.days, forecast.forecast.documents]);
    });
    const [before] = [session.getSnapshot().forecast].map(
      (outlook) => outlook.state === 'ready' && outlook.forecast.documents,
    );
    session.send({ type: 'parameter', key: 'days', value: 3 });
    await until(
      session,
      ({ forecast }) => forecast.state === 'ready' && forecast.forecast.documents !== before,
    );
    expect(told[0]?.[0]).toBe(3);
    expect(told[0]?.[1]).not.toBe(before);
  });

  it('stops a run by its signal and waits for its last event', async () => {
    const session = open({}, fakeCluster({ pauseMs: 5 }));
    await toLoad(session);
    session.send({ type: 'interrupt' });
    expect(session.getSnapshot().run?.status).toBe('stopping');
    expect(await session.ended).toBe(130);
    expect(session.getSnapshot().run?.done?.error?.code).toBe('cancelled');
  });

  it('turns a service that throws into an end that can be read', async () => {
    const session = open({
      // biome-ignore lint/correctness/useYield: it fails before its first event.
      run: async function* () {
        throw new Error('out of paper');
      },
    });
    await toLoad(session);
    const { run, step } = await until(session, ({ run: now }) => now?.status === 'ended');
    expect(run?.done?.error?.message).toContain('out of paper');
    expect(step).toEqual({ name: 'load', view: 'problem' });
  });
});
