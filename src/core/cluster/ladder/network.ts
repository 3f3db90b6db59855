// The lower rungs: is the name known, is the port open, does it speak TLS, is the certificate trusted.

import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { AppError } from '../../../errors/app-error.ts';
import { within } from '../../async/within.ts';
import { type Address, isNumeric } from '../address.ts';
import { clientCertificate } from '../client-certificate.ts';
import { codeOf, connectionError } from '../connection-errors.ts';
import { type Answer, exchange, jsonOf } from '../http-exchange.ts';
import { forwarding, openTunnel, proxyFailed, proxyName, refusedWith } from '../http-proxy.ts';
import { isRedirect, redirectError } from '../redirect.ts';
import { certificateFacts, type Handshake, handshake } from '../tls-probe.ts';
import { type TlsOptions, trustOnly } from '../trust.ts';
import type { Connection } from '../types.ts';

/** How long a port that is not HTTP may take to say who it is. */
const BANNER_MS = 500;

/** What the lower rungs look at, and how long. */
export interface Probe {
  readonly address: Address;
  readonly connection: Connection;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The AppError for Node's error, with the time that was waited. */
const failureOf = (error: unknown, { connection, timeoutMs }: Probe) =>
  connectionError(error, connection, { seconds: timeoutMs / 1000 });

/** The addresses of the host, or a phrase when it is one already. Throws AppError `name-unknown` or `dns-failed`. */
export async function resolveName(probe: Probe): Promise<string> {
  const { timeoutMs, signal } = probe;
  const { host, via } = probe.address;
  // Behind a proxy it is the proxy that looks the name up.
  if (via) return `left to the proxy ${proxyName(via)}`;
  if (isNumeric(host)) return 'an address, no name to look up';
  try {
    const found = await within(timeoutMs, () => lookup(host, { all: true }), signal);
    return found.map(({ address }) => address).join(', ');
  } catch (error) {
    signal?.throwIfAborted();
    if (codeOf(error) === 'TIMEOUT') throw new AppError('dns-failed', { host });
    throw failureOf(error, probe);
  }
}

/** Opens the port and closes it again. Throws AppError `connection-refused` or `unreachable`. */
export async function openPort(probe: Probe): Promise<void> {
  const { connection, timeoutMs, signal } = probe;
  const { host, port, address, via } = probe.address;
  // Such a proxy is tested by the first request.
  if (forwarding(via, connection.url)) return;
  if (via) return void (await openTunnel(via, { host, port }, { signal, timeoutMs })).destroy();
  const socket = connect({ host, port });
  // An error that comes after the time is up would end the program.
  socket.on('error', () => {});
  try {
    await within(timeoutMs, (stop) => once(socket, 'connect', { signal: stop }), signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (codeOf(error) === 'TIMEOUT') throw new AppError('unreachable', { address });
    throw failureOf(error, probe);
  } finally {
    socket.destroy();
  }
}

/** True when the port answers a TLS handshake. */
async function speaksTls({ address: { host, port, via }, timeoutMs, signal }: Probe): Promise<boolean> {
  return handshake({ host, port, via, timeoutMs, signal }).then(
    () => true,
    () => false,
  );
}

/**
 * Asks a plain-http address once, without a sign-in. Resolves to the error when it speaks TLS instead; throws what
 * else is wrong: AppError `port-silent`, `connection-dropped`, `not-http`.
 */
export async function probePlainHttp(probe: Probe): Promise<AppError | undefined> {
  const { address, connection, timeoutMs, signal } = probe;
  const wantsHttps = () =>
    new AppError('wants-https', { address: address.address, otherUrl: address.otherUrl });
  try {
    const answer = await exchange({ url: connection.url, via: address.via, timeoutMs, signal });
    const { status, headers } = answer;
    if (address.via && isFromProxy(answer)) throw proxyFailed(address.via, address, refusedWith(status));
    const redirect = isRedirect(status) ? redirectError(connection, status, headers.location) : undefined;
    if (redirect?.code === 'wants-https') return redirect;
    // A proxy that wants TLS may say so with 400 in plain http.
    return status === 400 && (await speaksTls(probe)) ? wantsHttps() : undefined;
  } catch (error) {
    signal?.throwIfAborted();
    const failure = failureOf(error, probe);
    if (failure.code === 'port-silent' || failure.code === 'proxy-failed') throw failure;
    if (await speaksTls(probe)) return wantsHttps();
    throw failure.code === 'not-http' ? notHttp(address, await banner(probe)) : failure;
  }
}

/** A proxy refuses with a page; OpenSearch and what stands in front of it answer with JSON. */
const isFromProxy = (answer: Answer) =>
  answer.status === 407 || ([403, 502, 503, 504].includes(answer.status) && jsonOf(answer) === undefined);

/** Shakes hands. Throws AppError `speaks-http`, `not-http`, `port-silent`, `tls-failed` or `connection-dropped`. */
export async function shakeHands(probe: Probe, trust: TlsOptions): Promise<Handshake> {
  const { address, timeoutMs, signal } = probe;
  const { host, port, via } = address;
  try {
    return await handshake({ host, port, via, trust, timeoutMs, signal });
  } catch (error) {
    signal?.throwIfAborted();
    const failure = failureOf(error, probe);
    if (failure.code === 'port-silent') throw failure;
    const plain = await exchange({ url: address.otherUrl, via, timeoutMs, signal }).then(
      () => undefined,
      (problem: unknown) => failureOf(problem, probe),
    );
    signal?.throwIfAborted();
    if (plain === undefined)
      throw new AppError('speaks-http', { address: address.address, otherUrl: address.otherUrl });
    throw plain.code === 'not-http' ? notHttp(address, await banner(probe)) : failure;
  }
}

/**
 * Whether the shown certificate may be trusted, in a phrase. Throws AppError `certificate-untrusted`,
 * `certificate-name`, `certificate-expired` or `certificate-changed`, each with the certificate's facts.
 */
export async function judgeTrust(hands: Handshake, probe: Probe): Promise<string> {
  const { connection } = probe;
  if (!connection.fingerprint) return judgeCertificate(hands, connection);
  // As its own authority it is judged by everything else: its dates.
  const again = await shakeHands(probe, {
    ...clientCertificate(connection),
    ...trustOnly(hands.certificate, connection),
  });
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
  const cause = new Error(begins === '' ? 'it sends nothing by itself' : `it begins with ${begins}`);
  return new AppError('not-http', { address, begins }, { cause });
}

/** The first bytes that a port sends by itself, such as "SSH-2.0-OpenSSH_9.2"; empty when it waits for us. */
async function banner({ address: { host, port, via }, signal }: Probe): Promise<string> {
  if (via) return '';
  const socket = connect({ host, port });
  socket.on('error', () => {});
  try {
    const [data] = await within(BANNER_MS, (stop) => once(socket, 'data', { signal: stop }), signal);
    return (data as Buffer)
      .toString('latin1')
      .replace(/[^ -~]+/g, ' ')
      .trim()
      .slice(0, 40);
  } catch {
    signal?.throwIfAborted();
    return '';
  } finally {
    socket.destroy();
  }
}
