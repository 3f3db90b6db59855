// How slow a subtle incident makes the requests that it touches: the 95th percentile of those that work rises by two fifths
// over its window. What does that is looked for among requests spread evenly over everything that is drawn, and over the window.
import { loadAt } from '../baseline.ts';
import {
  BASELINE_CACHE_HIT,
  BUSY_WAIT,
  bend,
  evenPoint,
  GATEWAY_CALL,
  OWN,
  type Part,
  pickShare,
  QUERY_HIT,
  QUERY_MISS,
  SESSION_SPREAD,
  STEP_SHARES,
} from '../latency.ts';
import type { PlanBasis } from '../parameters.ts';
import { normalQuantile } from '../random.ts';
import { GATEWAY_SHARES, GATEWAYS } from '../shop.ts';
import { SLOW_SPREAD } from './call-times.ts';
import type { ModelIncident } from './incident-model.ts';

/** The 95th percentile of the window, against that of the same requests in calm. */
const SLOWER = 1.4;
const SHARE = 0.95;
const SAMPLED = 1024;
const HALVINGS = 14;

/** Strength of the incident, 0 to 1, at a second since its start. */
type StrengthOf = (second: number) => number;

/** A request in calm, ms, and in the incident, with what is looked for. */
interface Sampled {
  readonly usualMs: number;
  readonly inIncident: (settingMs: number) => number;
}

/** The setting, ms, at which a twentieth of the requests take longer than SLOWER times what a twentieth of them usually takes. */
function settingMs(requests: readonly Sampled[], mostMs: number): number {
  const usual = requests.map(({ usualMs }) => usualMs).sort((a, b) => a - b);
  const wanted = SLOWER * (usual[Math.floor(SHARE * usual.length)] ?? 0);
  let [low, high] = [0, mostMs];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    const slower = requests.filter(({ inIncident }) => inIncident(middle) > wanted).length;
    if (slower > (1 - SHARE) * requests.length) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

const rest = ({ medianMs, spread }: Part, chance: number) =>
  medianMs * Math.exp(spread * normalQuantile(chance));

/** The service's own work and the query of a request, ms. */
function workMs(step: number, load: number, point: readonly number[]): number {
  const [, hit = 0, , work = 0, look = 0, , , session = 0] = point;
  const own = OWN[step] ?? QUERY_HIT;
  const query = hit < BASELINE_CACHE_HIT ? QUERY_HIT : QUERY_MISS;
  const heavier = Math.exp(SESSION_SPREAD * normalQuantile(session) - SESSION_SPREAD ** 2 / 2);
  return own.floorMs + query.floorMs + (rest(own, work) * heavier + rest(query, look)) * bend(load);
}

function callMs(gateway: number, chance: number): number {
  const part = GATEWAY_CALL[gateway];
  return part ? part.floorMs + rest(part, chance) : 0;
}

const slowCallMs = (medianMs: number, chance: number) =>
  medianMs * Math.exp(SLOW_SPREAD * normalQuantile(chance));

function sampleOf(
  basis: PlanBasis,
  { startMs, endMs }: ModelIncident,
  requestOf: (point: readonly number[], load: number, second: number) => Sampled,
): Sampled[] {
  return Array.from({ length: SAMPLED }, (_, index) => {
    const second = ((index + 0.5) / SAMPLED) * ((endMs - startMs) / 1000);
    return requestOf(evenPoint(index), loadAt(basis, startMs + second * 1000), second);
  });
}

const MOST_CALL_MS = 2000;

/** Median of the slow calls to the gateway of a subtle incident, ms. @param slow share of the calls that are. */
export function subtleCallMs(basis: PlanBasis, incident: ModelIncident, slow: StrengthOf): number {
  const gateway = (GATEWAYS as readonly (string | undefined)[]).indexOf(incident.gateway);
  const payments = sampleOf(basis, incident, (point, load, second) => {
    const [chance = 0, , , , , call = 0] = point;
    const work = workMs(1, load, point);
    const usualMs = work + callMs(gateway, call);
    const touched = chance < slow(second);
    return { usualMs, inIncident: (medianMs) => (touched ? work + slowCallMs(medianMs, call) : usualMs) };
  });
  return settingMs(payments, MOST_CALL_MS);
}

const exponential = (mean: number, chance: number) => -mean * Math.log(1 - chance);
/** Another chance, from the later digits of one. */
const finer = (chance: number) => (chance * 64) % 1;

const MOST_WAIT_MS = 1000;

/**
 * Mean wait for a connection of a server in a subtle incident where it is strongest, ms.
 * @param slowCallsMs median of the calls to the incident's gateway; undefined where they are as ever.
 */
export function subtleWaitMs(
  basis: PlanBasis,
  incident: ModelIncident,
  strength: StrengthOf,
  slowCallsMs?: number,
): number {
  const requests = sampleOf(basis, incident, (point, load, second) => {
    const [kind = 0, , place = 0, , , call = 0, wait = 0] = point;
    const step = pickShare(STEP_SHARES, kind);
    const gateway = step === 1 ? pickShare(GATEWAY_SHARES, place) : -1;
    const work = workMs(step, load, point);
    const usualMs = work + callMs(gateway, call);
    const slow = gateway >= 0 && GATEWAYS[gateway] === incident.gateway && slowCallsMs !== undefined;
    const callsMs = slow ? work + slowCallMs(slowCallsMs, call) : usualMs;
    const felt = strength(second);
    // Where someone waits for the timeout all connections are busy, and others wait as they do in calm.
    const busyMs =
      felt > 0 && finer(wait) < BUSY_WAIT.chance ? exponential(BUSY_WAIT.meanMs, finer(kind)) : 0;
    const fixedMs = callsMs + busyMs;
    return { usualMs, inIncident: (meanMs) => fixedMs + exponential(meanMs * felt, wait) };
  });
  return settingMs(requests, MOST_WAIT_MS);
}
