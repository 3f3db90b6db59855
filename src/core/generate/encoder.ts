// From rows to bulk NDJSON without an object or a string on the way: the field table is compiled into a few pieces,
// and a document is what they copy and write one after the other.
import type { Plan } from '../plan/types.ts';
import { Arena } from './arena.ts';
import { type Field, fieldsOf } from './fields.ts';
import { documentId } from './ids.ts';
import { SLOT } from './owners.ts';
import { DOCUMENT_ID } from './patches.ts';
import { NumberPiece, type Piece, PreparedPiece } from './pieces.ts';
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

/** Fields of the same owner that stand side by side share a piece. */
function compile(plan: Plan): Piece[] {
  const arena = new Arena();
  const pieces: Piece[] = [];
  const pieceOf = (owner: PreparedPiece['owner']): PreparedPiece => {
    const last = pieces.at(-1);
    if (last instanceof PreparedPiece && last.owner === owner) return last;
    const piece = new PreparedPiece(owner, arena);
    pieces.push(piece);
    return piece;
  };
  const add = (label: string, field: Field) => {
    if (field.kind === 'number') {
      const last = pieces.at(-1);
      // The label of a number that is always there ends the piece before it.
      const joined = !field.optional && last instanceof PreparedPiece;
      if (joined) last.add({ of: () => label, patch: undefined });
      pieces.push(new NumberPiece(joined ? '' : label, field.number, field.put));
      return;
    }
    const of = (row: Row) => {
      const value = field.value(row, plan);
      return value === undefined ? '' : label + JSON.stringify(value);
    };
    pieceOf(field.owner).add({ of, patch: field.patch });
  };

  pieceOf(SLOT).add({
    of: (row) => `{"create":{"_id":"${documentId(plan.key, row)}"`,
    patch: DOCUMENT_ID,
  });
  let separator = '}}\n{';
  for (const [name, field] of fieldsOf(plan)) {
    add(`${separator}${JSON.stringify(name)}:`, field);
    separator = ',';
  }
  const last = pieces.at(-1);
  pieceOf(last instanceof PreparedPiece ? last.owner : SLOT).add({ of: () => '}\n', patch: undefined });
  return pieces;
}
