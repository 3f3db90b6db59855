// Sends one _bulk request.

import { AppError } from '../../errors/app-error.ts';
import { answerError, reasonIn } from '../cluster/answer-errors.ts';
import type { Cluster } from '../cluster/client.ts';
import { limitAdvice } from '../cluster/limits.ts';
import type { Documents } from '../documents/batch.ts';
import { type BulkOutcome, isBlock, isBusy, readBulkAnswer } from './bulk-answer.ts';

const SERVERLESS_QUERY = {
  filter_path: 'items.*._index,items.*.result,items.*.status,items.*.error.type,items.*.error.reason',
};
const QUERY = { timeout: '30s', ...SERVERLESS_QUERY };

const TOO_LARGE = 413;
/** An answer lists each document, perhaps with a long reason. */
const ANSWER_BYTES_EACH = 1024;
const MAX_ANSWER_BYTES = 12 * 2 ** 20;

const answerBytes = (documents: number) =>
  Math.min(MAX_ANSWER_BYTES, 2 ** 20 + documents * ANSWER_BYTES_EACH);

/** Statuses that the batch sender handles, whatever the body is; any other error ends the load. */
const PASSING = [200, TOO_LARGE, 429, 500, 502, 503, 504];

/**
 * Sends a batch. Rejects with an AppError when a retry cannot help (authentication, permissions, missing index), or with
 * the signal's reason. @param timeoutMs for the whole request
 */
export async function sendBulk(
  cluster: Cluster,
  index: string,
  batch: Documents,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<BulkOutcome> {
  // The batch sender retries by itself, and counts it.
  const retryable = false;
  const query = cluster.serverless ? SERVERLESS_QUERY : QUERY;
  const request = { method: 'POST', path: `/${index}/_bulk`, body: batch.data, query, retryable } as const;
  try {
    const { status, body } = await cluster.request({
      ...request,
      accept: PASSING,
      timeoutMs,
      maxAnswerBytes: answerBytes(batch.documents),
      signal,
    });
    if (status === 200) return readBulkAnswer(body, batch.documents, { url: cluster.url, index });
    if (status === TOO_LARGE) return { type: 'too-large' };
    const { type, reason } = reasonIn(body);
    if (limitAdvice(type, reason) !== undefined)
      throw answerError({ ...request, connection: { url: cluster.url }, status, body });
    const trouble = {
      reason: reason || `HTTP ${status}`,
      busy: isBusy(status),
      blocked: isBlock(type, reason),
    };
    return { type: 'failed', trouble };
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError) || error.transient === undefined) throw error;
    const blocked = error.transient === 'unblocked';
    const reason = blocked ? String(error.values['reason']) : error.message;
    return { type: 'failed', trouble: { reason, busy: false, blocked } };
  }
}
