// Notices that the index was deleted under the load. A cluster makes an index by itself for documents that arrive for
// none, without our mapping, so the load would go on into something else.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { indexUuid } from '../cluster/indexes/admin.ts';

const WATCH_MS = 2000;

export interface IndexWatch {
  /** Asks now and then whether it is still the same index. Throws AppError `index-missing` once it is known not to be. */
  readonly look: (nowMs: number) => void;
  /** Asks now, and throws AppError `index-missing` when it is not the same index. */
  readonly ask: () => Promise<void>;
}

/** @param uuid of the index that is loaded; with an empty one nothing can be noticed. */
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
      // The load itself tells what is wrong when the cluster does not answer.
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
