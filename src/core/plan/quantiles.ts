// Response times of a second of an incident as a distribution: for the preview, and for what a plan expects.
import { loadAt } from './baseline.ts';
import { slowerShare } from './latency.ts';
import { ACQUIRE_TIMEOUT_MS, BAD_GATEWAY_SPREAD, SLOW_SPREAD } from './models/call-times.ts';
import type { PlanBasis } from './parameters.ts';
import { normalShare } from './random.ts';
import type { ScheduledIncident } from './schedule.ts';
import { DOCUMENTS_PER_SESSION, GATEWAY_SHARES, PAYING_SHARE, SERVER_COUNT } from './shop.ts';
import { timelineOf } from './simulate.ts';
import { MAX_RESPONSE_MS, READING_S, type Timeline } from './timeline.ts';
import type { Incident } from './types.ts';

/** Times, ms, at which the distribution is evaluated. */
const GRID = Float64Array.from({ length: 28 }, (_, index) => 250 * 1.2 ** index);

const longerThan = (ms: number, median: number, spread: number) =>
  median <= 0 ? 0 : 1 - normalShare(Math.log(ms / median) / spread);

/** Share of a server's requests in one second that take longer than `ms`. */
function tail(t: Timeline, i: number, load: number, ms: number): number {
  const factor = t.own[i] ?? 1;
  const base = slowerShare(load, ms / factor);
  const stall = (t.stallChance[i] ?? 0) * Math.exp(-ms / Math.max(1, t.stallMs[i] ?? 1));
  const wait = Math.exp(-ms / Math.max(1, t.waitMs[i] ?? 1));
  const own = 1 - (1 - base) * (1 - stall) * (1 - wait);
  const starved = t.starved[i] ?? 0;
  const hosted = own * (1 - starved) + (ms < ACQUIRE_TIMEOUT_MS ? starved : 0);
  const share = t.gateway < 0 ? 0 : (PAYING_SHARE / DOCUMENTS_PER_SESSION) * (GATEWAY_SHARES[t.gateway] ?? 0);
  if (share === 0) return hosted;
  const refused = t.refused[i] ?? 0;
  const fails = t.callFails[i] ?? 0;
  const failMs = t.failMs;
  const late =
    t.callFailure === 'bad_gateway' ? longerThan(ms, failMs, BAD_GATEWAY_SPREAD) : ms < failMs ? 1 : 0;
  const slow = t.callSlow[i] ?? 0;
  const works = slow * longerThan(ms, 200 + (t.callMs[i] ?? 0), SLOW_SPREAD) + (1 - slow) * hosted;
  // Failures are retried, so there are more of these calls than customers.
  const calls = share * (1 + fails + refused * (t.retryRefused[0] ?? 0));
  const call = (1 - refused) * (fails * late + (1 - fails) * works);
  return (hosted * (1 - share) + call * calls) / (1 - share + calls);
}

function quantileAt(share: number, tailAt: (ms: number) => number): number {
  let before = GRID[0] ?? 0;
  let above = tailAt(before);
  for (const ms of GRID) {
    const at = tailAt(ms);
    if (at <= 1 - share) {
      const part = above === at ? 1 : (above - (1 - share)) / (above - at);
      return before * (ms / before) ** Math.min(1, Math.max(0, part));
    }
    before = ms;
    above = at;
  }
  return before;
}

const meanTail = (t: Timeline, second: number, load: number, ms: number) => {
  let sum = 0;
  for (let server = 0; server < SERVER_COUNT; server++)
    sum += tail(t, second * SERVER_COUNT + server, load, ms);
  return sum / SERVER_COUNT;
};

const memo = new WeakMap<Timeline, Float64Array>();

/** p95 of response times at each reading of an incident and its recovery, ms. */
export function p95Series(basis: PlanBasis, incident: ScheduledIncident): Float64Array {
  const t = timelineOf(basis, incident);
  const known = memo.get(t);
  if (known) return known;
  const series = Float64Array.from({ length: Math.ceil(t.seconds / READING_S) }, (_, tick) => {
    const load = loadAt(basis, t.startMs + tick * READING_S * 1000);
    return quantileAt(0.95, (ms) => meanTail(t, tick * READING_S, load, ms));
  });
  memo.set(t, series);
  return series;
}

/** Response times of an incident's window, ms. */
interface ExpectedTimes {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Quantiles and maximum of the response times in an incident's window, as the model expects them. */
export function expectedTimes(basis: PlanBasis, incident: Incident): ExpectedTimes {
  const t = timelineOf(basis, incident);
  const seconds = (incident.endMs - incident.startMs) / 1000;
  const load = loadAt(basis, (incident.startMs + incident.endMs) / 2);
  const windowTail = (ms: number) => {
    let sum = 0;
    for (let second = 0; second < seconds; second += READING_S) sum += meanTail(t, second, load, ms);
    return (sum * READING_S) / seconds;
  };
  const slowest = 1 - 0.5 / Math.max(1, incident.expected.documents);
  return {
    p50Ms: Math.round(quantileAt(0.5, windowTail)),
    p95Ms: Math.round(quantileAt(0.95, windowTail)),
    p99Ms: Math.round(quantileAt(0.99, windowTail)),
    maxMs: Math.round(Math.min(MAX_RESPONSE_MS, quantileAt(slowest, windowTail))),
  };
}
