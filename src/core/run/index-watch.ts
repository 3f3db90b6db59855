// Notices that the index was deleted during the load. A cluster creates an index automatically when documents arrive for a
// missing one, without our mapping, so the load would continue into something else.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { indexUuid } from '../cluster/indexes/admin.ts';

const WATCH_MS = 2000;

export interface IndexWatch {
  /** Checks every 2 s whether it is still the same index. Throws AppError `index-missing` once it is known not to be. */
  readonly look: (nowMs: number) => void;
  /** Checks now; throws AppError `index-missing` when it is not the same index. */
  readonly ask: () => Promise<void>;
}

/** @param uuid of the index that is loaded; with an empty one (Serverless) nothing can be noticed. */
export function watchIndex(cluster: Cluster, index: string, uuid: string, signal: AbortSignal): IndexWatch {
  let askedMs = 0;
  let gone = false;
  let asking = false;
  const assertThere = () => {
    if (gone) throw new AppError('index-missing', { index, address: cluster.url });
  };
  const question = async () => {
    gone ||= (await indexUuid(cluster, index, signal)) !== uuid;
  };
  return {
    look: (nowMs) => {
      assertThere();
      if (uuid === '' || asking || nowMs - askedMs < WATCH_MS) return;
      askedMs = nowMs;
      asking = true;
      // When the cluster does not answer, the load itself reports why.
      const settled = () => {
        asking = false;
      };
      question().then(settled, settled);
    },
    ask: async () => {
      if (uuid !== '') await question();
      assertThere();
    },
  };
}
