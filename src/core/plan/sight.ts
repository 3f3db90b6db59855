// What is not seen of the servers, in the graded profile: readings that are missing, an agent that stops for some minutes,
// and a clock that runs ahead. It follows from the seed and the date alone.
import { DAY_MS, MINUTE_MS, READING_MS } from './durations.ts';
import type { GapCause, RedHerring } from './labels.ts';
import type { PlanParameters } from './parameters.ts';
import { noise, type Random, stream } from './random.ts';
import { SERVER_COUNT, SERVERS } from './shop.ts';

/** A server reports no gauges in `[startMs, endMs)`, whole readings. */
export interface Gap {
  /** Index into SERVERS. */
  readonly server: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly cause: GapCause;
}

/** What a plan's documents do not show, or show wrongly. */
export interface Sight {
  /** The server whose clock runs ahead of the others, and by how much; null where all agree. */
  readonly clock: { readonly server: number; readonly aheadMs: number } | null;
  /** In order of time. */
  readonly gaps: readonly Gap[];
}

/** How many a day, and for how many readings. */
const CAUSES: Readonly<
  Record<
    GapCause,
    { readonly perDay: readonly [number, number]; readonly readings: readonly [number, number] }
  >
> = {
  missed_readings: { perDay: [6, 14], readings: [1, 3] },
  agent_stopped: { perDay: [1, 2], readings: [24, 36] },
};

/** A clock that is off by less does no harm, and one that is off by more is noticed. */
const AHEAD_MS = { min: 50, max: 800 };

/** What a preset shows, and what is compared with it, is seen. */
const QUIET_MS = 15 * MINUTE_MS;

interface Preset {
  readonly startMs: number;
  readonly recoveredMs: number;
}

/** What is not seen of `[startMs, endMs)`: nothing in the demo profile. @param presets windows that are seen. */
export function sightOf(
  { profile, seed }: PlanParameters,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  presets: readonly Preset[],
): Sight {
  if (profile !== 'graded') return { clock: null, gaps: [] };
  const gaps: Gap[] = [];
  for (let day = Math.floor(startMs / DAY_MS); day * DAY_MS < endMs; day++)
    gaps.push(...gapsOfDay(seed, day));
  const seen = (gap: Gap) =>
    presets.some(
      (preset) => gap.startMs < preset.recoveredMs + QUIET_MS && gap.endMs > preset.startMs - QUIET_MS,
    );
  return {
    clock: {
      server: Math.floor(noise(seed, 21, 0) * SERVER_COUNT),
      aheadMs: Math.round(AHEAD_MS.min + (AHEAD_MS.max - AHEAD_MS.min) * noise(seed, 21, 1)),
    },
    gaps: gaps
      .filter((gap) => gap.startMs >= startMs && gap.startMs < endMs && !seen(gap))
      .sort((a, b) => a.startMs - b.startMs || a.server - b.server),
  };
}

function gapsOfDay(seed: number, day: number): Gap[] {
  return (Object.keys(CAUSES) as GapCause[]).flatMap((cause) => {
    const random = stream(seed, `gaps ${cause}`, day);
    const { perDay, readings } = CAUSES[cause];
    return Array.from({ length: within(random, perDay) }, (): Gap => {
      const length = within(random, readings);
      const startMs = day * DAY_MS + random.below(DAY_MS / READING_MS - length) * READING_MS;
      return { server: random.below(SERVER_COUNT), startMs, endMs: startMs + length * READING_MS, cause };
    });
  });
}

const within = (random: Random, [least, most]: readonly [number, number]) =>
  least + random.below(most - least + 1);

/** An agent that stops looks like trouble and is none. Short gaps are too many and too small to be listed so. */
export function stoppedAgents({ gaps }: Sight): RedHerring[] {
  return gaps
    .filter(({ cause }) => cause === 'agent_stopped')
    .map(({ server, startMs, endMs }) => ({
      id: `herring-${new Date(startMs).toISOString().slice(0, 16).replace(':', '')}-agent`,
      title: 'A server stops reporting',
      component: 'monitoring_agent',
      reason: 'agent_stopped',
      startMs,
      endMs,
      servers: SERVERS.filter((_, index) => index === server),
      steps: [],
    }));
}
