// The set of documents that the cluster has acknowledged, as ranges of ids, and what of a batch lies outside it.
import { type Documents, pick } from '../documents/batch.ts';
import { type IdRange, idAt, idRangeOf } from '../documents/ids.ts';

export class AcknowledgedRanges {
  /** Sorted, without overlaps. */
  readonly #ranges: readonly IdRange[];

  constructor(ranges: readonly IdRange[]) {
    const sorted = ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1));
    const merged: IdRange[] = [];
    for (const range of sorted) {
      const last = merged.at(-1);
      if (last === undefined || range.first > last.last) merged.push(range);
      else if (range.last > last.last) merged[merged.length - 1] = { first: last.first, last: range.last };
    }
    this.#ranges = merged;
  }

  /** True when the document with this id was acknowledged. */
  has(id: string): boolean {
    return this.#rangeFrom(id)?.covers ?? false;
  }

  /** The documents of a batch that were not acknowledged; the batch itself when none of them was, undefined for none. */
  rest<B extends Documents>(batch: B): B | Documents | undefined {
    const { first, last } = idRangeOf(batch);
    const found = this.#rangeFrom(first);
    if (found === undefined || (!found.covers && found.range.first > last)) return batch;
    if (found.covers && found.range.last >= last) return undefined;
    const left = Array.from({ length: batch.documents }, (_, index) => index).filter(
      (index) => !this.has(idAt(batch, index)),
    );
    if (left.length === batch.documents) return batch;
    return left.length === 0 ? undefined : pick(batch, left);
  }

  /** The first range that ends at an id or after it. */
  #rangeFrom(id: string): { range: IdRange; covers: boolean } | undefined {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.last ?? '') < id) low = middle + 1;
      else high = middle;
    }
    const range = this.#ranges[low];
    return range && { range, covers: range.first <= id };
  }
}
