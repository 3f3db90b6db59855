// A refusing answer of the cluster, as an error a person can act on. What the answer says decides before its status does.

import { AppError } from '../../errors/app-error.ts';
import { pageWords, wordsOf } from '../../text/plain-text.ts';
import { addressOf } from './address.ts';
import { fieldsOf, listOf, textOf } from './answer-shape.ts';
import { signatureProblem } from './aws.ts';
import { blockKind, passesByItself } from './block.ts';
import { signInName, signsIn } from './credentials.ts';
import { limitAdvice } from './limits.ts';
import { deniedAction } from './missing-permission.ts';
import type { Connection } from './types.ts';

export interface ErrorAnswer {
  readonly connection: Connection;
  readonly status: number;
  readonly body: unknown;
  readonly method: string;
  readonly path: string;
}

interface Reason {
  readonly type: string;
  readonly reason: string;
}

/** An error may stand in another one so many times. */
const MAX_DEPTH = 5;

const ownReason = (error: unknown): Reason => {
  const { type, reason } = fieldsOf(error);
  return { type: textOf(type), reason: wordsOf(reason) };
};

/** What an error was caused by, the deepest first: a search says so only there, and in the failures of its shards. */
function causes(error: unknown, depth = 0): Reason[] {
  const { caused_by: cause, failed_shards: shards } = fieldsOf(error);
  const inner = [
    cause,
    ...listOf(shards)
      .slice(0, 1)
      .map((shard) => shard['reason']),
  ];
  const known = inner.filter((one) => typeof one === 'object' && one !== null);
  if (depth >= MAX_DEPTH) return [];
  return known.flatMap((one) => [...causes(one, depth + 1), ownReason(one)]);
}

/** Type and reason of OpenSearch's error body; proxies and AWS answer with a text or a `message`. */
export function reasonIn(body: unknown): Reason {
  const { error, message, Message } = fieldsOf(body);
  if (typeof error === 'object' && error !== null) {
    const [root] = listOf(fieldsOf(error)['root_cause']).slice(0, 1).map(ownReason);
    const told = [root, ...causes(error), ownReason(error)].filter((one) => one !== undefined);
    const type = told.find((one) => one.type !== '')?.type ?? '';
    const reason = told.find((one) => one.reason !== '')?.reason ?? wordsOf(type);
    return { type, reason };
  }
  const text = [error, message, Message, body].find((candidate) => typeof candidate === 'string');
  return { type: '', reason: pageWords(textOf(text)) };
}

/** `GET /index/_count`, as errors name a request. */
export const requestName = (method: string, path: string) => `${method} ${path.split('?')[0]}`;

/** The AppError for an answer that is not what was requested. */
export function unreadableAnswer(
  { url }: Pick<Connection, 'url'>,
  { method, path }: { readonly method: string; readonly path: string },
  body: unknown,
): AppError {
  const begins = typeof body === 'string' ? pageWords(body, 80) : '';
  return new AppError('answer-unreadable', {
    address: addressOf({ url }).address,
    request: requestName(method, path),
    begins,
  });
}

/** The index a path is about; undefined when there is none. */
function indexIn(path: string): string | undefined {
  const [first = ''] = path.replace(/^\//, '').split(/[/?]/);
  return first === '' || first.startsWith('_') ? undefined : decodeURIComponent(first);
}

/** Overloaded, or not there behind a proxy: all of these may pass. From 520 on they are those of Cloudflare. */
const isBusyOrAway = (status: number) =>
  [408, 429, 502, 503, 504].includes(status) || (status >= 520 && status <= 530);

/** Why a name cannot be taken that a template keeps for data streams. */
export const DATA_STREAMS_ONLY = 'a template makes data streams of such names';

const NO_PERMISSION = /^no permissions? for/i;

/** Types of a cluster that is there and cannot work yet. */
const NOT_READY =
  /^(?:cluster_manager|master)_not_discovered|^process_cluster_event_timeout|^no_shard_available/;

/** The AppError for a status of 400 or more. */
export function answerError(answer: ErrorAnswer): AppError {
  const { connection, status, body, method, path } = answer;
  const told = reasonIn(body);
  const { address } = addressOf(connection);
  const request = requestName(method, path);
  if (status === 401) return signInError(connection, address);
  const known = byType(told, answer, address);
  if (known) return known;
  const unsigned = status === 403 ? signatureProblem(connection, address, told.reason) : undefined;
  if (unsigned) return unsigned;
  // With other statuses it is a plugin that fails or has not started.
  if (status === 403 || (told.type === 'security_exception' && NO_PERMISSION.test(told.reason)))
    return new AppError('forbidden', {
      ...{ address, user: signInName(connection), index: indexIn(path) },
      action: deniedAction(told.reason, request),
    });
  const { reason } = told;
  if (isBusyOrAway(status)) return new AppError('cluster-starting', { address, status, reason });
  return new AppError('request-failed', { request, reason: reason || `HTTP ${status}` });
}

function signInError(connection: Connection, address: string): AppError {
  const { token } = connection;
  return signsIn(connection)
    ? new AppError('sign-in-refused', { address, user: signInName(connection), token: token !== undefined })
    : new AppError('sign-in-missing', { address });
}

/** The AppError for an error whose type is known, whatever its status. */
function byType(
  { type, reason }: Reason,
  { status, method, path }: ErrorAnswer,
  address: string,
): AppError | undefined {
  const index = indexIn(path) ?? 'the index';
  if (NOT_READY.test(type) || (type.endsWith('_block_exception') && passesByItself(reason)))
    return new AppError('cluster-starting', { address, status, reason });
  if (type.endsWith('_block_exception'))
    return new AppError('writes-blocked', { index, reason, kind: blockKind(reason) });
  if (type === 'index_closed_exception')
    return new AppError('writes-blocked', { index, reason: 'it is closed', kind: 'closed' });
  if (/maximum (?:\[\w+\] )?shards open/.test(reason))
    return new AppError('writes-blocked', { index, reason, kind: 'shards' });
  if (type === 'index_not_found_exception') return new AppError('index-missing', { address, index });
  if (type === 'invalid_index_name_exception') return new AppError('index-name', { index, reason });
  if (/creates data streams only/.test(reason))
    return new AppError('index-name', { index, reason: DATA_STREAMS_ONLY });
  if (type === 'resource_already_exists_exception') {
    const origin = 'just created by another program';
    return new AppError('index-exists', { index, documents: 'some', origin, alone: true });
  }
  const advice = limitAdvice(type, reason);
  return advice === undefined
    ? undefined
    : new AppError('request-failed', { request: requestName(method, path), reason, advice });
}
