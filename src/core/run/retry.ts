// Requests of a run that are made again while a cluster is away for a moment: a restart, an overload, a proxy's 502.
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { backoffMs } from '../load/backoff.ts';

export interface RetryPolicy {
  readonly signal: AbortSignal;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  /** How long the same request may fail before its error is told. @default 60000 */
  readonly giveUpMs?: number | undefined;
  /** Wait also for the end of a block on writing (a full disk, an index made read-only). */
  readonly blocks?: boolean;
}

const GIVE_UP_MS = 60_000;
const PASSING_STATUS = [429, 502, 503, 504];

/** True for an error that may be gone in a moment. */
function mayPass(error: unknown): boolean {
  return error instanceof AppError && error.transient === 'soon';
}

const isBlock = (error: unknown) => error instanceof AppError && error.transient === 'unblocked';

/** Does something until it works, or fails in a way that stays, or the time is up, or the signal has fired. */
export async function retryUntil<T>(work: () => Promise<T>, patience: RetryPolicy): Promise<T> {
  const { signal, random, giveUpMs = GIVE_UP_MS, blocks = false } = patience;
  const start = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const late = performance.now() - start > giveUpMs;
      if (late || signal.aborted || !(mayPass(error) || (blocks && isBlock(error)))) throw error;
      await sleep(backoffMs(attempt, random), undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * The same cluster, patient: what must not reach it twice is still asked once. Once it was waited for in vain, it is asked
 * only once each time until it answers again: ninety checks shall not wait a minute each.
 */
export function withRetries(cluster: Cluster, patience: RetryPolicy): Cluster {
  let inVain = false;
  return {
    ...cluster,
    request: (request) => {
      const { accept = [], retryable = true } = request;
      if (!retryable || accept === 'any') return cluster.request(request);
      const wanted = { ...request, accept: [...accept, ...PASSING_STATUS] };
      const patiently = async () => {
        const answer = await cluster.request(wanted);
        if (answer.status < 400 || accept.includes(answer.status)) return answer;
        throw new AppError('cluster-starting', { address: cluster.url, status: answer.status });
      };
      const answered = retryUntil(patiently, inVain ? { ...patience, giveUpMs: 0 } : patience);
      return answered.then(
        (answer) => {
          inVain = false;
          return answer;
        },
        (error: unknown) => {
          if (!mayPass(error) || patience.signal.aborted) throw error;
          inVain = true;
          // The last try tells what is the matter in the cluster's own words.
          return cluster.request(request);
        },
      );
    },
  };
}
