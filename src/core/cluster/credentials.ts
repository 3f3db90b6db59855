// What a connection signs in with: one kind in the Authorization header, and a certificate of its own beside it.
import { AppError } from '../../errors/app-error.ts';
import { addressOf, isLoopback } from './address.ts';
import type { Connection } from './types.ts';

/** What the header Authorization carries. */
export interface Authorization {
  readonly auth?: { readonly username: string; readonly password: string };
  readonly headers?: Readonly<Record<string, string>>;
}

/** Options of the OpenSearch client for a password or a bearer token; none where neither is given. */
export function authorization({ username, password, token }: Connection): Authorization {
  if (token !== undefined) return { headers: { authorization: `Bearer ${token}` } };
  return username !== undefined && password !== undefined ? { auth: { username, password } } : {};
}

const carriesSecret = (connection: Connection) => Object.keys(authorization(connection)).length > 0;

/** True when the other side learns who we are, in whatever way. */
export const signsIn = (connection: Connection): boolean =>
  carriesSecret(connection) || Boolean(connection.awsRegion) || connection.clientCert !== undefined;

/** Who the requests of a connection come from, as a sentence about a sign-in names it. */
export function signInName({ username, token, awsRegion, clientCert }: Connection): string {
  if (token !== undefined) return 'the bearer token';
  if (username !== undefined) return username;
  if (awsRegion) return 'these AWS credentials';
  return clientCert === undefined ? 'an anonymous user' : 'the client certificate';
}

/**
 * A password or token is sent in clear text over http. Throws AppError `secret-over-http` where it would leave this
 * machine, unless that was allowed. Signatures and certificates keep their secret to themselves.
 */
export function assertPrivate(connection: Connection): void {
  const { url, nodes = [], allowHttp } = connection;
  if (allowHttp || !carriesSecret(connection)) return;
  for (const each of [url, ...nodes]) {
    const { secure, host, address, otherUrl } = addressOf({ url: each });
    if (secure || isLoopback(host.toLowerCase())) continue;
    const what = connection.token === undefined ? 'password' : 'token';
    throw new AppError('secret-over-http', { address, what, otherUrl: nodes.length > 0 ? '' : otherUrl });
  }
}
