// An answer that leads elsewhere. It is never followed: what is sent with a request is meant for one address only.
import { AppError } from '../../errors/app-error.ts';
import { plainWords } from '../../text/plain-text.ts';
import { addressOf } from './address.ts';
import type { Connection } from './types.ts';

/** True for the statuses that name another address. */
export const isRedirect = (status: number) => status >= 300 && status < 400 && status !== 304;

/**
 * The AppError for such an answer: `wants-https` when it is the same host by https, else `redirected`, which names where it
 * leads, without the query (it may hold a token).
 */
export function redirectError(
  connection: Pick<Connection, 'url'>,
  status: number,
  location: unknown,
): AppError {
  const { address, host, secure } = addressOf(connection);
  const base = connection.url;
  const target =
    typeof location === 'string' && URL.canParse(location, base) ? new URL(location, base) : undefined;
  if (!secure && target?.protocol === 'https:' && target.hostname.replace(/^\[|\]$/g, '') === host)
    return new AppError('wants-https', { address, otherUrl: target.origin });
  const found =
    target === undefined ? 'an unnamed address' : plainWords(`${target.origin}${target.pathname}`, 200);
  return new AppError('redirected', { address, target: found, status });
}
