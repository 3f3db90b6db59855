// What of a run the cluster has acknowledged: stretches of positions, and what of a batch lies outside of them.
import { type Documents, pick } from '../documents/batch.ts';
import { type IdRange, idRangeOf, positionAt } from '../documents/ids.ts';

export class AcknowledgedRanges {
  /** In order and apart from each other. */
  readonly #spans: readonly IdRange[];

  constructor(spans: readonly IdRange[]) {
    const sorted = spans.toSorted((a, b) => (a.first < b.first ? -1 : 1));
    const apart: IdRange[] = [];
    for (const span of sorted) {
      const last = apart.at(-1);
      if (last === undefined || span.first > last.last) apart.push(span);
      else if (span.last > last.last) apart[apart.length - 1] = { first: last.first, last: span.last };
    }
    this.#spans = apart;
  }

  /** True when the document at this position was acknowledged. */
  has(position: string): boolean {
    return this.#spanFrom(position)?.covers ?? false;
  }

  /** The documents of a batch that were not acknowledged; the batch itself when none of them was, undefined for none. */
  rest<B extends Documents>(batch: B): B | Documents | undefined {
    const { first, last } = idRangeOf(batch);
    const found = this.#spanFrom(first);
    if (found === undefined || (!found.covers && found.span.first > last)) return batch;
    if (found.covers && found.span.last >= last) return undefined;
    const left = Array.from({ length: batch.documents }, (_, index) => index).filter(
      (index) => !this.has(positionAt(batch, index)),
    );
    if (left.length === batch.documents) return batch;
    return left.length === 0 ? undefined : pick(batch, left);
  }

  /** The first stretch that ends at a position or after it. */
  #spanFrom(position: string): { span: IdRange; covers: boolean } | undefined {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.last ?? '') < position) low = middle + 1;
      else high = middle;
    }
    const span = this.#spans[low];
    return span && { span, covers: span.first <= position };
  }
}
