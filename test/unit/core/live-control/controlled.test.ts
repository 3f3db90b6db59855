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
import { ControlDesk } from '../../../../src/core/live-control/desk.ts';
import type { Preset } from '../../../../src/core/plan/preset.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
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
  livePresets: readonly Preset[] = [],
) {
  const control = new LiveControl();
  async function* shop(): AsyncGenerator<LiveEvent> {
    const story = living(
      fakeCluster({ liveMinutes: minutes, livePresets }),
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
    event.type === 'tick' || event.type === 'live-presets'
      ? []
      : [event.type === 'command-refused' ? event.reason : event.type],
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

describe('what the index cannot start', () => {
  const memory = BUILT_IN.filter(({ id }) => id === 'memory-pressure');
  const start = (what: string, severity: 'major' | 'silent' = 'major'): DueCommand => ({
    atMs: 60_000,
    command: { type: 'start', what, severity, durationMinutes: 5 },
  });

  it.each([
    [start('payment-gateway-timeout'), 'did you mean payment_gateway_timeout?'],
    [start('circuit_breaker', 'silent'), '"circuit_breaker" cannot be silent'],
  ])('is refused before it is live: %j', async (due, words) => {
    const heard: string[] = [];
    const lived = live(3, [due], ({ type }) => heard.push(type), memory);
    await expect(lived).rejects.toMatchObject({ code: 'parameter', message: expect.stringContaining(words) });
    expect(heard).toEqual([]);
  });

  it('is no obstacle to what it can: its presets, every type, silence where there is some, a red herring', async () => {
    const due = [
      start('memory-pressure', 'silent'),
      start('circuit_breaker'),
      start('red_herring', 'silent'),
    ];
    expect(told(await live(1, due, undefined, memory))).toContain('live-started');
  });

  it('is refused at once from outside too, with what was meant', async () => {
    let asked: Promise<unknown> | undefined;
    await live(
      20,
      [],
      ({ type }) => {
        if (type === 'tick')
          asked ??= askLive(directories(), { action: 'start', what: 'payment-gateway-timeout' });
      },
      memory,
    );
    expect(await asked).toMatchObject({
      ok: false,
      error: expect.stringContaining('payment_gateway_timeout?'),
    });
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

  it('a red herring is no incident that could be ended', async () => {
    const desk = new ControlDesk(new LiveControl(), { severity: 'minor', minutes: 8 });
    const times = { startMs: 0, endMs: 60_000, recoveredMs: 60_000 };
    const herring = {
      id: 'live-1',
      type: 'red_herring',
      title: 'Harmless deployment',
      preset: null,
    } as const;
    desk.take({ type: 'incident-started', incident: { ...herring, ...times, severity: 'minor' } });
    expect(await desk.answer({ action: 'stop' })).toEqual({ ok: false, error: 'No incident is running' });
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
