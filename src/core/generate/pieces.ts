// The pieces a document is made of. Each knows how to write its part at a place, and returns the place after it.
import { putNumber } from './digits.ts';
import type { Owner } from './owners.ts';
import type { Patch } from './patches.ts';
import type { Row } from './row.ts';

export interface Piece {
  readonly write: (out: Uint8Array, at: number, row: Row) => number;
}

/** Fields of one owner: encoded once for each of its keys. */
export class KeptPiece implements Piece {
  readonly owner: Owner;
  private readonly texts: ((row: Row) => string)[] = [];
  private readonly keyOf: Owner['key'];
  /** A key is kept at its remainder; a place is taken over by the key that came last. */
  private readonly mask: number;
  private readonly keys: Float64Array;
  private readonly bytes: Uint8Array[];

  constructor(owner: Owner) {
    this.owner = owner;
    this.keyOf = owner.key;
    const size = 2 ** Math.ceil(Math.log2(owner.kept));
    this.mask = size - 1;
    this.keys = new Float64Array(size).fill(-1);
    this.bytes = new Array(size).fill(new Uint8Array());
  }

  add(text: (row: Row) => string): void {
    this.texts.push(text);
  }

  write(out: Uint8Array, at: number, row: Row): number {
    const key = this.keyOf(row);
    const place = key & this.mask;
    const bytes = key >= 0 && this.keys[place] === key ? this.bytes[place] : this.encode(row, key, place);
    if (bytes === undefined) return at;
    out.set(bytes, at);
    return at + bytes.length;
  }

  private encode(row: Row, key: number, place: number): Uint8Array {
    const bytes = Buffer.from(this.texts.map((text) => text(row)).join(''));
    if (key >= 0) {
      this.keys[place] = key;
      this.bytes[place] = bytes;
    }
    return bytes;
  }
}

/** A number of each document's own; left out when negative. */
export class NumberPiece implements Piece {
  private readonly label: Uint8Array;
  private readonly numberOf: (row: Row) => number;

  constructor(label: string, numberOf: (row: Row) => number) {
    this.label = Buffer.from(label);
    this.numberOf = numberOf;
  }

  write(out: Uint8Array, at: number, row: Row): number {
    const value = this.numberOf(row);
    if (value < 0) return at;
    out.set(this.label, at);
    return putNumber(out, at + this.label.length, value);
  }
}

export interface PatchedText {
  readonly before: string;
  readonly value: (row: Row) => string;
  readonly patch: Patch;
  readonly after: string;
}

/** Texts of fixed width: a prepared one is copied, and the ends of its values are written over. */
export class PatchedPiece implements Piece {
  /** First step that has these fields. */
  readonly from: number;
  private readonly texts: PatchedText[] = [];
  private bytes: Uint8Array | undefined;
  private places: readonly number[] = [];

  constructor(from: number) {
    this.from = from;
  }

  add(text: PatchedText): void {
    this.texts.push(text);
  }

  write(out: Uint8Array, at: number, row: Row): number {
    if (row.step < this.from) return at;
    const bytes = this.bytes ?? this.prepare(row);
    out.set(bytes, at);
    for (let index = 0; index < this.texts.length; index++)
      this.texts[index]?.patch.write(out, at + (this.places[index] ?? 0), row);
    return at + bytes.length;
  }

  private prepare(row: Row): Uint8Array {
    const places: number[] = [];
    let all = '';
    for (const { before, value, patch, after } of this.texts) {
      all += before + value(row);
      places.push(all.length - patch.width);
      all += after;
    }
    this.places = places;
    this.bytes = Buffer.from(all);
    return this.bytes;
  }
}
