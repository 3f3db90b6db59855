// Reads the response to a _bulk request: what happened to each document. Nothing counts as written unless the response
// says so.
import { AppError } from '../../errors/app-error.ts';
import { plainWords, wordsOf } from '../../text/plain-text.ts';
import { addressOf } from '../cluster/address.ts';
import { fieldsOf, textOf } from '../cluster/answer-shape.ts';
import { passesByItself } from '../cluster/block.ts';
import { deniedAction } from '../cluster/missing-permission.ts';

interface Refusal {
  /** Number of the document in the batch. */
  readonly index: number;
  readonly reason: string;
}

export type BulkOutcome =
  | {
      readonly type: 'answered';
      readonly created: number;
      /** Documents whose id the index had already: an earlier request wrote them. */
      readonly alreadyThere: number;
      readonly refused: readonly Refusal[];
      /** Numbers of the documents to retry. */
      readonly again: readonly number[];
      readonly trouble?: Trouble;
    }
  /** Nothing is known to be written; the same request may be retried. */
  | { readonly type: 'failed'; readonly trouble: Trouble }
  | { readonly type: 'too-large' };

export interface Trouble {
  readonly reason: string;
  /** The cluster asks for less (429, 503). */
  readonly busy: boolean;
  /** The cluster takes no writes at all (read-only, disk full). */
  readonly blocked: boolean;
}

/** True for a block of writes, and not for that of a cluster which has just started. */
export const isBlock = (type: string, reason: string) =>
  type === 'cluster_block_exception' && !passesByItself(reason);

/** 429 and 5xx may pass; ids make a retry harmless. */
const isTransient = (status: number) => status === 429 || status >= 500;

/** The cluster asks for less. */
export const isBusy = (status: number) => status === 429 || status === 503;

interface Item {
  readonly status: number;
  readonly type: string;
  readonly reason: string;
  /** Empty where the answer does not say it. */
  readonly result: string;
  readonly index: string;
}

/** `{"create": {"_index": "demo", "status": 201, "result": "created"}}`; an unreadable item is a document to retry. */
function itemOf(line: unknown): Item {
  const { status, error, result, _index: index } = fieldsOf(Object.values(fieldsOf(line))[0]);
  const { type, reason } = fieldsOf(error);
  const known = typeof status === 'number' && status >= 200 && status < 600 ? status : 500;
  return {
    status: known,
    type: textOf(type),
    reason: wordsOf(reason) || wordsOf(type) || `HTTP ${known}`,
    result: textOf(result),
    index: textOf(index),
  };
}

/**
 * Why a document that the cluster calls done is not in this index; undefined when it is, created now or by an earlier
 * request. An ingest pipeline can drop it (`noop`), and a pipeline or an alias can send it elsewhere.
 */
function notHere({ status, result, index }: Item, wanted: string): string | undefined {
  if (index !== '' && index !== wanted)
    return `it went to the index ${plainWords(index, 80)} (a pipeline or an alias sends it there)`;
  if (status === 409 || result === '' || result === 'created') return undefined;
  return result === 'noop'
    ? 'an ingest pipeline dropped it'
    : `the cluster answers "${plainWords(result, 40)}", not "created"`;
}

function failed(reason: string): BulkOutcome {
  return { type: 'failed', trouble: { reason, busy: false, blocked: false } };
}

/** The security plugin rejects each document, where the request itself is allowed. */
const forbidden = (reason: string, url: string, index: string) =>
  new AppError('forbidden', {
    ...{ address: addressOf({ url }).address, user: 'this user', index },
    action: deniedAction(reason, 'write documents'),
  });

/** When a whole batch of so many documents is not here, the rest will not be either. */
const CERTAIN = 20;

const lostAll = (reason: string, { documents: planned, index }: { documents: number; index: string }) =>
  new AppError('load-incomplete', {
    acknowledged: 0,
    planned,
    index,
    reason: `of every document of a batch: ${reason}`,
  });

/**
 * Reads the body of a response with status 200 to a request of so many documents. Throws AppError `index-missing` when
 * the index is gone, `forbidden` when this user may not write to it, `load-incomplete` when no document of a batch is in it, and nothing else, whatever the body is.
 */
export function readBulkAnswer(
  body: unknown,
  documents: number,
  { url, index }: { readonly url: string; readonly index: string },
): BulkOutcome {
  const { items } = fieldsOf(body);
  const lines: readonly unknown[] = Array.isArray(items) ? items : [];
  if (lines.length !== documents)
    return failed(`the response lists ${lines.length} documents, but ${documents} were sent`);
  let created = 0;
  let alreadyThere = 0;
  let lost = 0;
  let trouble: Trouble | undefined;
  const refused: Refusal[] = [];
  const again: number[] = [];
  lines.forEach((line, position) => {
    const item = itemOf(line);
    const { status, type, reason } = item;
    const blocked = isBlock(type, reason);
    const elsewhere = status < 300 || status === 409 ? notHere(item, index) : undefined;
    if (elsewhere !== undefined) {
      if (++lost === lines.length && lost >= CERTAIN) throw lostAll(elsewhere, { documents, index });
      refused.push({ index: position, reason: elsewhere });
    } else if (status < 300) created++;
    else if (status === 409) alreadyThere++;
    else if (type === 'index_not_found_exception') {
      throw new AppError('index-missing', { address: addressOf({ url }).address, index });
    } else if (status === 403 && type === 'security_exception') {
      throw forbidden(reason, url, index);
    } else if (blocked || isTransient(status)) {
      again.push(position);
      trouble = { reason, busy: isBusy(status), blocked };
    } else refused.push({ index: position, reason });
  });
  const counts = { type: 'answered', created, alreadyThere, refused, again } as const;
  return trouble === undefined ? counts : { ...counts, trouble };
}
