// A refusing answer of the cluster, as an error a person can act on.

import { AppError } from '../../errors/app-error.ts';
import { plainWords } from '../../text/plain-text.ts';
import { addressOf } from './address.ts';
import { signatureProblem } from './aws.ts';
import { signInName, signsIn } from './credentials.ts';
import type { Connection } from './types.ts';

export interface ErrorAnswer {
  readonly connection: Connection;
  readonly status: number;
  readonly body: unknown;
  readonly method: string;
  readonly path: string;
}

interface ErrorBody {
  readonly type?: string;
  readonly reason?: string;
  readonly root_cause?: readonly { readonly type?: string; readonly reason?: string }[];
}

/** Type and reason of OpenSearch's error body; proxies and AWS answer with a text or a `message`. */
export function reasonIn(body: unknown): { type: string; reason: string } {
  const { error, message, Message } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  if (typeof error === 'object' && error !== null) {
    const { type = '', reason = '', root_cause: [root = {}] = [] } = error as ErrorBody;
    return { type: root.type ?? type, reason: plainWords(root.reason || reason || type) };
  }
  const text = [error, message, Message, body].find((candidate) => typeof candidate === 'string') ?? '';
  return {
    type: '',
    reason: plainWords(String(text).replace(/<[^>]*>/g, ' ')),
  };
}

/** The index a path is about, or what to call it when there is none. */
function indexIn(path: string): string {
  const [first = ''] = path.replace(/^\//, '').split(/[/?]/);
  return first === '' || first.startsWith('_') ? 'the index' : decodeURIComponent(first);
}

/** Overloaded, or not there behind a proxy: both may pass. */
const BUSY_OR_AWAY = [429, 502, 503, 504];

/** The AppError for a status of 400 or more. */
export function answerError({ connection, status, body, method, path }: ErrorAnswer): AppError {
  const { address } = addressOf(connection);
  const { type, reason } = reasonIn(body);
  const user = signInName(connection);
  const index = indexIn(path);
  const request = `${method} ${path.split('?')[0]}`;
  if (type.endsWith('_block_exception')) return new AppError('writes-blocked', { index, reason });
  if (status === 401) {
    return signsIn(connection)
      ? new AppError('sign-in-refused', { address, user, token: connection.token !== undefined })
      : new AppError('sign-in-missing', { address });
  }
  const unsigned = status === 403 ? signatureProblem(connection, address, reason) : undefined;
  if (unsigned) return unsigned;
  if (status === 403) return new AppError('forbidden', { address, user, index, action: reason || request });
  if (type === 'index_not_found_exception') return new AppError('index-missing', { address, index });
  if (type === 'invalid_index_name_exception') return new AppError('index-name', { index, reason });
  if (type === 'resource_already_exists_exception') {
    return new AppError('index-exists', {
      index,
      documents: 'some',
      origin: 'just created by another program',
      alone: true,
    });
  }
  if (BUSY_OR_AWAY.includes(status)) return new AppError('cluster-starting', { address, status });
  return new AppError('request-failed', { request, reason: reason || `HTTP ${status}` });
}
