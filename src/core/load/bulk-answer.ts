// Reads the response to a _bulk request: what happened to each document. Nothing counts as written unless the response
// says so.
import { AppError } from '../../errors/app-error.ts';
import { plainWords } from '../../text/plain-text.ts';
import { addressOf } from '../cluster/address.ts';

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

export const BLOCKED = 'cluster_block_exception';

/** 429 and 5xx may pass; ids make a retry harmless. */
const isTransient = (status: number) => status === 429 || status >= 500;

/** The cluster asks for less. */
export const isBusy = (status: number) => status === 429 || status === 503;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

interface Item {
  readonly status: number;
  readonly type: string;
  readonly reason: string;
}

/** `{"create": {"status": 201}}`; an unreadable item is a document to retry. */
function itemOf(line: unknown): Item {
  const { status, error } = fieldsOf(Object.values(fieldsOf(line))[0]);
  const { type, reason } = fieldsOf(error);
  const known = typeof status === 'number' && status >= 200 && status < 600 ? status : 500;
  const words = [reason, type].find((text) => typeof text === 'string' && text !== '');
  return {
    status: known,
    type: typeof type === 'string' ? type : '',
    reason: typeof words === 'string' ? plainWords(words) : `HTTP ${known}`,
  };
}

function failed(reason: string): BulkOutcome {
  return { type: 'failed', trouble: { reason, busy: false, blocked: false } };
}

/**
 * Reads the body of a response with status 200 to a request of so many documents. Throws AppError `index-missing` when
 * the index is gone, and nothing else, whatever the body is.
 */
export function readBulkAnswer(
  body: unknown,
  documents: number,
  { url, index }: { readonly url: string; readonly index: string },
): BulkOutcome {
  const { errors, items } = fieldsOf(body);
  const lines: readonly unknown[] = Array.isArray(items) ? items : [];
  const none = { type: 'answered', alreadyThere: 0, refused: [], again: [] } as const;
  // A filtered response without errors lists no documents.
  if (errors === false && lines.length === 0) return { ...none, created: documents };
  if (lines.length !== documents)
    return failed(`the response lists ${lines.length} documents, but ${documents} were sent`);
  if (errors === false) return { ...none, created: documents };
  let created = 0;
  let alreadyThere = 0;
  let trouble: Trouble | undefined;
  const refused: Refusal[] = [];
  const again: number[] = [];
  lines.forEach((line, position) => {
    const { status, type, reason } = itemOf(line);
    const blocked = type === BLOCKED;
    if (status < 300) created++;
    else if (status === 409) alreadyThere++;
    else if (type === 'index_not_found_exception') {
      throw new AppError('index-missing', { address: addressOf({ url }).address, index });
    } else if (blocked || isTransient(status)) {
      again.push(position);
      trouble = { reason, busy: isBusy(status), blocked };
    } else refused.push({ index: position, reason });
  });
  const counts = { type: 'answered', created, alreadyThere, refused, again } as const;
  return trouble === undefined ? counts : { ...counts, trouble };
}
