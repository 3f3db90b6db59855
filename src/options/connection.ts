// How a cluster is reached. Secrets stay in memory.
import type { Connection } from '../core/cluster/types.ts';
import type { Environment } from '../core/directories.ts';
import { CA_MB, readSecret, readTextFile } from '../core/files/text-file.ts';
import { AppError } from '../errors/app-error.ts';
import type { Settings } from './settings.ts';
import { nodesOf } from './values.ts';

/** What is known of a sign-in beside the settings; none of it is ever kept. */
export interface Secrets {
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  /** Of the client's key. */
  readonly keyPassphrase?: string | undefined;
}

/** The connection that these settings describe. */
export function connectionOf(settings: Settings, { password, token, keyPassphrase }: Secrets): Connection {
  return {
    ...nodesOf(settings.url),
    username: settings.username,
    password: password || undefined,
    token: token || undefined,
    clientCert: settings.clientCert,
    clientKey: settings.clientKey,
    keyPassphrase: keyPassphrase || undefined,
    caFile: settings.caFile,
    fingerprint: settings.fingerprint,
    insecure: settings.insecure,
    allowHttp: settings.allowHttp,
    awsRegion: settings.awsRegion,
    awsService: settings.awsRegion ? (settings.awsService ?? 'es') : undefined,
  };
}

/** A token as a header takes it, also where the word before it was copied, too; undefined for what no header can carry. */
export function bearerToken(text: string): string | undefined {
  const token = text.trim().replace(/^bearer +/i, '');
  return /^[!-~]+$/.test(token) ? token : undefined;
}

function readToken({ tokenFile }: Settings, environment: Environment): string | undefined {
  const given = tokenFile ? readSecret(tokenFile, '--token-file') : environment['OPENSEARCH_TOKEN'];
  if (!given?.trim()) return undefined;
  const token = bearerToken(given);
  if (token !== undefined) return token;
  const flag = tokenFile ? '--token-file' : 'OPENSEARCH_TOKEN';
  throw new AppError('parameter', {
    flag,
    problem: 'the value is not a bearer token, which has no spaces in it',
  });
}

/** Password, token and passphrase, from their files or the environment. Throws AppError `file-unreadable` or `parameter`. */
export function readSecrets(settings: Settings, environment: Environment): Secrets {
  const { passwordFile, clientKeyPassphraseFile: passphraseFile } = settings;
  const secret = (file: string | undefined, flag: string, variable: string) =>
    (file ? readSecret(file, flag) : environment[variable]) || undefined;
  return {
    password: secret(passwordFile, '--password-file', 'OPENSEARCH_PASSWORD'),
    token: readToken(settings, environment),
    keyPassphrase: secret(passphraseFile, '--client-key-passphrase-file', 'OPENSEARCH_CLIENT_KEY_PASSPHRASE'),
  };
}

/**
 * Throws AppError `credentials-mixed` when more than one of password, token and AWS signature is given, by flag or by
 * variable: which of them would count is anybody's guess. A client certificate goes with each of them.
 */
function assertOneKind(settings: Settings, environment: Environment): void {
  const given = (value: unknown, name: string) => (value ? name : undefined);
  const kinds = [
    given(settings.passwordFile, '--password-file') ??
      given(settings.username, 'a user name (--username or OPENSEARCH_USERNAME)') ??
      given(environment['OPENSEARCH_PASSWORD'], 'OPENSEARCH_PASSWORD'),
    given(settings.tokenFile, '--token-file') ?? given(environment['OPENSEARCH_TOKEN'], 'OPENSEARCH_TOKEN'),
    given(settings.awsRegion, '--aws-region'),
  ].filter((kind) => kind !== undefined);
  const [first, second] = kinds;
  if (second !== undefined) throw new AppError('credentials-mixed', { first: first ?? '', second });
}

/**
 * The connection with its secrets. Throws AppError `credentials-mixed`, `secret-over-http`, or `file-unreadable` for one
 * of its files.
 */
export function readConnection(settings: Settings, environment: Environment): Connection {
  if (!settings.local) assertOneKind(settings, environment);
  const connection = connectionOf(settings, readSecrets(settings, environment));
  if (settings.caFile) readTextFile(settings.caFile, CA_MB);
  return connection;
}
