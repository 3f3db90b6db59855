// The pieces a document is made of. Each knows how to write its part at a place, and returns the place after it.
import type { Arena } from './arena.ts';
import type { Put } from './digits.ts';
import type { Owner } from './owners.ts';
import type { Patch } from './patches.ts';
import type { Row } from './row.ts';

export interface Piece {
  readonly write: (out: Uint8Array, at: number, row: Row) => number;
}

/** A number of each document's own, after its label; left out when negative. */
export class NumberPiece implements Piece {
  private readonly label: Uint8Array;
  private readonly numberOf: (row: Row) => number;
  private readonly put: Put;

  constructor(label: string, numberOf: (row: Row) => number, put: Put) {
    this.label = Buffer.from(label);
    this.numberOf = numberOf;
    this.put = put;
  }

  write(out: Uint8Array, at: number, row: Row): number {
    const value = this.numberOf(row);
    if (value < 0) return at;
    const { label } = this;
    if (label.length > 0) out.set(label, at);
    return this.put(out, at + label.length, value);
  }
}

/** A text, empty when the field is left out; with a patch, its last characters differ from row to row. */
export interface Text {
  readonly of: (row: Row) => string;
  readonly patch: Patch | undefined;
}

/** Fields of one owner: prepared once for each of its keys, then copied and patched. */
export class PreparedPiece implements Piece {
  readonly owner: Owner;
  private readonly arena: Arena;
  private readonly texts: Text[] = [];
  private readonly patches: Patch[] = [];
  private readonly keyOf: Owner['key'];
  /** A key is kept at its remainder; a place is taken over by the key that came last. */
  private readonly mask: number;
  private readonly keys: Int32Array;
  private readonly prepared: (Uint8Array | undefined)[];
  /** For each key and patch, where it is written. */
  private places = new Uint16Array();

  constructor(owner: Owner, arena: Arena) {
    this.owner = owner;
    this.arena = arena;
    this.keyOf = owner.key;
    const size = 2 ** Math.ceil(Math.log2(owner.kept));
    this.mask = size - 1;
    this.keys = new Int32Array(size).fill(-1);
    this.prepared = new Array(size).fill(undefined);
  }

  add(text: Text): void {
    this.texts.push(text);
    if (text.patch) this.patches.push(text.patch);
    this.places = new Uint16Array(this.keys.length * this.patches.length);
  }

  write(out: Uint8Array, at: number, row: Row): number {
    const key = this.keyOf(row);
    const slot = key & this.mask;
    const known = this.keys[slot] === key ? this.prepared[slot] : undefined;
    const bytes = known ?? this.prepare(row, key, slot);
    out.set(bytes, at);
    const { patches, places } = this;
    const count = patches.length;
    for (let index = 0; index < count; index++) {
      const place = places[slot * count + index] ?? 0;
      if (place > 0) patches[index]?.write(out, at + place, row);
    }
    return at + bytes.length;
  }

  private prepare(row: Row, key: number, slot: number): Uint8Array {
    let all = '';
    let index = slot * this.patches.length;
    for (const { of, patch } of this.texts) {
      const text = of(row);
      all += text;
      // The last character is the quote that ends the value.
      if (patch) this.places[index++] = text === '' ? 0 : all.length - 1 - patch.width;
    }
    if (key < 0) return Buffer.from(all);
    this.keys[slot] = key;
    const bytes = this.arena.keep(all, this.prepared[slot]);
    this.prepared[slot] = bytes;
    return bytes;
  }
}
