// From rows to bulk NDJSON without an object or a string on the way: the field table is compiled into a few pieces,
// and a document is what they copy and write one after the other.

import { documentId } from '../../documents/ids.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from '../customers/row.ts';
import type { WriteBuffer } from './buffers.ts';
import { Slab } from './buffers.ts';
import { type CacheKey, SLOT } from './cache-keys.ts';
import { fieldsOf, type OwnField } from './fields.ts';
import { ID_SUFFIX } from './overwrites.ts';
import { raiseInliningLimit } from './v8-inlining.ts';
import {
  type FieldWriter,
  ownWriter,
  sequence,
  sessionWriter,
  type Text,
  templateWriter,
} from './writers.ts';

const encoders = new WeakMap<Plan, Encoder>();

/** The encoder of a plan, compiled once: whoever writes its documents may use it in turn. */
export function encoderOf(plan: Plan): Encoder {
  const encoder = encoders.get(plan) ?? new Encoder(plan);
  encoders.set(plan, encoder);
  return encoder;
}

/** Encodes the documents of one plan. */
class Encoder {
  private readonly document: FieldWriter;
  /** Where the last document ended, and whose it was. */
  private page: WriteBuffer | undefined;
  private end = 0;
  private slot = -1;
  private session = -1;
  private server = -1;

  constructor(plan: Plan) {
    this.document = compile(plan);
  }

  /** Writes the action and the source line of a document; returns the place after them. */
  write(page: WriteBuffer, at: number, row: Row): number {
    const { slot, session, server } = row;
    const again =
      session === this.session &&
      slot === this.slot &&
      server === this.server &&
      at === this.end &&
      page === this.page;
    const end = this.document(page, at, row, again);
    this.page = page;
    this.end = end;
    this.slot = slot;
    this.session = session;
    this.server = server;
    return end;
  }
}

/** What is to be written before it is compiled: texts of one owner, or a value after its label. */
type Part =
  | { readonly owner: CacheKey; readonly texts: Text[] }
  | { readonly owner: undefined; readonly label: string; readonly field: OwnField };

/** The table as parts: fields of the same owner that stand side by side share one. */
function partsOf(plan: Plan): Part[] {
  const parts: Part[] = [];
  const addText = (owner: CacheKey, text: Text) => {
    const last = parts.at(-1);
    if (last?.owner === owner) last.texts.push(text);
    else parts.push({ owner, texts: [text] });
  };
  addText(SLOT, { of: (row) => `{"create":{"_id":"${documentId(plan.key, row)}"`, end: ID_SUFFIX });
  let separator = '}}\n{';
  for (const [name, field] of fieldsOf(plan)) {
    const label = `${separator}${JSON.stringify(name)}:`;
    separator = ',';
    const of = (row: Row) => {
      const value = field.value(row, plan);
      if (value === undefined) return '';
      return label + (typeof value === 'number' ? value : JSON.stringify(value));
    };
    if (field.kind === 'own') parts.push({ owner: undefined, label, field });
    else if (field.kind === 'number') addText(field.owner, { of, end: 0, number: field.number });
    else addText(field.owner, { of, end: field.end });
  }
  addText(parts.at(-1)?.owner ?? SLOT, { of: () => '}\n', end: 0 });
  return parts;
}

const staysInSession = (part: Part | undefined) => (part?.owner ?? part?.field)?.ofSession === true;

/** One piece for each part; those that stay the same through a session stand together. */
function compile(plan: Plan): FieldWriter {
  raiseInliningLimit();
  const arena = new Slab();
  const parts = partsOf(plan);
  const pieceOf = (part: Part) =>
    part.owner
      ? templateWriter(part.owner, part.texts, arena)
      : ownWriter(part.label, part.field.number, part.field.put);
  const pieces: FieldWriter[] = [];
  for (let from = 0; from < parts.length; ) {
    let to = from;
    while (staysInSession(parts[to])) to++;
    const run = parts.slice(from, Math.max(to, from + 1)).map(pieceOf);
    pieces.push(to > from ? sessionWriter(sequence(run)) : sequence(run));
    from += run.length;
  }
  return sequence(pieces);
}

export type { Encoder };
