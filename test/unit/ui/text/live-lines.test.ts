// The lines of `live --json`, from the events of a shop in which an incident was started and ended.
import { describe, expect, it } from 'vitest';
import type { LiveCommand, LiveEvent } from '../../../../src/core/live/types.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { liveLines } from '../../../../src/ui/text/live-lines.ts';
import { fakeCluster, INDEX, living } from '../../../helpers/fake-world.ts';

const START: LiveCommand = { type: 'start', what: 'memory_pressure', severity: 'minor', durationMinutes: 30 };

type Line = Record<string, unknown> & { readonly type: string };

/** The events of a shop, one minute each, with these commands given in minutes 1 and 4; and their lines. */
function lived(): { events: LiveEvent[]; lines: Line[] } {
  let minute = 0;
  const commands = new Map<number, LiveCommand>([
    [1, START],
    [4, { type: 'recover' }],
  ]);
  const take = () => [commands.get(minute++)].filter((command) => command !== undefined);
  const events = [...living(fakeCluster({ liveMinutes: 7 }), INDEX, take, () => false)];
  return { events, lines: events.map(liveLines()) as Line[] };
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('a line of --json', () => {
  it('names an incident that was started by id, type and instant', () => {
    const { events, lines } = lived();
    const [started] = events.flatMap((event) => (event.type === 'incident-started' ? [event.incident] : []));
    const at = new Date(started?.startMs ?? 0).toISOString();
    const { id, title } = started ?? {};
    expect(lines.filter(({ type }) => type === 'incident')).toEqual([
      { type: 'incident', id, at, incident: expect.objectContaining({ id, type: START.what, at, title }) },
    ]);
  });

  it('names its end by the same fields, at the instant of the end', () => {
    const { events, lines } = lived();
    const [ended] = events.flatMap((event) => (event.type === 'incident-ended' ? [event.incident] : []));
    const at = new Date(ended?.endMs ?? 0).toISOString();
    const [begun, over] = ['incident', 'incident-ended'].map((wanted) =>
      lines.find(({ type }) => type === wanted),
    );
    expect(over).toMatchObject({ id: ended?.id, at, incident: { id: ended?.id, at, end: at } });
    expect(Object.keys(over ?? {})).toEqual(Object.keys(begun ?? {}));
  });

  it('has every instant in ISO, and tells each moment once, but for the one under way', () => {
    const ticks = lived().lines.filter(({ type }) => type === 'tick');
    expect(ticks).toHaveLength(7);
    const starts = ticks.flatMap(({ moments }) => (moments as { start: string }[]).map(({ start }) => start));
    for (const text of [...starts, ...ticks.map(({ simulated }) => simulated)]) expect(text).toMatch(ISO);
    expect(new Set(starts).size).toBe(7);
    // Each tick tells the moment under way at the one before, and its own.
    expect(starts).toHaveLength(13);
    expect(JSON.stringify(ticks)).not.toMatch(/\d{13}/);
  });

  it('names the presets of the index by id, and how late it is in whole ms', () => {
    const events: LiveEvent[] = [
      { type: 'live-presets', presets: BUILT_IN },
      {
        type: 'tick',
        simulatedMs: 9,
        indexedMs: 0,
        lagMs: 1000.203125,
        documents: 0,
        moments: [],
        errors: [],
      },
    ];
    expect(events.map(liveLines())).toMatchObject([
      { type: 'live-presets', presets: BUILT_IN.map(({ id }) => id) },
      { type: 'tick', lagMs: 1000 },
    ]);
  });
});
