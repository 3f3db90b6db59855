// Removes what an unfinished run left: its index, if it made it, and its record.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { deleteIndex, inspectIndex } from '../cluster/indexes/admin.ts';
import { deleteCompanion } from '../cluster/indexes/companion.ts';
import type { Directories } from '../directories.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import { forgetRun } from './runs.ts';

export interface RemoveRun {
  readonly cluster: Cluster;
  readonly directories: Directories;
  readonly id: string;
  readonly index: string;
  readonly signal?: AbortSignal;
}

/**
 * Deletes the index that the run made, with its companion, and forgets the run; returns how many documents are gone. A missing index is no
 * error. Throws AppError `index-shared` when another run or another program made the index.
 */
export async function removeRun({ cluster, directories, id, index, signal }: RemoveRun): Promise<number> {
  const { exists, meta, documents } = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
  if (exists && meta?.run !== id) throw new AppError('index-shared', { index });
  if (exists) await deleteIndex(cluster, index, signal ? { signal } : {});
  await deleteCompanion(cluster, index, signal);
  forgetRun(directories, id);
  return documents;
}
