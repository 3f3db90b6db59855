// The pieces a document is made of. Each knows how to write its part at a place, and returns the place after it.

import type { Row } from '../customers/row.ts';
import type { Slab, Slot, WriteBuffer } from './buffers.ts';
import type { CacheKey } from './cache-keys.ts';
import { type Put, putDigits, widthOf } from './digits.ts';
import type { Overwrite } from './overwrites.ts';
import { specialize } from './v8-inlining.ts';

/** @param again true when the document before it in the page is of the same session and server. */
export type FieldWriter = (page: WriteBuffer, at: number, row: Row, again: boolean) => number;

/** A text of a field, empty when the field is left out. */
export interface Text {
  readonly of: (row: Row) => string;
  /** Characters before its closing quote that the owner patches. */
  readonly end: number;
  /** The number that ends the text, when it is each document's own; left out when negative. */
  readonly number?: (row: Row) => number;
}

/** Bits of a key that hold the width of a number. */
const WIDTH_BITS = 3;

const none = () => -1;

/**
 * Fields of one owner. They are prepared once for each of its keys and each width of their numbers (two at most), then
 * copied; numbers and what the owner patches are written over the copy.
 */
export function templateWriter(owner: CacheKey, texts: readonly Text[], arena: Slab): FieldWriter {
  const numbers = texts.flatMap(({ number }) => number ?? []);
  const [first = none, second = none, third] = numbers;
  if (third) throw new RangeError('a piece has no room for a third number');
  const ends = texts.filter(({ end }) => end > 0).length;
  const patch = ends > 0 ? owner.overwrite : undefined;
  const keyOf = owner.of;
  const shift = WIDTH_BITS * numbers.length;
  const size = 2 ** (Math.ceil(Math.log2(owner.capacity)) + shift);
  // A key is kept at its remainder; a place is taken over by the key that came last.
  const keys = new Int32Array(size).fill(-1);
  const prepared = new Array<Uint8Array | undefined>(size).fill(undefined);
  const rooms = new Array<Slot | undefined>(size).fill(undefined);
  // For each key, where the ends are that the owner patches, then where the numbers are.
  const count = ends + numbers.length;
  const places = new Uint16Array(size * count);

  const prepare = (row: Row, key: number, slot: number): Uint8Array => {
    let all = '';
    let end = slot * count;
    let number = end + ends;
    for (const text of texts) {
      const words = text.of(row);
      all += words;
      if (text.end > 0) places[end++] = words === '' ? 0 : all.length - 1 - text.end;
      if (text.number) places[number++] = all.length - widthOf(text.number(row));
    }
    keys[slot] = key;
    const kept = arena.store(all, rooms[slot]);
    rooms[slot] = kept;
    prepared[slot] = kept.bytes;
    return kept.bytes;
  };

  return shift === 0
    ? specialize(copyWriter)({ keyOf, mask: size - 1, keys, prepared, prepare, patch, places, count })
    : specialize(numberWriter)({
        keyOf,
        mask: size - 1,
        keys,
        prepared,
        prepare,
        patch,
        places,
        count,
        first,
        second,
        ends,
        shift,
        widthOf,
        putDigits,
      });
}

interface Copying {
  readonly keyOf: CacheKey['of'];
  /** A key is kept at its remainder; a place is taken over by the key that came last. */
  readonly mask: number;
  readonly keys: Int32Array;
  readonly prepared: readonly (Uint8Array | undefined)[];
  readonly prepare: (row: Row, key: number, slot: number) => Uint8Array;
  readonly patch: Overwrite | undefined;
  /** For each key, where the ends are that the owner patches, then where the numbers are. */
  readonly places: Uint16Array;
  readonly count: number;
}

interface CopyingWithNumbers extends Copying {
  readonly first: (row: Row) => number;
  readonly second: (row: Row) => number;
  readonly ends: number;
  readonly shift: number;
  readonly widthOf: typeof widthOf;
  readonly putDigits: typeof putDigits;
}

function copyWriter({ keyOf, mask, keys, prepared, prepare, patch, places, count }: Copying): FieldWriter {
  return (page, at, row) => {
    const key = keyOf(row);
    const slot = key & mask;
    const known = keys[slot] === key ? prepared[slot] : undefined;
    const bytes = known ?? prepare(row, key, slot);
    page.bytes.set(bytes, at);
    if (patch) patch(page, at, places, slot * count, row);
    return at + bytes.length;
  };
}

function numberWriter({
  keyOf,
  mask,
  keys,
  prepared,
  prepare,
  patch,
  places,
  count,
  ends,
  first,
  second,
  shift,
  widthOf,
  putDigits,
}: CopyingWithNumbers): FieldWriter {
  return (page, at, row) => {
    const a = first(row);
    const b = second(row);
    const widthA = widthOf(a);
    const widthB = widthOf(b);
    const key = (keyOf(row) << shift) | (widthB << 3) | widthA;
    const slot = key & mask;
    const known = keys[slot] === key ? prepared[slot] : undefined;
    const bytes = known ?? prepare(row, key, slot);
    page.bytes.set(bytes, at);
    const place = slot * count;
    if (patch) patch(page, at, places, place, row);
    if (widthA > 0) putDigits(page, at + (places[place + ends] ?? 0), a, widthA);
    if (widthB > 0) putDigits(page, at + (places[place + ends + 1] ?? 0), b, widthB);
    return at + bytes.length;
  };
}

/** A value of each document's own, after its label. */
export function ownWriter(label: string, number: (row: Row) => number, put: Put): FieldWriter {
  const bytes = Buffer.from(label);
  return (page, at, row) => {
    page.bytes.set(bytes, at);
    return put(page, at + bytes.length, number(row));
  };
}

/** Pieces one after the other. */
export const sequence = (pieces: readonly FieldWriter[]): FieldWriter =>
  pieces.reduce((before, piece) => specialize(bothWriter)(before, piece));

function bothWriter(first: FieldWriter, second: FieldWriter): FieldWriter {
  return (page, at, row, again) => second(page, first(page, at, row, again), row, again);
}

/** What stays the same through a session: copied from the document before, where that is of the session too. */
export function sessionWriter(write: FieldWriter): FieldWriter {
  let from = 0;
  let to = 0;
  return (page, at, row, again) => {
    let end = at;
    if (again) {
      page.bytes.copyWithin(at, from, to);
      end += to - from;
    } else end = write(page, end, row, again);
    from = at;
    to = end;
    return end;
  };
}
