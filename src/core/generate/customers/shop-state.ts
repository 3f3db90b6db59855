// The state of the shop at an instant: normal operation, or what the timeline of an incident says.
import { applyBlip, type Blip } from '../../plan/blips.ts';
import { MINUTE_MS, READING_MS } from '../../plan/durations.ts';
import { baselineGauges, emptyGauges, type Gauges } from '../../plan/gauges.ts';
import { SERVER_COUNT, SERVERS } from '../../plan/shop.ts';
import type { Gap } from '../../plan/sight.ts';
import { timelineOf } from '../../plan/simulate.ts';
import type { Timeline } from '../../plan/timeline.ts';
import type { Incident, Marker, Plan } from '../../plan/types.ts';
import { Versions } from '../../plan/versions.ts';
import { RESTART_SECONDS, warmingCacheHit } from '../../plan/warming.ts';
import { LocalDay } from './local-day.ts';
import { Probes } from './probes.ts';

/** What a server reported at one reading. */
export interface Reading extends Readonly<Gauges> {
  /** One number for the reading and the server. */
  readonly key: number;
}

/** After so long a cache is as warm as ever. */
const WARM_MS = 10 * MINUTE_MS;

/** Readings in the cache: the documents of a slot lie within some minutes. */
const REMEMBERED = 64;

/** The state at instants that mostly rise: the current incident and recent readings are cached. */
export class ShopState {
  readonly plan: Plan;
  /** Index of the incident whose window or recovery holds the instant; -1 in normal operation. */
  incident = -1;
  /** 0 normal, 1 incident, 2 recovery. */
  phase: 0 | 1 | 2 = 0;
  timeline: Timeline | undefined;
  readonly probes: Probes;
  private fromMs = 0;
  private toMs = 0;
  /** End of the incident that holds the instant. */
  private endMs = 0;
  private readonly spans: readonly Incident[];
  private readonly day: LocalDay;
  private readonly versions: Versions;
  /** When each server was restarted. */
  private readonly restarts: readonly (readonly number[])[];
  /** Blips by the key of each of their readings. */
  private readonly blips: ReadonlyMap<number, { readonly blip: Blip; readonly at: number }>;
  /** Keys of the readings that are missing. */
  private readonly missing: ReadonlySet<number>;
  private readonly earlier = new Map<Plan, ShopState>();
  private readonly readings: (Reading | undefined)[] = new Array(REMEMBERED * SERVER_COUNT).fill(undefined);

  constructor(plan: Plan) {
    this.plan = plan;
    this.spans = [...plan.incidents, ...plan.upcoming];
    this.day = new LocalDay(plan);
    this.probes = new Probes(plan);
    this.blips = new Map(plan.blips.flatMap(readingsOf));
    this.missing = new Set(plan.sight.gaps.flatMap(keysOf));
    const markers = [...plan.markers, ...plan.laterMarkers];
    this.versions = new Versions(markers, plan.firstVersions);
    this.restarts = restartsOf(markers);
  }

  /** Moves to an instant. */
  at(ms: number): void {
    if (ms < this.fromMs || ms >= this.toMs) this.find(ms);
    this.phase = this.incident < 0 ? 0 : ms < this.endMs ? 1 : 2;
  }

  /** The incident that holds the instant, or the time between two of them. */
  private find(ms: number): void {
    const next = this.spans.findIndex(({ recoveredMs }) => ms < recoveredMs);
    const incident = this.spans[next];
    const held = incident !== undefined && ms >= incident.startMs;
    this.incident = held ? next : -1;
    this.endMs = incident?.endMs ?? 0;
    this.timeline = held ? timelineOf(this.plan, incident) : undefined;
    const before = this.spans[next < 0 ? this.spans.length - 1 : next - 1];
    this.fromMs = held ? incident.startMs : (before?.recoveredMs ?? Number.NEGATIVE_INFINITY);
    this.toMs = held ? incident.recoveredMs : (incident?.startMs ?? Number.POSITIVE_INFINITY);
  }

  /** Index of an instant and a server in the timeline's arrays. */
  index(ms: number, server: number): number {
    const startMs = this.timeline?.startMs ?? 0;
    return Math.floor((ms - startMs) / 1000) * SERVER_COUNT + server;
  }

  /** The timeline that holds a reading: one begins at the reading before its incident starts. */
  private timelineAt(readMs: number): Timeline | undefined {
    const span = this.spans.find(({ recoveredMs }) => readMs < recoveredMs);
    // Documents already show the readings taken before an incident was started by hand.
    const leadMs = span?.live === undefined ? READING_MS : 0;
    if (!span || readMs <= span.startMs - leadMs - (leadMs === 0 ? 1 : 0)) return undefined;
    return timelineOf(this.plan, span);
  }

  /** The reading of a server, taken every ten seconds, so documents of the same ten seconds agree. */
  readingOf(ms: number, server: number): Reading {
    const tick = Math.floor(ms / READING_MS);
    const key = tick * SERVER_COUNT + server;
    const place = (tick % REMEMBERED) * SERVER_COUNT + server;
    const known = this.readings[place];
    if (known?.key === key) return known;
    const readMs = tick * READING_MS;
    const gauges = baselineGauges(this.plan, server, readMs, emptyGauges());
    const timeline = this.timelineAt(readMs);
    if (timeline) {
      const i = Math.floor((readMs - timeline.startMs) / READING_MS) * SERVER_COUNT + server;
      readIncident(timeline, i, gauges);
    }
    const happening = this.blips.get(key);
    if (happening && !timeline) applyBlip(happening.blip, happening.at, gauges);
    if (!timeline) this.warm(server, readMs, gauges);
    gauges.reported = !this.missing.has(key);
    gauges.version = this.versions.at(server, readMs);
    gauges.versionKey = this.versions.keyOf(gauges.version);
    const reading = { ...gauges, key };
    this.readings[place] = reading;
    return reading;
  }

  /** What a restart in normal operation leaves behind: no requests for a while, and then a cold cache. */
  private warm(server: number, readMs: number, into: Gauges): void {
    const last = this.restarts[server]?.findLast((ms) => ms <= readMs);
    if (last === undefined || readMs - last > WARM_MS) return;
    const seconds = (readMs - last) / 1000;
    into.starting = seconds < RESTART_SECONDS;
    into.cacheHit = warmingCacheHit(seconds - RESTART_SECONDS);
  }

  /** The state as it was foreseen at an instant, where another holds at a later one. */
  foreseen(
    atMs: number,
    laterMs: number,
  ): { readonly state: ShopState; readonly changeMs: number } | undefined {
    const change = this.plan.earlier?.find(({ untilMs }) => untilMs > atMs);
    if (!change || change.untilMs > laterMs) return undefined;
    const known = this.earlier.get(change.plan) ?? new ShopState(change.plan);
    this.earlier.set(change.plan, known);
    return { state: known, changeMs: change.untilMs };
  }

  load(ms: number): number {
    return this.day.load(ms);
  }
}

/** The instants, ms, at which markers say that each server was restarted, by index into SERVERS, in order of time. */
const restartsOf = (markers: readonly Marker[]) =>
  SERVERS.map((_, server) =>
    markers.flatMap((marker) =>
      marker.server === server && marker.eventType !== 'config_change' && !marker.unfelt ? [marker.ms] : [],
    ),
  );

/** The key of each reading that a gap takes, see readingOf. */
const keysOf = ({ startMs, endMs, server }: Gap) =>
  Array.from(
    { length: (endMs - startMs) / READING_MS },
    (_, at) => (startMs / READING_MS + at) * SERVER_COUNT + server,
  );

/** A blip by the key of each of its readings, see readingOf. */
const readingsOf = (blip: Blip) =>
  Array.from(
    { length: blip.readings },
    (_, at) => [(blip.ms / READING_MS + at) * SERVER_COUNT + blip.server, { blip, at }] as const,
  );

function readIncident(t: Timeline, i: number, into: Gauges): void {
  into.threads = Math.round(t.threads[i] ?? 0);
  into.poolActive = Math.round(t.poolActive[i] ?? 0);
  into.poolPending = Math.round(t.poolPending[i] ?? 0);
  into.heap = Math.round(t.heap[i] ?? 0);
  into.memory = Math.round(t.memory[i] ?? 0);
  into.cpu = Math.round(t.cpu[i] ?? 0);
  into.gcMs = Math.round(t.gcMs[i] ?? 0);
  into.breaker = t.breaker[i] ?? 0;
}
