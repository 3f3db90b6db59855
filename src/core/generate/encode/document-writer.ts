// Generates the function that writes a document from its parts; README.md shows what it looks like.
import { documentId } from '../../documents/ids.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from '../customers/row.ts';
import type { WriteBuffer } from './buffers.ts';
import { type Put, putDigits, widthOf } from './digits.ts';
import { type Templates, WIDTH_BITS } from './templates.ts';
import { documentOf } from './transaction.ts';

/** Writes the action and the source line of a document at a place and returns the place after them. */
export type DocumentWriter = (buffer: WriteBuffer, at: number, row: Row) => number;

/** A value that is written anew for each document; its label ends the part before it. */
interface OwnValue {
  readonly number: (row: Row) => number;
  readonly put: Put;
}

/** What a document is made of, in order. */
export type Part = ({ readonly kind: 'template' } & Templates) | ({ readonly kind: 'own' } & OwnValue);

/** The writer of these parts; undefined where code may not be generated from text. */
export function generatedWriter(parts: readonly Part[]): DocumentWriter | undefined {
  try {
    const make = new Function('parts', 'widthOf', 'putDigits', writerCode(parts));
    return make(parts, widthOf, putDigits) as DocumentWriter;
  } catch (error) {
    // Node's --disallow-code-generation-from-strings; a content security policy says the same.
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}

/** Writes the same bytes by JSON.stringify; documents then come about ten times slower. */
export const plainWriter =
  (plan: Plan): DocumentWriter =>
  ({ bytes }, at, row) =>
    at +
    bytes.write(
      `{"create":{"_id":"${documentId(plan.key, row)}"}}\n${JSON.stringify(documentOf(plan, row).source)}\n`,
      at,
    );

function writerCode(parts: readonly Part[]): string {
  const statements = parts.map((part, index) =>
    part.kind === 'own' ? ownCode(index) : templateCode(part, index),
  );
  return `${parts.map(constantsOf).join('\n')}
return (buffer, at, row) => {
const { bytes } = buffer;
${statements.join('\n')}
return at;
};`;
}

/** A part's properties as constants of their own, so that V8 inlines the functions among them. */
function constantsOf(part: Part, index: number): string {
  const names =
    part.kind === 'own' ? ['number', 'put'] : ['keyOf', 'keys', 'cached', 'encode', 'overwrite', 'offsets'];
  const numbers = part.kind === 'own' ? [] : part.numbers.map((_, n) => `number${index}_${n}`);
  const own = names.map((name) => `${name}: ${name}${index}`).join(', ');
  return `const { ${own}, numbers: [${numbers.join(', ')}] = [] } = parts[${index}];`;
}

const ownCode = (index: number) => `at = put${index}(buffer, at, number${index}(row));`;

/** Copies the template of the row's key, then writes its suffixes and numbers over the copy. */
function templateCode({ numbers, mask, overwrite, stride, suffixes }: Templates, index: number): string {
  const values = numbers.map(
    (_, n) => `const value${n} = number${index}_${n}(row), width${n} = widthOf(value${n});`,
  );
  const widths = numbers.map((_, n) => ` | (width${n} << ${WIDTH_BITS * n})`).join('');
  const digits = numbers.map(
    (_, n) => `if (width${n} > 0)
  putDigits(buffer, at + offsets${index}[entry * ${stride} + ${suffixes + n}], value${n}, width${n});`,
  );
  return `{
${values.join('\n')}
const key = (keyOf${index}(row) << ${WIDTH_BITS * numbers.length})${widths};
const entry = key & ${mask};
const template = keys${index}[entry] === key ? cached${index}[entry] : encode${index}(row, key, entry);
bytes.set(template, at);
${overwrite ? `overwrite${index}(buffer, at, offsets${index}, entry * ${stride}, row);` : ''}
${digits.join('\n')}
at += template.length;
}`;
}
