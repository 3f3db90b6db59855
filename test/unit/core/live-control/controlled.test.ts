// A live shop that does by itself what was asked for at a moment, and what others ask of it meanwhile.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveControl } from '../../../../src/core/live/control.ts';
import type { LiveEvent } from '../../../../src/core/live/types.ts';
import { askLive } from '../../../../src/core/live-control/client.ts';
import { controlled, type DueCommand } from '../../../../src/core/live-control/controlled.ts';
import { fakeCluster, INDEX, living } from '../../../helpers/fake-world.ts';

let folder: string;
const directories = () => ({ cache: folder, config: folder, state: folder });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-controlled-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A shop of so many minutes, each of which takes 5 ms; `each` hears every event. */
async function live(
  minutes: number,
  due: readonly DueCommand[],
  each: (event: LiveEvent) => void = () => {},
) {
  const control = new LiveControl();
  async function* shop(): AsyncGenerator<LiveEvent> {
    const story = living(
      fakeCluster({ liveMinutes: minutes }),
      INDEX,
      () => control.take(),
      () => false,
    );
    for (const event of story) {
      await sleep(5);
      yield event;
    }
  }
  const usual = { severity: 'minor', minutes: 8 } as const;
  const heard: LiveEvent[] = [];
  for await (const event of controlled(shop(), { control, directories: directories(), usual, due })) {
    heard.push(event);
    each(event);
  }
  return heard;
}

const START = { type: 'start', what: 'memory_pressure', severity: 'major', durationMinutes: 30 } as const;
const told = (events: readonly LiveEvent[]) =>
  events.flatMap((event) =>
    event.type === 'tick' ? [] : [event.type === 'command-refused' ? event.reason : event.type],
  );

describe('at its moment', () => {
  it('a command is carried out once, whatever the order of the flags', async () => {
    const heard = await live(8, [
      { atMs: 5 * 60_000, command: { type: 'recover' } },
      { atMs: 2 * 60_000, command: START },
    ]);
    expect(told(heard)).toEqual(['live-started', 'incident-started', 'incident-ended', 'done']);
    const [began = 0, started = 0, ended = 0] = heard.flatMap((event) =>
      event.type === 'live-started'
        ? [event.simulatedMs]
        : event.type === 'incident-started'
          ? [event.incident.startMs]
          : event.type === 'incident-ended'
            ? [event.incident.endMs]
            : [],
    );
    expect([started - began, ended - began]).toEqual([2 * 60_000, 5 * 60_000]);
  });

  it('one that cannot be carried out is refused in a sentence, and the shop goes on', async () => {
    const heard = await live(6, [
      { atMs: 60_000, command: START },
      { atMs: 60_000, command: START },
    ]);
    expect(told(heard)).toEqual([
      ...['live-started', 'incident-started', 'Memory pressure is running; end it first', 'done'],
    ]);
  });
});

describe('from outside', () => {
  it('an incident is started with what is usual here, told, ended, and told again', async () => {
    const asked: Promise<unknown>[] = [];
    const replies: unknown[] = [];
    const talk = async () => {
      const ask = (request: Parameters<typeof askLive>[1]) => askLive(directories(), request);
      replies.push(await ask({ action: 'stop' }));
      replies.push(await ask({ action: 'start', what: 'memory_pressure' }));
      replies.push(await ask({ action: 'start', what: 'circuit_breaker', severity: 'subtle', minutes: 3 }));
      replies.push(await ask({ action: 'status' }));
      replies.push(await ask({ action: 'stop' }));
    };
    const heard = await live(400, [], (event) => {
      if (event.type === 'tick' && asked.length === 0) asked.push(talk());
    });
    await Promise.all(asked);
    const running = [{ id: 'live-1', type: 'memory_pressure', severity: 'minor' }];
    expect(replies).toMatchObject([
      { ok: false, error: 'No incident is running' },
      { ok: true, index: INDEX, speed: 60, running },
      { ok: false, error: 'Memory pressure is running; end it first' },
      { ok: true, running },
      { ok: true, running: [], started: running },
    ]);
    const started = heard.flatMap((event) => (event.type === 'incident-started' ? [event.incident] : []))[0];
    expect((started?.endMs ?? 0) - (started?.startMs ?? 0)).toBe(8 * 60_000);
    await expect(askLive(directories(), { action: 'status' })).rejects.toMatchObject({
      code: 'live-not-running',
    });
  });

  it('whoever is asking when it ends is told so', async () => {
    let asked: Promise<unknown> | undefined;
    await live(2, [], (event) => {
      // After its last minute it takes no command any more.
      if (event.type === 'tick' && event.documents > 0)
        asked = askLive(directories(), { action: 'start', what: 'memory_pressure' }).catch((error) => error);
    });
    expect(await asked).toSatisfy(
      (reply: { ok?: boolean; code?: string }) => reply.ok === false || reply.code === 'live-not-running',
    );
  });
});
