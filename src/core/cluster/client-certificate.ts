// The certificate that this side shows in a TLS handshake.
import { createSecureContext } from 'node:tls';
import { AppError } from '../../errors/app-error.ts';
import { CA_MB, readTextFile } from '../files/text-file.ts';
import type { Connection } from './types.ts';

/** Options of node:tls. */
export interface ClientCertificate {
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
}

const REASONS: readonly (readonly [code: RegExp, reason: string])[] = [
  [/BAD_DECRYPT|DECODE_ERROR|BAD_PASSWORD/, 'the passphrase of its key is wrong'],
  [/KEY_VALUES_MISMATCH|KEY_TYPE_MISMATCH/, 'its key belongs to another certificate'],
];

/** OpenSSL's codes in words; its own text may quote the file. */
function reasonOf(error: unknown): string {
  const { code = '' } = error as { code?: string };
  return REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? 'certificate or key is damaged';
}

/**
 * Options that show the client certificate of a connection; none where it has none. Throws AppError `file-unreadable`,
 * or `client-certificate` when certificate, key and passphrase do not fit together.
 */
export function clientCertificate(connection: Connection): ClientCertificate {
  const { clientCert, clientKey = clientCert, keyPassphrase: passphrase } = connection;
  if (clientCert === undefined || clientKey === undefined) return {};
  const failed = (reason: string) => new AppError('client-certificate', { file: clientCert, reason });
  const cert = readTextFile(clientCert, CA_MB);
  const key = clientKey === clientCert ? cert : readTextFile(clientKey, CA_MB);
  if (!cert.includes('-----BEGIN CERTIFICATE-----')) throw failed('it holds no certificate in PEM');
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key))
    throw failed(`${clientKey} holds no private key in PEM`);
  if (passphrase === undefined && key.includes('ENCRYPTED'))
    throw failed('its key is encrypted, and no passphrase is given');
  const options = { cert, key, ...(passphrase === undefined ? {} : { passphrase }) };
  try {
    createSecureContext(options);
  } catch (error) {
    throw failed(reasonOf(error));
  }
  return options;
}
