// How long requests take when nothing is wrong: the sum of parts that are independent of each other. The service's own work
// and the database bend with load, a gateway does not; all wander from minute to minute.
import { MINUTE_MS } from './durations.ts';
import { normalQuantile } from './random.ts';
import {
  CONFIRMING_SHARE,
  DOCUMENTS_PER_SESSION,
  GATEWAY_SHARES,
  PAYING_SHARE,
  SERVER_COUNT,
} from './shop.ts';
import type { Wander } from './wander.ts';

/** A time with a smallest value and a lognormal rest, ms. */
export interface Part {
  readonly floorMs: number;
  /** Median of the rest. */
  readonly medianMs: number;
  /** Standard deviation of the rest's logarithm. */
  readonly spread: number;
}

/** The service's own work, by step: a payment is mostly the gateway's. */
export const OWN: readonly Part[] = [
  { floorMs: 155, medianMs: 92, spread: 0.62 },
  { floorMs: 55, medianMs: 62, spread: 0.72 },
  { floorMs: 150, medianMs: 88, spread: 0.62 },
];

/** The database: an order that is in the cache is looked up by its key. */
export const QUERY_HIT: Part = { floorMs: 2, medianMs: 11, spread: 0.55 };
export const QUERY_MISS: Part = { floorMs: 8, medianMs: 52, spread: 0.6 };

/** Each gateway, in the order of GATEWAYS: medians of 150, 240 and 190 ms. */
export const GATEWAY_CALL: readonly Part[] = [
  { floorMs: 55, medianMs: 95, spread: 0.6 },
  { floorMs: 90, medianMs: 150, spread: 0.55 },
  { floorMs: 70, medianMs: 120, spread: 0.65 },
];

/** Share of requests that find their product in the cache. */
export const BASELINE_CACHE_HIT = 0.82;

/** A session's cart and connection are heavier or lighter: spread of a factor, of mean 1, on the service's own work. */
export const SESSION_SPREAD = 0.18;

/** What neighbors on the hardware, caches and networks do from minute to minute. */
export const MINUTE_WANDER: Wander = { sd: 0.05, tauMs: 5 * MINUTE_MS, salt: 40 };
/** The same of each gateway. */
export const GATEWAY_WANDERS: readonly Wander[] = [41, 42, 43].map((salt) => ({ ...MINUTE_WANDER, salt }));

/**
 * Share of the service's own work, on average, in which a request holds its database connection beside the query: with it,
 * requests hold one for CONNECTION_HOLD_S.
 */
export const HELD_SHARE = 0.217;

/** Chance and mean length, ms, of a wait for a connection: when all are busy, and otherwise in proportion to those that are. */
export const BUSY_WAIT = { chance: 0.8, meanMs: 110 };
export const SMALL_WAIT = { chance: 1, meanMs: 5 };

/** One server stands on older hardware. */
export const OLDER_LATENCY = 1.04;
const SERVER_MEAN = (SERVER_COUNT - 1 + OLDER_LATENCY) / SERVER_COUNT;

/** Share of requests that are slow for no reason a chart shows: a lock, a lost packet, a cold path. */
export const SLOW_SHARE = 0.003;
/** Their delay is Pareto distributed: from a second on, cut below the timeout of a call. */
export const SLOW_FROM_MS = 1000;
export const SLOW_TO_MS = 28_000;
const SLOW_ALPHA = 1.5;

/** Share of calls to any gateway that fail in passing and work when they are tried again: 0.05 % of all requests. */
export const TRANSIENT_SHARE = 0.0018;
export const TRANSIENT_CODES = {
  timeout: 'UPSTREAM_READ_TIMEOUT',
  unavailable: 'UPSTREAM_UNAVAILABLE',
  reset: 'UPSTREAM_CONNECTION_RESET',
} as const;
/** How they fail: without an answer after one of these times, with 503 at once, or reset (the rest). */
export const TRANSIENT_KINDS = { timeout: 0.6, unavailable: 0.15 };
export const READ_TIMEOUTS_MS: readonly number[] = [10_000, 20_000, 30_000, 30_000];
/** Mean time until a reset, or a 503. */
export const RESET_MS = 120;

/** Factor on the service's and the database's time at this load: 1 / (1 − utilisation), as an M/M/1 queue waits. */
export function bend(load: number): number {
  return 1 / (1 - Math.min(load / 200, 0.95));
}

/** A delay of a slow request, ms. @param chance uniform in [0, 1). */
export function slowDelayMs(chance: number): number {
  const rest = (SLOW_FROM_MS / SLOW_TO_MS) ** SLOW_ALPHA;
  return SLOW_FROM_MS * (rest + (1 - rest) * (1 - chance)) ** (-1 / SLOW_ALPHA);
}

/** Mean of a Pareto distribution cut at its upper end. */
const SLOW_MEAN_MS =
  ((SLOW_ALPHA * SLOW_FROM_MS ** SLOW_ALPHA) / (1 - (SLOW_FROM_MS / SLOW_TO_MS) ** SLOW_ALPHA)) *
  ((SLOW_TO_MS ** (1 - SLOW_ALPHA) - SLOW_FROM_MS ** (1 - SLOW_ALPHA)) / (1 - SLOW_ALPHA));

/** Share of requests at each step, in normal operation. */
export const STEP_SHARES = [1, PAYING_SHARE, PAYING_SHARE * CONFIRMING_SHARE].map(
  (share) => share / DOCUMENTS_PER_SESSION,
);

const meanRest = ({ medianMs, spread }: Part) => medianMs * Math.exp(spread ** 2 / 2);
const weightedMean = (shares: readonly number[], values: readonly number[]) =>
  shares.reduce((sum, share, index) => sum + share * (values[index] ?? 0), 0);

/** Means of what bends with load, of the other parts, and of what is rare. */
const QUERY_MEANS = [QUERY_HIT, QUERY_MISS].map((part) => [part.floorMs, meanRest(part)] as const);
const queryMean = (at: 0 | 1) =>
  weightedMean(
    [BASELINE_CACHE_HIT, 1 - BASELINE_CACHE_HIT],
    QUERY_MEANS.map((means) => means[at]),
  );
const BENT_MS = (weightedMean(STEP_SHARES, OWN.map(meanRest)) + queryMean(1)) * SERVER_MEAN;
const FIXED_MS =
  (weightedMean(
    STEP_SHARES,
    OWN.map(({ floorMs }) => floorMs),
  ) +
    queryMean(0)) *
  SERVER_MEAN;
const CALL_MS =
  (STEP_SHARES[1] ?? 0) *
  weightedMean(
    GATEWAY_SHARES,
    GATEWAY_CALL.map((part) => part.floorMs + meanRest(part)),
  );
const MEAN_READ_TIMEOUT_MS = READ_TIMEOUTS_MS.reduce((sum, ms) => sum + ms, 0) / READ_TIMEOUTS_MS.length;
const RARE_MS =
  SLOW_SHARE * SLOW_MEAN_MS +
  (STEP_SHARES[1] ?? 0) * TRANSIENT_SHARE * TRANSIENT_KINDS.timeout * MEAN_READ_TIMEOUT_MS;

/** Mean response time at this load, ms, over all steps, gateways and servers. */
export function meanLatencyMs(load: number): number {
  return FIXED_MS + BENT_MS * bend(load) + CALL_MS + RARE_MS;
}

/** Requests in the sample that quantiles are taken from. */
const SAMPLED = 2048;

/** What bends with load and what does not of requests spread evenly over everything that is drawn (a Kronecker sequence). */
let sample: { readonly bent: Float64Array; readonly fixed: Float64Array } | undefined;

/** Steps of a low-discrepancy sequence in eight dimensions: powers of the root of x⁹ = x + 1 (M. Roberts' R sequence). */
const ROOT = 1.0850702;
const STEPS = Array.from({ length: 8 }, (_, dimension) => ROOT ** -(dimension + 1));

/** A point of the sequence: eight numbers in [0, 1), spread evenly over the points before it. */
export const evenPoint = (index: number): number[] => STEPS.map((step) => (0.5 + index * step) % 1);

export function pickShare(shares: readonly number[], chance: number): number {
  let left = chance;
  const found = shares.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return found < 0 ? shares.length - 1 : found;
}

function makeSample() {
  const bent = new Float64Array(SAMPLED);
  const fixed = new Float64Array(SAMPLED);
  for (let index = 0; index < SAMPLED; index++) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = evenPoint(index);
    const step = pickShare(STEP_SHARES, a);
    const own = OWN[step];
    const query = b < BASELINE_CACHE_HIT ? QUERY_HIT : QUERY_MISS;
    const call = step === 1 ? GATEWAY_CALL[pickShare(GATEWAY_SHARES, c)] : undefined;
    if (!own) continue;
    const rest = (part: Part, chance: number) =>
      part.medianMs * Math.exp(part.spread * normalQuantile(chance));
    const session = Math.exp(SESSION_SPREAD * normalQuantile(h) - SESSION_SPREAD ** 2 / 2);
    const speed = (1 + MINUTE_WANDER.sd * normalQuantile(g)) * SERVER_MEAN;
    bent[index] = (rest(own, d) * session + rest(query, e)) * speed;
    fixed[index] = (own.floorMs + query.floorMs) * speed + (call ? call.floorMs + rest(call, f) : 0);
  }
  return { bent, fixed };
}

/** Sorted response times by whole load. */
const sorted = new Map<number, Float64Array>();

function timesAt(load: number): Float64Array {
  const whole = Math.round(load);
  const known = sorted.get(whole);
  if (known) return known;
  sample ??= makeSample();
  const { bent, fixed } = sample;
  const factor = bend(whole);
  const times = fixed.map((ms, index) => ms + (bent[index] ?? 0) * factor).sort();
  sorted.set(whole, times);
  return times;
}

/** Share of requests at this load that take longer than `ms`, 0 to 1. */
export function slowerShare(load: number, ms: number): number {
  const times = timesAt(load);
  let [from, to] = [0, SAMPLED];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((times[middle] ?? 0) > ms) to = middle;
    else from = middle + 1;
  }
  const usual = 1 - from / SAMPLED;
  const delayed = ms <= SLOW_FROM_MS ? 1 : Math.min(1, (SLOW_FROM_MS / ms) ** SLOW_ALPHA);
  return Math.max(usual, usual * (1 - SLOW_SHARE) + SLOW_SHARE * delayed * (ms < SLOW_TO_MS ? 1 : 0));
}

/** The response time at this load that a share of the requests stay below, ms. @param share up to 0.99. */
function latencyQuantileMs(load: number, share: number): number {
  return timesAt(load)[Math.floor((share / (1 - SLOW_SHARE)) * SAMPLED)] ?? 0;
}

/** 95th percentile of response times at this load, ms. */
export function p95LatencyMs(load: number): number {
  return latencyQuantileMs(load, 0.95);
}
