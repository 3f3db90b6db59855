// From rows to bulk NDJSON without an object or a string on the way: the field table is compiled into a few pieces,
// and a document is what they copy and write one after the other.
import type { Plan } from '../plan/types.ts';
import { type Field, fieldsOf } from './fields.ts';
import { documentId } from './ids.ts';
import { DOCUMENT_ID } from './patches.ts';
import { KeptPiece, NumberPiece, PatchedPiece, type Piece } from './pieces.ts';
import type { Row } from './row.ts';

/** Encodes the documents of one plan. */
export class Encoder {
  private readonly pieces: readonly Piece[];

  constructor(plan: Plan) {
    this.pieces = compile(plan);
  }

  /** Writes the action and the source line of a document; returns the place after them. */
  write(out: Uint8Array, at: number, row: Row): number {
    let end = at;
    for (const piece of this.pieces) end = piece.write(out, end, row);
    return end;
  }
}

/** Fields that stand side by side and are written in the same way share a piece. */
function compile(plan: Plan): Piece[] {
  const id = new PatchedPiece(0);
  id.add({
    before: '{"create":{"_id":"',
    value: (row) => documentId(plan.key, row),
    patch: DOCUMENT_ID,
    after: '"}}\n',
  });
  const pieces: Piece[] = [id];
  let separator = '{';
  for (const [name, field] of fieldsOf(plan)) {
    add(pieces, plan, `${separator}${JSON.stringify(name)}:`, field);
    separator = ',';
  }
  const last = pieces.at(-1);
  const end = new KeptPiece({ key: () => 0, kept: 1 });
  (last instanceof KeptPiece ? last : end).add(() => '}\n');
  return last instanceof KeptPiece ? pieces : [...pieces, end];
}

function add(pieces: Piece[], plan: Plan, label: string, field: Field): void {
  const last = pieces.at(-1);
  const { value } = field;
  if (field.kind === 'number') {
    pieces.push(new NumberPiece(label, field.number));
    return;
  }
  if (field.kind === 'patched') {
    const shared = last instanceof PatchedPiece && last.from === field.from;
    const piece = shared ? last : new PatchedPiece(field.from);
    if (!shared) pieces.push(piece);
    const text = (row: Row) => String(value(row, plan));
    piece.add({ before: `${label}"`, value: text, patch: field.patch, after: '"' });
    return;
  }
  const shared = last instanceof KeptPiece && last.owner === field.owner;
  const piece = shared ? last : new KeptPiece(field.owner);
  if (!shared) pieces.push(piece);
  piece.add((row) => {
    const found = value(row, plan);
    return found === undefined ? '' : label + JSON.stringify(found);
  });
}
