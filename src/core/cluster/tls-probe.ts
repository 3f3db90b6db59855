// One TLS handshake, to learn whether a port speaks TLS and whose certificate it shows.

import { once } from 'node:events';
import { type ConnectionOptions, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { plainWords } from '../../text/plain-text.ts';
import { within } from '../async/within.ts';
import { isNumeric } from './address.ts';
import { openTunnel } from './http-proxy.ts';
import { PROBE_TIMEOUT_MS } from './types.ts';

export interface Handshake {
  /** "TLSv1.3". */
  readonly protocol: string;
  readonly certificate: PeerCertificate;
  /** Why the certificate is not trusted, as Node's error code; undefined when it is. */
  readonly distrust?: string;
}

export interface HandshakeRequest {
  readonly host: string;
  readonly port: number;
  /** Whom to trust instead of this machine's authorities, and the certificate of this side. */
  readonly trust?: Omit<ConnectionOptions, 'host' | 'port' | 'socket' | 'rejectUnauthorized'>;
  readonly signal?: AbortSignal | undefined;
  /** The proxy in between, if any. */
  readonly via?: URL | undefined;
  /** @default 10000 */
  readonly timeoutMs?: number | undefined;
}

/**
 * Shakes hands without sending anything. Rejects with Node's error when the port does not speak TLS, with code
 * `TIMEOUT` when it stays silent, with the signal's reason when aborted.
 */
export async function handshake(request: HandshakeRequest): Promise<Handshake> {
  const { host, port, trust = {}, signal, via, timeoutMs = PROBE_TIMEOUT_MS } = request;
  const way = via ? { socket: await openTunnel(via, { host, port }, { signal, timeoutMs }) } : { host, port };
  // The verdict on the certificate is read below; nothing is sent to a server that fails it.
  const options = { ...trust, ...way, rejectUnauthorized: false };
  const socket = connect(isNumeric(host) ? options : { ...options, servername: host });
  // An error that comes after the answer would end the program.
  socket.on('error', () => {});
  try {
    await within(timeoutMs, (stop) => once(socket, 'secureConnect', { signal: stop }), signal);
    return result(socket);
  } finally {
    socket.destroy();
  }
}

function result(socket: TLSSocket): Handshake {
  // A string with the error's code, although the type is Error.
  const distrust = socket.authorized ? undefined : String(socket.authorizationError);
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    certificate: socket.getPeerCertificate(),
    ...(distrust === undefined ? {} : { distrust }),
  };
}

/** What a person needs to know to trust a certificate, or not. */
export function certificateFacts({
  subject,
  subjectaltname,
  valid_from,
  valid_to,
  fingerprint256,
}: PeerCertificate) {
  const names = subjectaltname?.replaceAll('DNS:', '').replaceAll('IP Address:', '');
  return {
    subject: plainWords(String(subject?.CN ?? 'no name')),
    names: plainWords(names ?? String(subject?.CN ?? 'none')),
    validFrom: valid_from,
    validTo: valid_to,
    fingerprint: fingerprint256,
  };
}
