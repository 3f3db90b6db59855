// After a stop a run puts settings back and removes what it made. A cluster that no longer answers must not hold it up.
import type { Cluster } from '../cluster/client.ts';

/** How long an answer is waited for after a stop. What a cluster has received by then, it still carries out. */
const GRACE_MS = 4000;

/**
 * The cluster, whose requests without a signal of their own reject with this signal's reason when no answer comes within
 * some seconds after it has fired. Once that has happened, such requests reject at once.
 */
export function endingSoon(cluster: Cluster, signal: AbortSignal): Cluster {
  let silent = false;
  return {
    ...cluster,
    request: async (request) => {
      if (request.signal) return cluster.request(request);
      if (silent) throw signal.reason;
      const end = new AbortController();
      let timer: NodeJS.Timeout | undefined;
      const giveUp = () => {
        silent = true;
        end.abort(signal.reason);
      };
      const onStop = () => {
        timer = setTimeout(giveUp, GRACE_MS);
      };
      if (signal.aborted) onStop();
      else signal.addEventListener('abort', onStop);
      try {
        return await cluster.request({ ...request, signal: end.signal });
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onStop);
      }
    },
  };
}
