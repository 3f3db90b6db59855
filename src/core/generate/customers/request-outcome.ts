// How long the parts of one request take and how it ends, given the state of the shop.
import { READING_MS } from '../../plan/durations.ts';
import { TRANSIENT_SHARE } from '../../plan/latency.ts';
import type { Random } from '../../plan/random.ts';
import { failInPassing, gatewayOutcome, meetsTrouble } from './gateway-outcome.ts';
import { sumParts } from './request-parts.ts';
import type { Request, Row } from './row.ts';
import { serverOutcome } from './server-outcome.ts';
import type { ShopState } from './shop-state.ts';
import type { UsualTimes } from './usual-times.ts';
/** Simulates one request: its times, and its failure where it is the shop's or the gateway's. */
export function simulateRequest(
  request: Request & Pick<Row, 'place'>,
  state: ShopState,
  times: UsualTimes,
  random: Random,
): void {
  const { step, server, startMs } = request;
  state.at(startMs);
  const t = state.timeline;
  const i = t ? state.index(startMs, server) : 0;
  request.failure = undefined;
  request.incidental = false;
  const reading = state.readingOf(startMs, server);
  const hitShare = t?.cacheHit[i] ?? reading.cacheHit;
  request.cacheHit = random.next() < hitShare ? 1 : 0;
  let own = times.draw(request, state.load(startMs), reading, random);

  if (t) {
    own *= t.own[i] ?? 1;
    if (random.next() < (t.stallChance[i] ?? 0)) own += random.exponential(t.stallMs[i] ?? 0);
    if (step === 1 && meetsTrouble(request, t) && gatewayOutcome(request, t, i, state, random)) return;
    if (serverOutcome(request, t, i, state, random, own)) return;
    request.waitMs += Math.round(random.exponential(t.waitMs[i] ?? 0));
  } else own += leftOfPause(startMs, reading.gcMs);
  if (step === 1 && random.next() < TRANSIENT_SHARE) {
    failInPassing(request, random);
    return;
  }
  sumParts(request, own, t, random);
}

/** What is left of a pause of the collector that began with a reading, ms. */
const leftOfPause = (ms: number, pauseMs: number) => Math.max(0, pauseMs - (ms % READING_MS));
