// One answer of a search for the documents of some time. When it holds exactly what is planned, its bytes tell, and nothing
// is parsed: OpenSearch returns a document with the bytes it was sent with.
import { fieldsOf, listOf, numberOf, textOf } from '../../cluster/answer-shape.ts';
import { sourceAt } from '../../documents/batch.ts';
import { partOf, UNREADABLE } from '../check.ts';
import { type Expected, placeOf } from './expected.ts';

/** What a complete answer begins with; any other is parsed. */
const HEAD =
  /^\{"took":\d+,"timed_out":false,"_shards":\{"total":\d+,"successful":\d+,"skipped":\d+,"failed":0\},"hits":\{"total":\{"value":(\d+),"relation":"eq"\},/;
const HEAD_BYTES = 300;
const ID = Buffer.from('"_id":"');
const SOURCE = Buffer.from('"_source":');

/** True when the answer holds each of these documents once, byte for byte, and no other. */
export function holdsExactly(answer: Buffer, expected: Expected): boolean {
  const { batch, from, to } = expected;
  const head = HEAD.exec(answer.toString('latin1', 0, HEAD_BYTES));
  if (!head || Number(head[1]) !== to - from) return false;
  const seen = new Uint8Array(to - from);
  let at = head[0].length;
  for (let hit = from; hit < to; hit++) {
    // Each search begins behind a document that is as planned, so no value of a document can be taken for an id.
    const id = answer.indexOf(ID, at) + ID.length;
    if (id < at + ID.length) return false;
    const index = placeOf(expected, answer.toString('latin1', id, id + batch.ids.length));
    if (index === undefined || seen[index - from] !== 0) return false;
    seen[index - from] = 1;
    const start = answer.indexOf(SOURCE, id) + SOURCE.length;
    if (start < id) return false;
    const planned = sourceAt(batch, index);
    at = start + planned.length;
    if (at > answer.length || planned.compare(answer, start, at) !== 0) return false;
  }
  return true;
}

export interface Hit {
  readonly id: string;
  /** Undefined where the index does not keep it. */
  readonly source: unknown;
}

export interface Page {
  /** Documents of that time in the index; the page may have fewer. */
  readonly total: number;
  readonly hits: readonly Hit[];
}

/** Why a comparison cannot be made or trusted, as the finding of its check. */
export class NoComparison extends Error {}

/** The documents of an answer. Throws NoComparison for one that is not of all documents, or that this search never has. */
export function pageOf(answer: Buffer): Page {
  const body = parsed(answer);
  const part = partOf(body);
  if (part !== undefined) throw new NoComparison(part);
  const { total, hits } = fieldsOf(fieldsOf(body)['hits']);
  const count = numberOf(fieldsOf(total)['value']);
  if (count === undefined || !Array.isArray(hits)) throw new NoComparison(UNREADABLE);
  return {
    total: count,
    hits: listOf(hits).map(({ _id, _source }) => ({ id: textOf(_id), source: _source })),
  };
}

function parsed(answer: Buffer): unknown {
  try {
    return JSON.parse(answer.toString('utf8'));
  } catch (error) {
    throw new NoComparison(UNREADABLE, { cause: error });
  }
}
