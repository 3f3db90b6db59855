// How long the parts of requests take when nothing is wrong; the distributions are in plan/latency.ts.
import { MINUTE_MS } from '../../plan/durations.ts';
import { latencyFactor } from '../../plan/gauges.ts';
import {
  BUSY_WAIT,
  bend,
  GATEWAY_CALL,
  GATEWAY_WANDERS,
  MINUTE_WANDER,
  OWN,
  type Part,
  QUERY_HIT,
  QUERY_MISS,
  SESSION_SPREAD,
  SLOW_SHARE,
  SMALL_WAIT,
  slowDelayMs,
} from '../../plan/latency.ts';
import { quantileTable, type Random } from '../../plan/random.ts';
import { CONNECTIONS, SERVERS } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import { wanderAt } from '../../plan/wander.ts';
import { Herrings } from './herrings.ts';
import type { Request } from './row.ts';
import type { Reading } from './shop-state.ts';

/** A part with the quantiles of what is above its smallest value. */
interface Drawn {
  readonly floorMs: number;
  readonly rest: Float64Array;
}

const drawn = ({ floorMs, medianMs, spread }: Part): Drawn => ({
  floorMs,
  rest: quantileTable((z) => medianMs * Math.exp(spread * z)),
});

const NOTHING = drawn({ floorMs: 0, medianMs: 0, spread: 0 });
const OWN_DRAWN = OWN.map(drawn);
const QUERIES = [QUERY_MISS, QUERY_HIT].map(drawn);
const CALLS = GATEWAY_CALL.map(drawn);
const SESSIONS = quantileTable((z) => Math.exp(SESSION_SPREAD * z - SESSION_SPREAD ** 2 / 2));

/** Of the shop, and of each gateway. */
const WANDERS = [MINUTE_WANDER, ...GATEWAY_WANDERS];
/** Minutes in the cache, a power of two. */
const MINUTES = 16;

/** Draws the parts of requests whose sessions begin with beginSession(). */
export class UsualTimes {
  private readonly seed: number;
  private readonly servers: readonly number[];
  /** By minute: which one it is, and its factors on the shop's own parts and on each gateway's. */
  private readonly minutes = new Float64Array(MINUTES).fill(Number.NaN);
  private readonly factors = new Float64Array(MINUTES * WANDERS.length);
  private session = 1;
  private readonly herrings: Herrings;

  constructor(plan: Plan) {
    const { parameters } = plan;
    this.herrings = new Herrings(plan);
    this.seed = parameters.seed;
    this.servers = SERVERS.map((_, server) => latencyFactor(parameters.seed, server));
  }

  beginSession(random: Random): void {
    this.session = random.of(SESSIONS);
  }

  /**
   * Sets a request's times for the database, the wait for a connection and the gateway; returns the time of the service's
   * own work, ms. @param reading of the server at the request's start. @param load see loadAt.
   */
  draw(request: Request, load: number, reading: Reading, random: Random): number {
    const { step, server, gateway, startMs } = request;
    const minute = this.minuteOf(startMs);
    const speed = (this.factors[minute] ?? 1) * (this.servers[server] ?? 1);
    const bent = bend(load);
    const query = QUERIES[request.cacheHit] ?? NOTHING;
    const database = this.herrings.at(startMs)?.database ?? 1;
    let ownMs = speed * drawPart(OWN_DRAWN[step] ?? NOTHING, bent * this.session, random);
    let queryMs = speed * database * drawPart(query, bent, random);
    let callMs = -1;
    if (step === 1) {
      const factor = this.factors[minute + 1 + gateway] ?? 1;
      callMs = factor * drawPart(CALLS[gateway] ?? NOTHING, 1, random);
    }
    if (random.next() < SLOW_SHARE) {
      const delay = slowDelayMs(random.next());
      const where = random.next();
      if (callMs >= 0 && where < 0.5) callMs += delay;
      else if (where < 0.75) queryMs += delay;
      else ownMs += delay;
    }
    request.queryMs = Math.round(queryMs);
    request.upstreamMs = Math.round(callMs);
    request.waitMs = waitMs(reading, random);
    return ownMs;
  }

  /** Where the factors of an instant's minute begin: requests of one session lie in several minutes. */
  private minuteOf(ms: number): number {
    const minute = Math.floor(ms / MINUTE_MS);
    const place = minute & (MINUTES - 1);
    const from = place * WANDERS.length;
    if (this.minutes[place] === minute) return from;
    this.minutes[place] = minute;
    for (const [index, wander] of WANDERS.entries())
      this.factors[from + index] = 1 + wanderAt(this.seed, wander, minute * MINUTE_MS);
    return from;
  }
}

/** A part of a request's time, ms. @param factor on what is above its smallest value. */
const drawPart = ({ floorMs, rest }: Drawn, factor: number, random: Random) =>
  floorMs + factor * random.of(rest);

/** A wait for a database connection: mostly none, some ms when many are busy, longer when all of them are. */
function waitMs({ poolActive, poolPending, crowdedMs }: Reading, random: Random): number {
  const wait = poolPending > 0 ? BUSY_WAIT : SMALL_WAIT;
  const chance = wait.chance * (poolPending > 0 ? 1 : poolActive / CONNECTIONS);
  return random.next() < chance ? Math.round(random.exponential(wait.meanMs + crowdedMs)) : 0;
}
