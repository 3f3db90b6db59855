// The documents that a run still has to send.
import type { Batch, Documents } from '../documents/batch.ts';
import { type IdRange, idRangeOf } from '../documents/ids.ts';
import type { LoadProgress } from '../events.ts';
import type { Journal } from '../load/journal.ts';

/**
 * Yields the documents of the batches that the journal does not list as acknowledged; without a journal, all of them.
 * For each batch it yielded, `delivered` must be called once all its documents are in the index: that goes into the journal.
 */
export class ResumableSource {
  /** Documents so far; all there are once `complete` is true. */
  planned = 0;
  complete = false;
  /** Documents so far that were acknowledged to an earlier attempt. */
  #earlier = 0;
  /** The range of the run that a yielded batch stands for, which is wider when a part of it was acknowledged. */
  readonly #ranges = new Map<Documents, IdRange>();
  readonly #batches: AsyncIterable<Batch>;
  readonly #journal: Journal | undefined;

  constructor(batches: AsyncIterable<Batch>, journal: Journal | undefined) {
    this.#batches = batches;
    this.#journal = journal;
  }

  async *unacknowledged(signal: AbortSignal): AsyncGenerator<Documents> {
    for await (const batch of this.#batches) {
      this.planned += batch.documents;
      const rest = this.#journal ? this.#journal.acknowledged.rest(batch) : batch;
      this.#earlier += batch.documents - (rest?.documents ?? 0);
      if (rest && this.#journal) this.#ranges.set(rest, idRangeOf(batch));
      // What is left of it is a copy.
      if (rest !== batch) batch.release?.();
      if (rest) yield rest;
    }
    this.complete = !signal.aborted;
  }

  readonly delivered = (batch: Documents): void => {
    const range = this.#ranges.get(batch);
    this.#ranges.delete(batch);
    if (range) this.#journal?.note(range);
  };

  /** The loader's progress with the documents that it did not have to send. */
  withEarlier(progress: LoadProgress): LoadProgress {
    return {
      ...progress,
      generated: progress.generated + this.#earlier,
      acknowledged: progress.acknowledged + this.#earlier,
      alreadyThere: progress.alreadyThere + this.#earlier,
    };
  }
}
