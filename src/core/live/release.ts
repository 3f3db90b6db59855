// Documents into the index as soon as they have ended: nothing is stored here, so after a failure they are drawn again.
import type { Cluster } from '../cluster/client.ts';
import { type Documents, pick, pieces } from '../documents/batch.ts';
import { timeAt } from '../documents/ids.ts';
import { BufferPool } from '../generate/encode/buffers.ts';
import { sendBulk } from '../load/bulk.ts';
import type { Trouble } from '../load/bulk-answer.ts';
import type { Plan } from '../plan/types.ts';
import { drawMinutes, type Minutes, slotOf } from './minute.ts';
import type { LiveShop } from './shop.ts';
import type { Statistics } from './statistics.ts';

/** Thrown where the cluster does not take documents now. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** How long the cluster may take for one request, ms. */
const REQUEST_MS = 20_000;
/** Minutes that are drawn at once while the index is far behind. */
const MOST_MINUTES = 60;

export interface ReleaseRequest {
  readonly cluster: Cluster;
  readonly index: string;
  readonly shop: LiveShop;
  readonly statistics: Statistics;
  /** Every document before it is in the index; a whole second. */
  readonly releasedMs: number;
}

export class Release {
  /** Every document that ended before it is in the index, or was refused for good. */
  releasedMs: number;
  /** Documents that the index holds of those sent, and those that it refused. */
  acknowledged = 0;
  refused = 0;
  private readonly request: ReleaseRequest;
  private readonly pool = new BufferPool();
  private minutes: Minutes | undefined;

  constructor(request: ReleaseRequest) {
    this.request = request;
    this.releasedMs = request.releasedMs;
  }

  /**
   * Sends the next documents that end before an instant, a whole second: at most those of an hour. Throws NotTaken when
   * the cluster does not take them now, and the AppError of what no repetition mends.
   */
  async step(untilMs: number, signal: AbortSignal): Promise<void> {
    const { shop, statistics } = this.request;
    const minutes = this.minutesFor(shop.planAt(this.releasedMs), untilMs);
    const { plan, to } = minutes;
    const toMs = Math.min(untilMs, plan.firstSlotMs + to * plan.slotMs);
    for (const batch of minutes.batches) {
      const due = dueOf(batch, this.releasedMs, toMs);
      if (due.length > 0) await this.send(pick(batch, due), signal);
    }
    statistics.add(
      minutes.shown.filter(({ ms }) => ms >= this.releasedMs && ms < toMs),
      toMs,
    );
    this.releasedMs = toMs;
  }

  private minutesFor(plan: Plan, untilMs: number): Minutes {
    const from = slotOf(plan, this.releasedMs);
    const known = this.minutes;
    if (known?.plan === plan && from >= known.from && from < known.to) return known;
    const last = Math.min(slotOf(plan, untilMs - 1), slotOf(plan, plan.endMs) - 1, from + MOST_MINUTES - 1);
    // Nothing is under way while the next minutes are drawn.
    for (const { release } of this.minutes?.batches ?? []) release?.();
    this.minutes = drawMinutes(plan, { from, to: Math.max(from, last) + 1 }, this.pool);
    return this.minutes;
  }

  private async send(documents: Documents, signal: AbortSignal): Promise<void> {
    const { cluster, index } = this.request;
    const outcome = await sendBulk(cluster, index, documents, { signal, timeoutMs: REQUEST_MS });
    if (outcome.type === 'failed') throw notTaken(outcome.trouble);
    if (outcome.type === 'too-large') {
      if (documents.documents === 1) throw new NotTaken('a document is too large for the cluster');
      for (const piece of pieces(documents, Math.ceil(documents.data.length / 2)))
        await this.send(piece, signal);
      return;
    }
    if (outcome.again.length > 0) throw notTaken(outcome.trouble);
    this.acknowledged += outcome.created + outcome.alreadyThere;
    this.refused += outcome.refused.length;
  }
}

const notTaken = (trouble: Trouble | undefined) =>
  new NotTaken(trouble?.reason ?? 'it took only some of them');

/** The documents of a batch that end in `[fromMs, toMs)`, by their numbers. */
function dueOf(batch: Documents, fromMs: number, toMs: number): number[] {
  const due: number[] = [];
  for (let index = 0; index < batch.documents; index++) {
    const ms = timeAt(batch, index);
    if (ms >= fromMs && ms < toMs) due.push(index);
  }
  return due;
}
