// One _bulk request and what became of each of its documents.

import { AppError, type ErrorCode } from '../../errors.ts';
import { addressOf } from '../cluster/address.ts';
import { reasonIn } from '../cluster/answer-errors.ts';
import type { Cluster } from '../cluster/client.ts';
import { plainWords } from '../cluster/plain-words.ts';
import type { Documents } from './batch.ts';

export interface Refusal {
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
      /** Numbers of the documents to send again, and why. */
      readonly again: readonly number[];
      readonly trouble?: Trouble;
    }
  /** Nothing is known to be written; the same request may be sent again. */
  | { readonly type: 'failed'; readonly trouble: Trouble }
  | { readonly type: 'too-large' };

export interface Trouble {
  readonly reason: string;
  /** The cluster asks for less (429, 503). */
  readonly busy: boolean;
  /** The cluster takes no writes at all (read-only, disk full). */
  readonly blocked: boolean;
}

interface Item {
  readonly status: number;
  readonly error?: { readonly type?: string; readonly reason?: string };
}

const SERVERLESS_QUERY = { filter_path: 'errors,items.*.status,items.*.error.type,items.*.error.reason' };
const QUERY = { timeout: '30s', ...SERVERLESS_QUERY };

const TOO_LARGE = 413;
/** Statuses that are told to the sender instead of ending the load. */
const PASSING = [TOO_LARGE, 429, 500, 502, 503, 504];
const BLOCKED = 'cluster_block_exception';
const GONE: readonly ErrorCode[] = [
  'connection-refused',
  'connection-dropped',
  'port-silent',
  'unreachable',
  'dns-failed',
];

/**
 * Sends a batch. Rejects with an AppError when trying again cannot help (sign-in, rights, missing index), or with the
 * signal's reason.
 */
export async function sendBulk(
  cluster: Cluster,
  index: string,
  batch: Documents,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<BulkOutcome> {
  // Repeating is the loader's business, which counts it.
  const once = true;
  const query = cluster.serverless ? SERVERLESS_QUERY : QUERY;
  const request = { method: 'POST', path: `/${index}/_bulk`, body: batch.data, query, once } as const;
  try {
    const { status, body } = await cluster.request({
      ...request,
      accept: PASSING,
      timeoutMs,
      signal,
    });
    if (status === 200) return judge(body as BulkAnswer, batch, { url: cluster.url, index });
    if (status === TOO_LARGE) return { type: 'too-large' };
    const { type, reason } = reasonIn(body);
    const trouble = { reason: reason || `HTTP ${status}`, busy: isBusy(status), blocked: type === BLOCKED };
    return { type: 'failed', trouble };
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    const blocked = error.code === 'writes-blocked';
    if (!blocked && !GONE.includes(error.code)) throw error;
    const reason = blocked ? String(error.values['reason']) : error.message;
    return { type: 'failed', trouble: { reason, busy: false, blocked } };
  }
}

/** 429 and 5xx may pass; ids make a repetition harmless. */
const isTransient = (status: number) => status === 429 || status >= 500;
const isBusy = (status: number) => status === 429 || status === 503;

interface BulkAnswer {
  readonly errors?: boolean;
  /** `{"create": {"status": 201}}`, in the order of the request. */
  readonly items?: readonly Readonly<Record<string, Item>>[];
}

function judge(
  { errors, items = [] }: BulkAnswer,
  batch: Documents,
  { url, index }: { url: string; index: string },
): BulkOutcome {
  const outcome = {
    type: 'answered',
    created: batch.documents,
    alreadyThere: 0,
    refused: [],
    again: [],
  } as const;
  if (errors === false) return outcome;
  if (items.length !== batch.documents) {
    const reason = `the answer tells of ${items.length} documents, ${batch.documents} were sent`;
    return { type: 'failed', trouble: { reason, busy: false, blocked: false } };
  }
  let created = 0;
  let alreadyThere = 0;
  let trouble: Trouble | undefined;
  const refused: Refusal[] = [];
  const again: number[] = [];
  items.forEach((line, position) => {
    const { status, error = {} } = Object.values(line)[0] ?? { status: 500 };
    const blocked = error.type === BLOCKED;
    const reason = plainWords(error.reason ?? error.type ?? `HTTP ${status}`);
    if (status < 300) created++;
    else if (status === 409) alreadyThere++;
    else if (error.type === 'index_not_found_exception') {
      throw new AppError('index-missing', { address: addressOf({ url }).address, index });
    } else if (blocked || isTransient(status)) {
      again.push(position);
      trouble = { reason, busy: isBusy(status), blocked };
    } else refused.push({ index: position, reason });
  });
  return {
    type: 'answered',
    created,
    alreadyThere,
    refused,
    again,
    ...(trouble === undefined ? {} : { trouble }),
  };
}
