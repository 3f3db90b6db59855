// Which of the shop's sessions are in the data: each is kept with the chance of the sample, whatever the others do.
import { trafficAt } from '../../plan/curve.ts';
import type { Random } from '../../plan/random.ts';
import { poissonQuantile, sessionStarts } from '../../plan/session-starts.ts';
import { DOCUMENTS_PER_SESSION } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from './row.ts';

/** Sessions that begin in a slot: how many are kept, and what becomes of their documents. */
export interface Arrivals {
  /** Of the next session in its slot. */
  number: number;
  /** One of so many is kept. */
  readonly sample: number;
  readonly random: Random;
  readonly keep: KeepSession;
}

/** Takes the documents of a session: the first `count` rows, each of which may be exchanged for a spare one. */
export type KeepSession = (rows: Row[], count: number) => void;

/** Sessions of a slot after sampling, in expectation, as if there were no incidents. */
export function expectedSessions(plan: Plan, slot: number): number {
  const middleMs = plan.firstSlotMs + (slot + 0.5) * plan.slotMs;
  const rate = trafficAt(plan, middleMs) / DOCUMENTS_PER_SESSION;
  return (rate * plan.slotMs) / 1000 / plan.parameters.sample;
}

/** Above this number of sessions a binomial draw is taken for a Poisson one of the same mean, which is as good there. */
const MANY = 200;

/** How many of the sessions that begin at a server in the ten seconds of a reading are kept, where one of `sample` is. */
export function keptStarts(
  plan: Plan,
  tick: number,
  server: number,
  { sample, random }: Pick<Arrivals, 'sample' | 'random'>,
): number {
  const starts = sessionStarts(plan, tick, server);
  if (sample === 1) return starts;
  if (starts > MANY && sample > 5) return poissonQuantile(starts / sample, random.next());
  let kept = 0;
  for (let session = 0; session < starts; session++) if (random.next() * sample < 1) kept++;
  return kept;
}
