// The connection ladder: from the name to the disk, rung by rung, up to the first that fails.

import { type AppError, asAppError } from '../../../errors/app-error.ts';
import type { Environment } from '../../directories.ts';
import { STORED_TRANSACTIONS } from '../../documents/transactions.ts';
import { addressOf } from '../address.ts';
import { answerError } from '../answer-errors.ts';
import { type Cluster, openCluster } from '../client.ts';
import { proxyFor } from '../http-proxy.ts';
import { tlsOptions } from '../trust.ts';
import type { Connection, LadderStep, Rung } from '../types.ts';
import { checkSpace } from './capacity.ts';
import { judgeTrust, openPort, probePlainHttp, resolveName, shakeHands } from './network.ts';
import { recognise } from './product.ts';
import { checkRights } from './rights.ts';
import type { Finding } from './rung.ts';

export interface LadderOptions {
  /** The index that will be written. @default that of the transactions */
  readonly index?: string;
  /** Read for AWS keys and a proxy. */
  readonly environment?: Environment;
}

const SIGN_IN: readonly AppError['code'][] = [
  'sign-in-missing',
  'sign-in-refused',
  'forbidden',
  'aws-keys-missing',
];

/**
 * Climbs, saying for each rung `checking` and then `ok`, `skipped` or `failed` with the error. Ends after the first
 * failed rung, and silently when the signal fires. Nothing is written; a sign-in is sent only to a port whose
 * certificate has passed. No single question waits longer than 10 s.
 */
export async function* climbLadder(
  connection: Connection,
  signal?: AbortSignal,
  { index = STORED_TRANSACTIONS.index, environment = {} }: LadderOptions = {},
): AsyncGenerator<LadderStep> {
  const climber = new LadderRun(signal);
  try {
    yield* climber.rungs(connection, index, environment);
  } catch (error) {
    if (signal?.aborted) return;
    yield climber.failed(asAppError(error));
  }
}

const ok = (detail: string): Finding => ({ state: 'ok', detail });
const skipped = (detail: string): Finding => ({ state: 'skipped', detail });

/** Remembers on which rung it stands, so that whatever is thrown is told as a failure of that rung. */
class LadderRun {
  readonly #signal: AbortSignal | undefined;
  #rung: Rung = 'name';
  #since = 0;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  async *rungs(connection: Connection, index: string, environment: Environment): AsyncGenerator<LadderStep> {
    const signal = this.#signal;
    const address = { ...addressOf(connection), via: proxyFor(connection, environment) };

    yield this.#step('name');
    yield this.#done(ok(await resolveName(address, connection, signal)));

    yield this.#step('port');
    await openPort(address, connection, signal);
    const wantsHttps = address.secure ? undefined : await probePlainHttp(address, connection, signal);
    yield this.#done(ok(`${address.port} is open`));

    yield this.#step('tls');
    if (wantsHttps !== undefined) throw wantsHttps;
    if (address.secure) {
      // What a fingerprint stands for is seen only now.
      const trust = connection.fingerprint
        ? { rejectUnauthorized: true }
        : await tlsOptions(connection, address.via);
      const hands = await shakeHands(address, connection, trust, signal);
      yield this.#done(ok(hands.protocol));
      yield this.#step('trust');
      yield this.#done(
        connection.insecure
          ? skipped('not checked (--insecure)')
          : ok(await judgeTrust(hands, address, connection, signal)),
      );
    } else {
      yield this.#done(skipped('plain http'));
      yield this.#step('trust');
      yield this.#done(skipped('plain http'));
    }

    yield this.#step('sign-in');
    const cluster = await openCluster(connection, environment);
    if (cluster.serverless) return yield* this.#serverless(cluster, connection, index);
    try {
      const answer = await cluster.request({
        method: 'GET',
        path: '/',
        accept: 'any',
        timeoutMs: 10_000,
        signal,
      });
      const verdict = recognised(answer, connection);
      if ('code' in verdict && SIGN_IN.includes(verdict.code)) throw verdict;
      yield this.#done(signedIn(connection));
      yield this.#step('product');
      if ('code' in verdict) throw verdict;
      yield this.#done(ok(`OpenSearch ${verdict.version}, cluster ${verdict.name}`));

      const look = { cluster, connection, index, signal };
      yield this.#step('rights');
      yield this.#done(await checkRights(look));
      yield this.#step('space');
      yield this.#done(await checkSpace(look));
    } finally {
      await cluster.close();
    }
  }

  /** A collection tells neither its version nor its disks; whether the index may be looked at is all there is to ask. */
  async *#serverless(cluster: Cluster, connection: Connection, index: string): AsyncGenerator<LadderStep> {
    const signal = this.#signal;
    try {
      const path = `/${index}`;
      const answer = await cluster.request({
        method: 'HEAD',
        path,
        accept: 'any',
        timeoutMs: 10_000,
        signal,
      });
      const { status, body } = answer;
      if (status >= 400 && status !== 404)
        throw answerError({ connection, status, body, method: 'HEAD', path });
      yield this.#done(signedIn(connection));
      for (const rung of ['product', 'rights', 'space'] as const) {
        yield this.#step(rung);
        yield this.#done(
          rung === 'rights' ? ok(`may look at ${index}`) : skipped('Serverless does not tell'),
        );
      }
    } finally {
      await cluster.close();
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

function recognised(...[answer, connection]: Parameters<typeof recognise>) {
  try {
    return recognise(answer, connection);
  } catch (error) {
    return asAppError(error);
  }
}

function signedIn({ username, password, awsRegion }: Connection): Finding {
  if (awsRegion) return ok(`signed for ${awsRegion}`);
  return username !== undefined && password !== undefined ? ok(`as ${username}`) : skipped('none asked for');
}
