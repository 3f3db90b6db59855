// The changes that have to do with incidents: what began them, what ended them, and what only looks like it.
import type { LiveRelease } from './live-incidents.ts';
import { modelOf } from './models/registry.ts';
import type { PlanBasis } from './parameters.ts';
import { noise } from './random.ts';
import type { Change } from './releases.ts';
import { HURRIED_GAP_MS, rolling, WATCHED_GAP_MS } from './rolling.ts';
import type { ScheduledIncident } from './schedule.ts';
import { SERVER_COUNT, SERVERS } from './shop.ts';
import { timelineOf } from './simulate.ts';

/** A change, and whether an incident has to do with it. */
export interface Step extends Change {
  /** True for one that began or ended an incident. */
  readonly cause?: boolean;
  /** True for one without an effect on any document; see Marker. */
  readonly unfelt?: boolean;
}

/** A leak that began long before it was felt: so many ms lie between its release and the first wait for a connection. */
const LEAD_MS = { min: 320_000, max: 600_000 };
/** The release that began an incident; one with another cause than its type's was begun by none. */
export function begunBy({ type, reason }: ScheduledIncident) {
  const model = modelOf(type);
  return model.reason === reason ? model.begunBy : undefined;
}

/** What began an incident and what ended it, where that was a change. */
export function stepsOf(basis: PlanBasis, incident: ScheduledIncident): Step[] {
  const { startMs, mitigatedMs, mitigation, gateway = '', servers } = incident;
  const gets = (server: number) => servers.includes(SERVERS[server] ?? '');
  const { seed } = basis.parameters;
  if (begunBy(incident) === 'rollout') {
    const t = timelineOf(basis, incident);
    // Of one that was started by hand nothing happens before.
    const notBefore = (ms: number) => (incident.live ? Math.max(ms, startMs) : ms);
    const at = (seconds: readonly number[]) =>
      seconds.map((second) =>
        Number.isFinite(second) ? notBefore(t.startMs + Math.round(second * 1000)) : undefined,
      );
    const kills = t.kills.map(
      ({ server, second }): Step => ({
        occasion: 'killed',
        at: SERVERS.map((_, index) => (index === server ? t.startMs + second * 1000 : undefined)),
      }),
    );
    return [release(at(t.rollouts)), ...kills, ending(mitigation, at(t.restarts))];
  }
  if (begunBy(incident) === 'earlier-release') {
    const lead = incident.live
      ? 0
      : LEAD_MS.min + (LEAD_MS.max - LEAD_MS.min) * noise(seed, 13, Math.floor(startMs / 1000));
    const released = rolling(seed, startMs - lead, gets, WATCHED_GAP_MS);
    return [release(released), ending(mitigation, rolling(seed, mitigatedMs, gets, HURRIED_GAP_MS))];
  }
  const everywhere = new Array<number>(SERVER_COUNT).fill(mitigatedMs);
  if (mitigation === 'failover')
    return [
      {
        occasion: 'setting',
        at: everywhere,
        what: `${gateway} endpoint set to standby`,
      },
    ];
  if (mitigation === 'config_change')
    return [{ occasion: 'setting', at: everywhere, what: `DNS cache of ${gateway} flushed` }];
  return [];
}

/** A release that a person begins: server after server, and nothing comes of it. */
export function handRelease({ parameters }: PlanBasis, { startMs }: LiveRelease): Step {
  // It has an entry of its own in the key, so it does not count among the harmless ones of the day.
  return {
    occasion: 'release',
    at: rolling(parameters.seed, startMs, () => true, WATCHED_GAP_MS),
    cause: true,
    unfelt: true,
  };
}

const release = (at: Step['at']): Step => ({
  occasion: 'release',
  at,
  cause: true,
});

const ending = (mitigation: string, at: Step['at']): Step =>
  mitigation === 'rollback' ? { occasion: 'rollback', at, cause: true } : { occasion: 'restart', at };

/** How long before an incident of a gateway a release may be that has nothing to do with it. */
const DECOY_MS = { min: 90_000, max: 420_000 };
const DECOY_CHANCE = 0.5;

/** A harmless release minutes before a gateway fails, in the graded profile. */
export function decoysOf(
  { parameters }: PlanBasis,
  { gateway, startMs, preset, live }: ScheduledIncident,
): Step[] {
  const second = Math.floor(startMs / 1000);
  if (
    gateway === undefined ||
    preset !== null ||
    live !== undefined ||
    noise(parameters.seed, 14, second) > DECOY_CHANCE
  )
    return [];
  const lead = DECOY_MS.min + (DECOY_MS.max - DECOY_MS.min) * noise(parameters.seed, 15, second);
  const at = rolling(parameters.seed, startMs - lead, () => true, HURRIED_GAP_MS);
  return [{ occasion: 'release', at }];
}
