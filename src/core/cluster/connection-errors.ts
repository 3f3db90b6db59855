// Node's connection errors, turned into errors a person can act on.

import { AppError, type ErrorCode } from '../../errors/app-error.ts';
import type { ErrorValues } from '../../errors/entry.ts';
import { plainWords } from '../../text/plain-text.ts';
import { addressOf } from './address.ts';
import type { Connection } from './types.ts';

const UNTRUSTED: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here',
  CERT_UNTRUSTED: 'its authority is not trusted here',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
};

const OUT_OF_DATE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
};

const BY_CODE: Readonly<Record<string, ErrorCode>> = {
  ECONNREFUSED: 'connection-refused',
  ENOTFOUND: 'name-unknown',
  ENODATA: 'name-unknown',
  EAI_AGAIN: 'dns-failed',
  EAI_FAIL: 'dns-failed',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'unreachable',
  TIMEOUT: 'port-silent',
  ERR_SSL_WRONG_VERSION_NUMBER: 'speaks-http',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'speaks-http',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
  ECONNRESET: 'connection-dropped',
  ECONNABORTED: 'connection-dropped',
  EPIPE: 'connection-dropped',
};

/** Node's code of an error: of the error itself, of its cause, or read from its text. */
export function codeOf(error: unknown): string {
  const {
    code,
    cause,
    message = '',
  } = (error ?? {}) as { code?: unknown; cause?: unknown; message?: string };
  if (typeof code === 'string' && code !== '') return code;
  if (cause !== undefined) return codeOf(cause);
  if (/socket hang up|Response aborted|aborted while reading/.test(message)) return 'ECONNRESET';
  return '';
}

function kindOf(code: string, message: string): ErrorCode {
  if (code in UNTRUSTED) return 'certificate-untrusted';
  if (code in OUT_OF_DATE) return 'certificate-expired';
  if (code === 'EPROTO' && /wrong version number|packet length too long/.test(message)) return 'speaks-http';
  if (code.startsWith('HPE_')) return 'not-http';
  return (
    BY_CODE[code] ??
    (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')
      ? 'tls-failed'
      : 'connection-dropped')
  );
}

/** The readable part of OpenSSL's text: "…:ssl3_get_record:wrong version number:…". */
function reasonOf(code: string, message: string): string {
  const known = UNTRUSTED[code] ?? OUT_OF_DATE[code];
  const openssl = /error:[0-9A-F]+:[^:]*:[^:]*:([^:\n]+)/.exec(message)?.[1];
  return known ?? plainWords(openssl ?? message);
}

/** The names in an ERR_TLS_CERT_ALTNAME_INVALID error's certificate. */
function namesIn(error: unknown): string {
  const { cert } = (error ?? {}) as {
    cert?: { subjectaltname?: string; subject?: { CN?: string | string[] } };
  };
  const names =
    cert?.subjectaltname?.replaceAll('DNS:', '').replaceAll('IP Address:', '') ?? cert?.subject?.CN;
  return plainWords(String(names ?? 'none'));
}

/**
 * The error for a failed connection. `seconds` is how long was waited, for a timeout. The cause keeps Node's
 * own words, and nothing of the request.
 */
export function connectionError(
  error: unknown,
  connection: Pick<Connection, 'url'>,
  { seconds = 10, values = {} }: { seconds?: number; values?: ErrorValues } = {},
): AppError {
  if (error instanceof AppError) return error;
  const { address, host, otherUrl } = addressOf(connection);
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const cause = new Error(plainWords(code === '' || message.includes(code) ? message : `${code} ${message}`));
  const known = { address, host, otherUrl, seconds, reason: reasonOf(code, message), names: namesIn(error) };
  return new AppError(kindOf(code, message), { ...known, ...values }, { cause });
}
