// What happens to a healthy server now and then and is over within minutes: a stampede on its connections, a job that takes
// memory and processor, a circuit breaker that trips. No incident, so that no single number proves one.
import { curveAt } from './curve.ts';
import { HOUR_MS, MINUTE_MS, READING_MS } from './durations.ts';
import type { Gauges } from './gauges.ts';
import type { PlanBasis } from './parameters.ts';
import { type Random, stream } from './random.ts';
import { BREAKER_STATES, CONNECTIONS, SERVER_COUNT, THREADS } from './shop.ts';

type BlipKind = 'crowd' | 'job' | 'breaker';

/** A blip of one server: so many readings from `ms` on, which is one. */
export interface Blip {
  readonly kind: BlipKind;
  readonly ms: number;
  readonly readings: number;
  /** Index into SERVERS. */
  readonly server: number;
  /** How strong it is, 0 to 1. */
  readonly size: number;
}

/** How many begin in an hour on one server, on average, and how many readings each lasts. */
const KINDS: Readonly<
  Record<BlipKind, { readonly perHour: number; readonly readings: readonly [number, number] }>
> = {
  crowd: { perHour: 0.15, readings: [2, 4] },
  job: { perHour: 0.12, readings: [3, 10] },
  // Open for a minute, then half open until ten calls were tried.
  breaker: { perHour: 0.04, readings: [10, 13] },
};
const OPEN_READINGS = 6;

/** A breaker trips on a gateway that few customers use; at night too few calls are made for that. */
const BREAKER_TPS = 25;

/** So long before an incident begins and after it is over there is none: what it shows is its own. */
const QUIET_MS = 3 * MINUTE_MS;
/** The minutes before a preset are what its investigation compares with. */
const QUIET_BEFORE_PRESET_MS = 15 * MINUTE_MS;

interface Span {
  readonly startMs: number;
  readonly recoveredMs: number;
  readonly preset: string | null;
  readonly live?: unknown;
}

/** The blips that begin in `[fromMs, toMs)` away from the incidents, in order of time. */
export function blipsIn(
  basis: PlanBasis,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  incidents: readonly Span[],
): Blip[] {
  const found: Blip[] = [];
  for (let hour = Math.floor(fromMs / HOUR_MS); hour * HOUR_MS < toMs; hour++)
    found.push(...blipsOfHour(basis, hour).filter(({ ms }) => ms >= fromMs && ms < toMs));
  return found
    .filter((blip) => !incidents.some((incident) => isNear(blip, incident)))
    .sort((a, b) => a.ms - b.ms || a.server - b.server);
}

/** A blip that began before an incident was started by hand has happened, and stays. */
const isNear = ({ ms, readings }: Blip, { startMs, recoveredMs, preset, live }: Span) =>
  ms < recoveredMs + QUIET_MS &&
  (live === undefined || ms >= startMs) &&
  ms + readings * READING_MS > startMs - (preset === null ? QUIET_MS : QUIET_BEFORE_PRESET_MS);

function blipsOfHour({ parameters, offsets }: PlanBasis, hour: number): Blip[] {
  const random = stream(parameters.seed, 'blips', hour);
  const found: Blip[] = [];
  for (let server = 0; server < SERVER_COUNT; server++)
    for (const kind of Object.keys(KINDS) as BlipKind[]) {
      const blip = drawBlip(random, kind, server, hour);
      const quiet = kind === 'breaker' && curveAt(offsets, hour * HOUR_MS) < BREAKER_TPS;
      if (blip && !quiet) found.push(blip);
    }
  return found;
}

/** Every blip takes as many draws, so that one does not move the others. */
function drawBlip(random: Random, kind: BlipKind, server: number, hour: number): Blip | undefined {
  const { perHour, readings: range } = KINDS[kind];
  const [least, most] = range;
  const happens = random.next() < perHour;
  const readings = least + random.below(most - least + 1);
  const ms = hour * HOUR_MS + random.below(HOUR_MS / READING_MS - readings) * READING_MS;
  const size = random.next();
  return happens ? { kind, ms, readings, server, size } : undefined;
}

/** Mean wait for a connection, ms, for each request that queues for it: ten of them serve a hundred requests a second. */
const WAIT_PER_WAITER_MS = 9;
/** Some crowds meet a slow query, which holds the connections for longer. */
const SLOW_CROWDS = 0.25;
const SLOW_FACTOR = 4;

/** Writes what a server reports in a blip over its usual gauges. @param at index of the reading in the blip. */
export function applyBlip({ kind, size, readings }: Blip, at: number, into: Gauges): void {
  if (kind === 'breaker') into.breaker = BREAKER_STATES.indexOf(at < OPEN_READINGS ? 'open' : 'half_open');
  if (kind === 'job') runJob(size, (at + 1) / readings, into);
  if (kind === 'crowd') crowd(size, (readings - at) / readings, into);
}

/** Memory fills while the job runs; some jobs compute. @param done share of the job that is over. */
function runJob(size: number, done: number, into: Gauges): void {
  const computing = (size * 7) % 1;
  into.memory = Math.min(98, into.memory + Math.round(5 + 45 * Math.sqrt(size) * done));
  into.cpu = Math.min(97, into.cpu + Math.round(5 + 65 * computing));
  into.threads += Math.round(14 * computing * done);
}

/** Requests queue for a connection, and soon for a thread as well. @param left share of the queue that is left. */
function crowd(size: number, left: number, into: Gauges): void {
  const most = 97 + Math.floor((size * 40) % 4);
  const waiting = Math.min(most, Math.round(12 + 125 * Math.sqrt(size) * left));
  into.poolActive = CONNECTIONS;
  into.poolPending = waiting;
  // Some threads are free when a crowd meets requests that need no connection.
  const free = (size * 17) % 1 < 0.5 ? 0 : Math.floor((size * 90) % 8);
  into.threads = Math.min(THREADS - free, into.threads + CONNECTIONS + waiting);
  const slow = (size * 11) % 1 < SLOW_CROWDS;
  into.crowdedMs = (slow ? SLOW_FACTOR : 1) * WAIT_PER_WAITER_MS * waiting;
}
