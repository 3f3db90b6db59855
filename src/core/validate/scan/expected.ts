// The documents that a stretch of time must hold, found by their ids.
import { type Documents, sourceAt } from '../../documents/batch.ts';
import { idAt, timeAt } from '../../documents/ids.ts';

/** Documents `from` up to `to` of a batch: those that are planned for `[fromMs, toMs)`. */
export interface Expected {
  readonly batch: Documents;
  readonly from: number;
  readonly to: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Number of each document by its id. */
  readonly places: ReadonlyMap<string, number>;
}

/** The documents of a batch that are planned for some time, all of the batch's before `to`. */
export function expectedOf(batch: Documents, to: number, fromMs: number, toMs: number): Expected {
  const places = new Map<string, number>();
  for (let index = 0; index < to; index++) places.set(idAt(batch, index), index);
  return { batch, from: 0, to, fromMs, toMs, places };
}

/** The earlier and the later half of the time. */
export function halves(expected: Expected): readonly [Expected, Expected] {
  const { batch, from, to, fromMs, toMs } = expected;
  const middleMs = Math.floor((fromMs + toMs) / 2);
  const middle = firstFrom(batch, middleMs, from, to);
  return [
    { ...expected, to: middle, toMs: middleMs },
    { ...expected, from: middle, fromMs: middleMs },
  ];
}

/** The first of documents `from` up to `to` whose time is `ms` or later; `to` when none is. */
export function firstFrom(batch: Documents, ms: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeAt(batch, middle) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Number of the document with this id; undefined when it is not planned for this time. */
export function placeOf({ places, from, to }: Expected, id: string): number | undefined {
  const index = places.get(id);
  return index !== undefined && index >= from && index < to ? index : undefined;
}

/** A planned document as JSON. */
export const plannedText = ({ batch }: Expected, index: number): string =>
  sourceAt(batch, index).toString('utf8');
