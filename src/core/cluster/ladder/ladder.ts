// The connection ladder: from DNS to disk space, rung by rung, up to the first that fails.

import { type AppError, asAppError } from '../../../errors/app-error.ts';
import type { Environment } from '../../directories.ts';
import { STORED_TRANSACTIONS } from '../../documents/transactions.ts';
import { addressOf } from '../address.ts';
import { answerError } from '../answer-errors.ts';
import { type Cluster, openCluster } from '../client.ts';
import { clientCertificate } from '../client-certificate.ts';
import { signsIn } from '../credentials.ts';
import { proxyFor } from '../http-proxy.ts';
import { tlsOptions } from '../trust.ts';
import { type Connection, type LadderStep, PROBE_TIMEOUT_MS, type Rung } from '../types.ts';
import { checkSpace } from './capacity.ts';
import { judgeTrust, openPort, type Probe, probePlainHttp, resolveName, shakeHands } from './network.ts';
import { recognize } from './product.ts';
import { checkRights } from './rights.ts';
import type { Finding } from './rung.ts';

export interface LadderOptions {
  /** The index that will be written. @default that of the transactions */
  readonly index?: string;
  /** Read for AWS keys and a proxy. */
  readonly environment?: Environment;
  /** For each question. @default 10000 */
  readonly timeoutMs?: number;
  /** False to end before credentials would be sent, where there are any. @default true */
  readonly signIn?: boolean;
}

/** Why a rung of a Serverless collection is skipped. */
export const NOT_REPORTED = 'not reported by Serverless';

const SIGN_IN: readonly AppError['code'][] = [
  'sign-in-missing',
  'sign-in-refused',
  'forbidden',
  'aws-keys-missing',
  'aws-keys-refused',
  'clock-skew',
];

/**
 * Tries the rungs from the name to the disk: `checking` for each, then `ok`, `skipped` or `failed` with the error. Ends
 * after the first failed rung, and silently when the signal fires. Nothing is written; credentials are sent only to a
 * port whose certificate has passed.
 */
export async function* climbLadder(
  connection: Connection,
  signal?: AbortSignal,
  options: LadderOptions = {},
): AsyncGenerator<LadderStep> {
  const { index = STORED_TRANSACTIONS.index, environment = {}, timeoutMs = PROBE_TIMEOUT_MS } = options;
  const { signIn = true } = options;
  const run = new LadderRun({ connection, index, environment, timeoutMs, signal, signIn });
  try {
    yield* run.rungs();
  } catch (error) {
    if (signal?.aborted) return;
    yield run.failed(asAppError(error));
  }
}

const ok = (detail: string): Finding => ({ state: 'ok', detail });
const skipped = (detail: string): Finding => ({ state: 'skipped', detail });

interface LadderRequest {
  readonly connection: Connection;
  readonly index: string;
  readonly environment: Environment;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly signIn: boolean;
}

/** Remembers the current rung, so that whatever is thrown becomes a failure of that rung. */
class LadderRun {
  readonly #request: LadderRequest;
  #rung: Rung = 'name';
  #since = 0;

  constructor(request: LadderRequest) {
    this.#request = request;
  }

  async *rungs(): AsyncGenerator<LadderStep> {
    const { connection, environment, timeoutMs, signal, signIn } = this.#request;
    const address = { ...addressOf(connection), via: proxyFor(connection, environment) };
    const probe: Probe = { address, connection, timeoutMs, signal };
    yield* this.#lower(probe);
    if (!signIn && signsIn(connection)) return;
    yield this.#step('sign-in');
    const cluster = await openCluster(connection, environment, signal);
    try {
      yield* cluster.serverless ? this.#serverless(cluster) : this.#upper(cluster);
    } finally {
      await cluster.close();
    }
  }

  /** Name, port, TLS and trust. */
  async *#lower(probe: Probe): AsyncGenerator<LadderStep> {
    const { address, connection } = probe;
    yield this.#step('name');
    yield this.#done(ok(await resolveName(probe)));

    yield this.#step('port');
    await openPort(probe);
    const wantsHttps = address.secure ? undefined : await probePlainHttp(probe);
    yield this.#done(ok(`${address.port} is open`));

    // A client certificate is a sign-in, and is part of the handshake.
    if (connection.clientCert !== undefined && !this.#request.signIn) return;
    yield this.#step('tls');
    if (wantsHttps !== undefined) throw wantsHttps;
    if (!address.secure) {
      yield this.#done(skipped('plain http'));
      yield this.#step('trust');
      yield this.#done(skipped('plain http'));
      return;
    }
    // What a fingerprint stands for is seen only now.
    const trust = connection.fingerprint
      ? { ...clientCertificate(connection), rejectUnauthorized: true }
      : await tlsOptions(connection, { via: address.via });
    const hands = await shakeHands(probe, trust);
    yield this.#done(ok(hands.protocol));
    yield this.#step('trust');
    yield this.#done(
      connection.insecure ? skipped('not checked (--insecure)') : ok(await judgeTrust(hands, probe)),
    );
  }

  /** Authentication, product, permissions and disk space. */
  async *#upper(cluster: Cluster): AsyncGenerator<LadderStep> {
    const { connection, index, timeoutMs, signal } = this.#request;
    const answer = await cluster.request({ method: 'GET', path: '/', accept: 'any', timeoutMs, signal });
    const verdict = recognized(answer, connection);
    if ('code' in verdict && SIGN_IN.includes(verdict.code)) throw verdict;
    yield this.#done(signedIn(connection));
    yield this.#step('product');
    if ('code' in verdict) throw verdict;
    yield this.#done(
      verdict.version === ''
        ? skipped('this user may not see its version')
        : ok(`OpenSearch ${verdict.version}, cluster ${verdict.name}`),
    );

    const context = { cluster, connection, index, timeoutMs, signal };
    yield this.#step('rights');
    yield this.#done(await checkRights(context));
    yield this.#step('space');
    yield this.#done(await checkSpace(context));
  }

  /** A collection reports neither its version nor its disks; only whether the index can be read is known. */
  async *#serverless(cluster: Cluster): AsyncGenerator<LadderStep> {
    const { connection, index, timeoutMs, signal } = this.#request;
    const head = { method: 'HEAD', path: `/${index}` } as const;
    const { status, body } = await cluster.request({ ...head, accept: 'any', timeoutMs, signal });
    if (status >= 400 && status !== 404) throw answerError({ connection, status, body, ...head });
    yield this.#done(signedIn(connection));
    for (const rung of ['product', 'rights', 'space'] as const) {
      yield this.#step(rung);
      yield this.#done(rung === 'rights' ? ok(`can read ${index}`) : skipped(NOT_REPORTED));
    }
  }

  failed(error: AppError): LadderStep {
    return { rung: this.#rung, state: 'failed', detail: error.message, ms: this.#elapsed(), error };
  }

  #step(rung: Rung): LadderStep {
    this.#rung = rung;
    this.#since = performance.now();
    return { rung, state: 'checking', detail: '', ms: 0 };
  }

  #done({ state, detail }: Finding): LadderStep {
    return { rung: this.#rung, state, detail, ms: this.#elapsed() };
  }

  #elapsed(): number {
    return Math.round(performance.now() - this.#since);
  }
}

function recognized(...[answer, connection]: Parameters<typeof recognize>) {
  try {
    return recognize(answer, connection);
  } catch (error) {
    return asAppError(error);
  }
}

function signedIn(connection: Connection): Finding {
  const { username, password, token, awsRegion } = connection;
  if (awsRegion) return ok(`signed for ${awsRegion}`);
  if (!signsIn(connection)) return skipped('no credentials given');
  if (token !== undefined) return ok('with a bearer token');
  return ok(
    username !== undefined && password !== undefined ? `as ${username}` : 'with a client certificate',
  );
}
