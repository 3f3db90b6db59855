// What is trusted when a server presents its certificate: authorities, one certificate by its SHA-256, or anything.

import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { AppError } from '../../errors/app-error.ts';
import { CA_MB, readTextFile } from '../files/text-file.ts';
import { addressOf } from './address.ts';
import { type ClientCertificate, clientCertificate } from './client-certificate.ts';
import { connectionError } from './connection-errors.ts';
import { type HandshakeRequest, handshake } from './tls-probe.ts';
import type { Connection } from './types.ts';

/** Options of node:tls. */
export interface TlsOptions extends ClientCertificate {
  readonly ca?: string;
  readonly rejectUnauthorized: boolean;
  /** Ends the chain at an intermediate authority that is trusted. */
  readonly allowPartialTrustChain?: boolean;
  readonly checkServerIdentity?: typeof checkServerIdentity;
}

/** How the certificate is fetched, and until when. */
type Way = Pick<HandshakeRequest, 'via' | 'signal'>;

function authorities(caFile: string): string {
  const ca = readTextFile(caFile, CA_MB);
  if (!ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw new AppError('file-unreadable', { file: caFile, reason: 'it holds no certificate in PEM' });
  }
  return ca;
}

/**
 * Options that trust this certificate and no other: it takes the place of the authorities, so that its dates are still
 * checked. It stands for the host, too, whatever names it lists; one that it has signed does not. Throws AppError `certificate-changed` when it is not the one that is trusted.
 */
export function trustOnly(certificate: PeerCertificate, connection: Connection): TlsOptions {
  const { fingerprint256: fingerprint, raw } = certificate;
  if (fingerprint !== connection.fingerprint) {
    const { address } = addressOf(connection);
    throw new AppError('certificate-changed', {
      address,
      fingerprint,
      trusted: connection.fingerprint ?? '',
    });
  }
  return {
    ca: new X509Certificate(raw).toString(),
    rejectUnauthorized: true,
    allowPartialTrustChain: true,
    checkServerIdentity: (host, shown) =>
      shown.fingerprint256 === fingerprint ? undefined : checkServerIdentity(host, shown),
  };
}

/**
 * Options of node:tls for a connection. A fingerprint cannot be used as a CA, so the certificate is fetched first,
 * in one handshake. Throws the signal's reason, AppError `file-unreadable` for a file, `client-certificate`, `certificate-changed`, or why the handshake failed.
 */
export async function tlsOptions(connection: Connection, way: Way = {}): Promise<TlsOptions> {
  return { ...clientCertificate(connection), ...(await trustOptions(connection, way)) };
}

async function trustOptions(connection: Connection, { via, signal }: Way): Promise<TlsOptions> {
  const { url, caFile, insecure, fingerprint } = connection;
  if (insecure) return { rejectUnauthorized: false };
  if (fingerprint && url.startsWith('https:')) {
    const { host, port } = addressOf(connection);
    const trust = clientCertificate(connection);
    const shown = await handshake({ host, port, via, trust, signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw connectionError(error, connection);
    });
    return trustOnly(shown.certificate, connection);
  }
  return caFile ? { ca: authorities(caFile), rejectUnauthorized: true } : { rejectUnauthorized: true };
}
