// The one door to a cluster: requests with a time limit and a signal, failures as errors a person can act on.

import type { IncomingMessage } from 'node:http';
import type { ClientOptions } from '@opensearch-project/opensearch';
import { AppError } from '../../errors/app-error.ts';
import { within } from '../async/within.ts';
import type { Environment } from '../directories.ts';
import { MAX_ANSWER_BYTES, parsedBody, readBody } from './answer-body.ts';
import { awsSigning } from './aws.ts';
import { careful, wasIdleTooLong } from './client-connection.ts';
import { compressed, compresses } from './compression.ts';
import { connectionError } from './connection-errors.ts';
import { assertPrivate, authorization } from './credentials.ts';
import { forwarding, proxyFor } from './http-proxy.ts';
import type { ClusterAnswer, ClusterRequest } from './request.ts';
import { type Serverless, serverlessOf } from './serverless.ts';
import { tlsOptions } from './trust.ts';
import type { Connection } from './types.ts';
import { usableAnswer } from './usable-answer.ts';

export interface Cluster {
  /** The origin that requests go to. */
  readonly url: string;
  /** Present for a Serverless collection, which knows only part of the requests. */
  readonly serverless?: Serverless | undefined;
  /**
   * Rejects with an AppError, or with the signal's reason when it was aborted. Nothing is retried, except after a
   * connection that was closed while idle, and no redirect is followed.
   */
  request(request: ClusterRequest): Promise<ClusterAnswer>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 30_000;

/**
 * Prepares a cluster for requests; nothing is sent yet, except that a certificate to be compared with a fingerprint is
 * fetched, until the signal fires. `env` is read for AWS keys and a proxy. Throws AppError `aws-keys-missing` or
 * `secret-over-http`, or what tlsOptions throws.
 */
export async function openCluster(
  connection: Connection,
  env: Environment,
  signal?: AbortSignal,
): Promise<Cluster> {
  assertPrivate(connection);
  const via = proxyFor(connection, env);
  const [{ Client, Connection: Plain }, signing, tls] = await Promise.all([
    import('@opensearch-project/opensearch'),
    awsSigning(connection, env),
    tlsOptions(connection, { via, signal }),
  ]);
  const { url, nodes = [] } = connection;
  const options: ClientOptions = {
    ...(nodes.length > 0 ? { nodes: [url, ...nodes] } : { node: url }),
    maxRetries: 0,
    resurrectStrategy: 'none',
    ssl: tls,
    ...(via && !forwarding(via, url) ? { proxy: via } : {}),
    ...signing,
    Connection: careful(signing?.Connection ?? Plain, via),
    ...authorization(connection),
  };
  const client = new Client(options);
  const serverless = serverlessOf(connection);
  const zips = compresses(connection);
  return {
    url,
    serverless,
    request: async (request) => {
      const { body } = request;
      if (!Buffer.isBuffer(body))
        return send(client.transport, connection, zips ? asZipped(request) : request);
      if (serverless) serverless.written = true;
      const ready = zips ? { ...request, body: await compressed(body), gzipped: true } : request;
      return send(client.transport, connection, ready);
    },
    close: () => client.close(),
  };
}

type Transport = InstanceType<typeof import('@opensearch-project/opensearch').Client>['transport'];

/** Up to as many connections as there were requests at once may have been idle for too long. */
const MAX_TRIES = 8;

/** A request as it is sent. */
interface ReadyRequest extends ClusterRequest {
  readonly gzipped?: boolean;
}

/** The request, with a long answer compressed. */
const asZipped = (request: ClusterRequest): ClusterRequest =>
  request.bytes ? { ...request, headers: { ...request.headers, 'accept-encoding': 'gzip' } } : request;

async function send(
  transport: Transport,
  connection: Connection,
  request: ReadyRequest,
): Promise<ClusterAnswer> {
  const { signal, timeoutMs = TIMEOUT_MS, retryable = true } = request;
  for (let tries = 1; ; tries++) {
    try {
      return usableAnswer(await sendOnce(transport, request, timeoutMs), connection, request);
    } catch (error) {
      if (error instanceof AppError) throw error;
      signal?.throwIfAborted();
      if (retryable && tries < MAX_TRIES && wasIdleTooLong(error)) continue;
      throw connectionError(error, connection, { seconds: Math.round(timeoutMs / 1000) });
    }
  }
}

/** Whatever an index may be called and a request line may not hold; the client throws out of reach at such a path. */
const encoded = (path: string) => path.replace(/[^!-$&-~]/gu, encodeURIComponent);

/** Rejects with the client's error, one with the code `TIMEOUT`, or the signal's reason. */
function sendOnce(
  transport: Transport,
  {
    method,
    path,
    body,
    query,
    headers: given,
    signal,
    gzipped,
    bytes,
    maxAnswerBytes = MAX_ANSWER_BYTES,
  }: ReadyRequest,
  timeoutMs: number,
): Promise<ClusterAnswer> {
  const parameters = {
    method,
    path: encoded(path),
    ...(Buffer.isBuffer(body) ? { bulkBody: body } : body === undefined ? {} : { body }),
  };
  const options = {
    maxRetries: 0,
    // The body is read here, up to a limit; which statuses are errors is decided here too.
    asStream: true,
    // The client's own timeout does not cover reading the answer, so `within` ends the request before it.
    requestTimeout: timeoutMs * 2,
    ...(query === undefined ? {} : { querystring: query }),
    headers: { ...given, ...(gzipped ? { 'content-encoding': 'gzip' } : {}) },
  };
  const work = async (stop: AbortSignal) => {
    const pending = transport.request(parameters, options);
    // Returns nothing: a listener's promise that rejects would end the program.
    stop.addEventListener('abort', () => {
      pending.abort();
    });
    const { statusCode, body: response, headers } = await pending;
    const status = statusCode ?? 0;
    const read = await readBody(response as unknown as IncomingMessage, maxAnswerBytes);
    if (method === 'HEAD') return { status, body: status < 400, headers: headers ?? {} };
    if (read === undefined || (bytes && status < 300)) return { status, body: read, headers: headers ?? {} };
    return {
      status,
      body: parsedBody(read.toString('utf8'), headers?.['content-type']),
      headers: headers ?? {},
    };
  };
  return within(timeoutMs, work, signal);
}
