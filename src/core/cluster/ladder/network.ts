// The lower rungs: is the name known, is the port open, does it speak TLS, is the certificate trusted.

import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { AppError } from '../../../errors/app-error.ts';
import { type Address, isNumeric } from '../address.ts';
import { codeOf, connectionError } from '../connection-errors.ts';
import { exchange, PROBE_TIMEOUT_MS } from '../http-exchange.ts';
import { openTunnel, proxyName } from '../http-proxy.ts';
import { certificateFacts, type Handshake, handshake } from '../tls-probe.ts';
import { type TlsOptions, trustOnly } from '../trust.ts';
import type { Connection } from '../types.ts';

/** How long a port that is not HTTP may take to say who it is. */
const BANNER_MS = 500;

const late = () => Object.assign(new Error('no answer in time'), { code: 'TIMEOUT' });

/** Settles with the work, or rejects when the signal fires or the time is up. */
function within<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const settled = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const onAbort = () => {
      settled();
      reject(signal?.reason);
    };
    const timer = setTimeout(() => reject(late()), PROBE_TIMEOUT_MS);
    signal?.addEventListener('abort', onAbort);
    work.then(resolve, reject).finally(settled);
  });
}

/** The addresses of the host, or a phrase when it is one already. Throws AppError `name-unknown` or `dns-failed`. */
export async function resolveName(
  { host, via }: Address,
  connection: Connection,
  signal?: AbortSignal,
): Promise<string> {
  // Behind a proxy it is the proxy that looks the name up.
  if (via) return `left to the proxy ${proxyName(via)}`;
  if (isNumeric(host)) return 'an address, no name to look up';
  try {
    const found = await within(lookup(host, { all: true }), signal);
    return found.map(({ address }) => address).join(', ');
  } catch (error) {
    signal?.throwIfAborted();
    if (codeOf(error) === 'TIMEOUT') throw new AppError('dns-failed', { host });
    throw connectionError(error, connection);
  }
}

/** Opens the port and closes it again. Throws AppError `connection-refused` or `unreachable`. */
export async function openPort(
  { host, port, address, via }: Address,
  connection: Connection,
  signal?: AbortSignal,
) {
  if (via) return void (await openTunnel(via, { host, port }, signal)).destroy();
  const socket = connect({ host, port });
  try {
    await within(
      new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('error', reject);
      }),
      signal,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (codeOf(error) === 'TIMEOUT') throw new AppError('unreachable', { address });
    throw connectionError(error, connection);
  } finally {
    socket.destroy();
  }
}

/** True when the port answers a TLS handshake. */
async function speaksTls({ host, port, via }: Address, signal?: AbortSignal): Promise<boolean> {
  return handshake({ host, port, via, signal }).then(
    () => true,
    () => false,
  );
}

/**
 * Asks a plain-http address once, without a sign-in. Resolves to the error when it speaks TLS instead; throws what
 * else is wrong: AppError `port-silent`, `connection-dropped`, `not-http`.
 */
export async function probePlainHttp(
  address: Address,
  connection: Connection,
  signal?: AbortSignal,
): Promise<AppError | undefined> {
  const wantsHttps = (otherUrl = address.otherUrl) =>
    new AppError('wants-https', { address: address.address, otherUrl });
  try {
    const { status, headers } = await exchange({ url: connection.url, via: address.via, signal });
    if (status >= 300 && status < 400 && headers.location?.startsWith('https:')) {
      return wantsHttps(new URL(headers.location).origin);
    }
    // A proxy that wants TLS may say so with 400 in plain http.
    return status === 400 && (await speaksTls(address, signal)) ? wantsHttps() : undefined;
  } catch (error) {
    signal?.throwIfAborted();
    const failure = connectionError(error, connection);
    if (failure.code === 'port-silent') throw failure;
    if (await speaksTls(address, signal)) return wantsHttps();
    throw failure.code === 'not-http' ? notHttp(address, await banner(address, signal)) : failure;
  }
}

/** Shakes hands. Throws AppError `speaks-http`, `not-http`, `port-silent`, `tls-failed` or `connection-dropped`. */
export async function shakeHands(
  address: Address,
  connection: Connection,
  trust: TlsOptions,
  signal?: AbortSignal,
): Promise<Handshake> {
  try {
    return await handshake({ host: address.host, port: address.port, via: address.via, trust, signal });
  } catch (error) {
    signal?.throwIfAborted();
    const failure = connectionError(error, connection);
    if (failure.code === 'port-silent') throw failure;
    const plain = await exchange({ url: address.otherUrl, via: address.via, signal }).then(
      () => undefined,
      (problem: unknown) => connectionError(problem, connection),
    );
    signal?.throwIfAborted();
    if (plain === undefined)
      throw new AppError('speaks-http', { address: address.address, otherUrl: address.otherUrl });
    throw plain.code === 'not-http' ? notHttp(address, await banner(address, signal)) : failure;
  }
}

/**
 * Whether the shown certificate may be trusted, in a phrase. Throws AppError `certificate-untrusted`,
 * `certificate-name`, `certificate-expired` or `certificate-changed`, each with the certificate's facts.
 */
export async function judgeTrust(
  hands: Handshake,
  address: Address,
  connection: Connection,
  signal?: AbortSignal,
): Promise<string> {
  if (!connection.fingerprint) return judgeCertificate(hands, connection);
  // As its own authority it is judged by everything else: names and dates.
  const again = await shakeHands(address, connection, trustOnly(hands.certificate, connection), signal);
  return `${judgeCertificate(again, connection)}; trusted by its SHA-256`;
}

/** Throws AppError `certificate-untrusted`, `certificate-name` or `certificate-expired` with the certificate's facts. */
function judgeCertificate({ distrust, certificate }: Handshake, connection: Connection): string {
  const values = certificateFacts(certificate);
  if (distrust === undefined) return `${values.subject}, valid until ${values.validTo}`;
  const problem = Object.assign(new Error(distrust), { code: distrust });
  throw connectionError(problem, connection, { values });
}

function notHttp({ address }: Address, begins: string): AppError {
  const cause = new Error(begins === '' ? 'it says nothing of its own' : `it begins with ${begins}`);
  return new AppError('not-http', { address, begins }, { cause });
}

/** The first bytes that a port sends by itself, such as "SSH-2.0-OpenSSH_9.2"; empty when it waits for us. */
async function banner({ host, port, via }: Address, signal?: AbortSignal): Promise<string> {
  if (via) return '';
  const socket = connect({ host, port });
  const first = new Promise<string>((resolve) => {
    socket.once('data', (data) =>
      resolve(
        data
          .toString('latin1')
          .replace(/[^ -~]+/g, ' ')
          .trim()
          .slice(0, 40),
      ),
    );
    socket.once('error', () => resolve(''));
    socket.setTimeout(BANNER_MS, () => resolve(''));
  });
  try {
    return await within(first, signal);
  } finally {
    socket.destroy();
  }
}
