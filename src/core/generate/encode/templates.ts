// Templates: the text of neighboring fields, encoded once for each cache key and copied into every document from then on.
import type { Row } from '../customers/row.ts';
import type { Slab, Slot } from './buffers.ts';
import type { CacheKey } from './cache-keys.ts';
import { widthOf } from './digits.ts';
import type { Overwrite } from './overwrites.ts';

/** The label and value of a field. */
export interface TemplateText {
  /** Empty when the field is left out. */
  readonly of: (row: Row) => string;
  /** Characters before the closing quote that the key's `overwrite` writes for each document. */
  readonly suffixLength: number;
  /** The number that ends the text, if each document has its own; negative when it is left out. */
  readonly number?: (row: Row) => number;
}

/** Bits of a template's key that hold the width of one number. */
export const WIDTH_BITS = 3;
/** The key of a cache and two widths fit into 31 bits. */
const MAX_NUMBERS = 2;

/** The templates of one cache key, and what is written over a copy of them. */
export interface Templates {
  readonly keyOf: CacheKey['of'];
  /** A template is cached at its key's remainder; a newer key takes the place of an older one. */
  readonly mask: number;
  readonly keys: Int32Array;
  readonly cached: readonly (Uint8Array | undefined)[];
  /** Encodes and caches the template of a row. */
  readonly encode: (row: Row, key: number, entry: number) => Uint8Array;
  readonly overwrite: Overwrite | undefined;
  readonly numbers: readonly ((row: Row) => number)[];
  /** For each entry `stride` places: first where the suffixes begin, then where the numbers begin. */
  readonly offsets: Uint16Array;
  readonly stride: number;
  readonly suffixes: number;
}

/** A cache of templates. They differ by the key and by the width of each number in them; two numbers at most. */
export function templatesOf(key: CacheKey, texts: readonly TemplateText[], slab: Slab): Templates {
  const numbers = texts.flatMap(({ number }) => number ?? []);
  if (numbers.length > MAX_NUMBERS) throw new RangeError('a template holds two numbers at most');
  const suffixes = texts.filter(({ suffixLength }) => suffixLength > 0).length;
  const size = 2 ** (Math.ceil(Math.log2(key.capacity)) + WIDTH_BITS * numbers.length);
  const keys = new Int32Array(size).fill(-1);
  const cached = new Array<Uint8Array | undefined>(size).fill(undefined);
  const slots = new Array<Slot | undefined>(size).fill(undefined);
  const stride = suffixes + numbers.length;
  const offsets = new Uint16Array(size * stride);

  const encode = (row: Row, rowKey: number, entry: number): Uint8Array => {
    let template = '';
    let suffix = entry * stride;
    let number = suffix + suffixes;
    for (const text of texts) {
      const words = text.of(row);
      template += words;
      if (text.suffixLength > 0)
        offsets[suffix++] = words === '' ? 0 : template.length - 1 - text.suffixLength;
      if (text.number) offsets[number++] = template.length - widthOf(text.number(row));
    }
    keys[entry] = rowKey;
    const slot = slab.store(template, slots[entry]);
    slots[entry] = slot;
    cached[entry] = slot.bytes;
    return slot.bytes;
  };

  const overwrite = suffixes > 0 ? key.overwrite : undefined;
  return {
    keyOf: key.of,
    mask: size - 1,
    keys,
    cached,
    encode,
    overwrite,
    numbers,
    offsets,
    stride,
    suffixes,
  };
}
