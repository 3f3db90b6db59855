// The rung `rights`: who the security plugin says we are, and whether that user may look at the index.

import { AppError } from '../../../errors/app-error.ts';
import { plainWords, wordsOf } from '../../../text/plain-text.ts';
import { answerError } from '../answer-errors.ts';
import { ask, type Finding, type RungContext } from './rung.ts';

const texts = (value: unknown) => (Array.isArray(value) ? value.map((one) => wordsOf(one, 60)) : []);

/** Nothing is written to find out. Throws AppError `forbidden`. */
export async function checkRights(context: RungContext): Promise<Finding> {
  const { cluster, connection, index, signal } = context;
  const info = await ask(context, '/_plugins/_security/authinfo');
  const none: Finding = { state: 'skipped', detail: 'no security plugin' };
  // Someone who signed in may be forbidden to ask who they are, and everything else.
  if (info === undefined && connection.username === undefined) return none;
  const user = wordsOf(info?.['user_name']) || plainWords(connection.username ?? '');
  // Not HEAD, whose answer does not name the permission that is missing.
  const look = { method: 'GET', path: `/${index}` } as const;
  const { status, body } = await cluster.request({ ...look, accept: 'any', signal });
  if (status === 403) {
    const { code, values } = answerError({ connection, status, body, ...look });
    // A token or a certificate carries no user name; the security plugin knows it.
    throw new AppError(code, { ...values, ...(user === '' ? {} : { user }) });
  }
  if (info === undefined) return none;
  const roles = plainWords(texts(info['roles']).join(', '), 60);
  return { state: 'ok', detail: roles === '' ? user : `${user} with ${roles}` };
}
