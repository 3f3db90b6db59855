// The sessions that are kept beside the usual ones while a live shop keeps more: their documents appear where it does.
import { hashText, Random } from '../../plan/random.ts';
import type { DenseSpan } from '../../plan/sampling.ts';
import { MAX_SESSION_MS } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import type { Arrivals, KeepSession } from './arrivals.ts';
import type { Row } from './row.ts';

const MORE_SESSIONS = hashText('more sessions');

/** Their numbers in a slot are above those of the usual sessions; a slot never has so many of one change. */
const FIRST_NUMBER = 20 * 36 ** 3;
const NUMBERS = 36 ** 3;
const CHANGES = 15;

/** Of the sessions that are not kept anyway, one of so many makes up for what is missing. */
const sampleBeside = (usual: number, wanted: number) => 1 / (1 / wanted - 1 / usual);

/** The sessions of a plan that are kept beside the usual ones. */
export class MoreSessions {
  private readonly plan: Plan;
  private readonly keep: KeepSession;

  constructor(plan: Plan, keep: KeepSession) {
    this.plan = plan;
    this.keep = keep;
  }

  /** Those that begin in the slot of an instant, of each change of the sampling that they reach; none for most slots. */
  of(startMs: number): Arrivals[] {
    const { dense, slotMs, parameters } = this.plan;
    if (dense.length === 0) return [];
    const lastMs = startMs + slotMs + MAX_SESSION_MS;
    const reached = dense.filter((span) => span.startMs < lastMs && span.endMs > startMs);
    return [...Map.groupBy(reached, ({ change }) => change)].map(([change, spans]) => ({
      number: FIRST_NUMBER + (change % CHANGES) * NUMBERS,
      sample: sampleBeside(parameters.sample, spans[0]?.sample ?? 1),
      random: new Random(parameters.seed, MORE_SESSIONS + change, Math.floor(startMs / slotMs)),
      keep: this.within(spans),
    }));
  }

  /** Keeps what ends in some spans. */
  private within(spans: readonly DenseSpan[]): KeepSession {
    return (rows, count) => {
      let kept = 0;
      for (let at = 0; at < count; at++) {
        const row = rows[at] as Row;
        if (!spans.some(({ startMs, endMs }) => row.ms >= startMs && row.ms < endMs)) continue;
        rows[at] = rows[kept] as Row;
        rows[kept++] = row;
      }
      this.keep(rows, kept);
    };
  }
}
