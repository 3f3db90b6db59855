// Requests that are retried while a cluster is away for a moment: a restart, an overload, a proxy's 502. Which errors are
// retried stands in the error tables (`transient`).
import { AppError } from '../../errors/app-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../async/clock.ts';
import type { Cluster } from '../cluster/client.ts';
import { backoffMs } from '../load/backoff.ts';

export interface RetryPolicy {
  /** Ends the retries. */
  readonly signal: AbortSignal;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  /** How long the same work may fail before its error is thrown, ms. @default 60000 */
  readonly giveUpMs?: number | undefined;
  /** Also wait until writes are unblocked (a full disk, an index made read-only). @default false */
  readonly waitForUnblock?: boolean;
  /** @default the clock of this machine */
  readonly clock?: Clock | undefined;
}

const GIVE_UP_MS = 60_000;

/** True for an error that may be gone in a moment. */
const isTransient = (error: unknown) => error instanceof AppError && error.transient === 'soon';

const isBlock = (error: unknown) => error instanceof AppError && error.transient === 'unblocked';

/** Repeats work until it succeeds, fails permanently, the time is up, or the signal fires. Throws its last error. */
export async function retryUntil<T>(work: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  const { signal, random, giveUpMs = GIVE_UP_MS, waitForUnblock = false, clock = SYSTEM_CLOCK } = policy;
  const start = clock.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const late = clock.now() - start > giveUpMs;
      const mayPass = isTransient(error) || (waitForUnblock && isBlock(error));
      if (late || signal.aborted || !mayPass) throw error;
      await clock.sleep(backoffMs(attempt, random), signal);
    }
  }
}

/**
 * The cluster, with transient failures retried. A request that is not retryable, or accepts any status, goes out once. A
 * circuit breaker opens when retries have timed out: requests then fail at once until the cluster answers again, since
 * ninety checks would otherwise wait a minute each.
 */
export function withRetries(cluster: Cluster, policy: RetryPolicy): Cluster {
  let open = false;
  return {
    ...cluster,
    request: async (request) => {
      const { accept = [], retryable = true } = request;
      if (!retryable || accept === 'any') return cluster.request(request);
      const attempt = () => cluster.request(request);
      try {
        const answer = await (open ? attempt() : retryUntil(attempt, policy));
        open = false;
        return answer;
      } catch (error) {
        if (isTransient(error) && !policy.signal.aborted) open = true;
        throw error;
      }
    },
  };
}
