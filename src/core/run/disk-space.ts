// Is there room on the disks for the data? Known before anything is written.

import { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { writableBytes } from '../cluster/ladder/disks.ts';
import { estimate, type Plan } from '../plan/index.ts';

const megabytes = (bytes: number) => `${grouped(Math.ceil(bytes / 1e6))} MB`;

export interface DiskSpaceRequest {
  readonly cluster: Cluster;
  readonly plan: Plan;
  /** Part of the data that is loaded, 0 to 1. */
  readonly share: number;
  readonly signal: AbortSignal;
}

/**
 * Throws AppError `too-little-room` when the data would bring every disk to the mark at which the cluster stops all
 * writing. A cluster that does not tell its disks is taken at its word when it refuses.
 */
export async function assertDiskSpace({ cluster, plan, share, signal }: DiskSpaceRequest): Promise<void> {
  const free = await writableBytes({ cluster, signal });
  const { documents, bytes } = estimate(plan);
  const needed = bytes * share * DISK_BYTES_PER_BYTE;
  if (free === undefined || needed <= free) return;
  const { sample } = plan.parameters;
  throw new AppError('too-little-room', {
    needed: megabytes(needed),
    free: megabytes(free),
    documents: grouped(Math.round(documents * share)),
    each: Math.round((bytes / Math.max(1, documents)) * DISK_BYTES_PER_BYTE),
    sample: free === 0 ? sample * 10 : Math.ceil((sample * needed) / free),
  });
}

/** Room on the disk that a document's text takes in the index: 78 MB were measured for 276 MB of text. */
export const DISK_BYTES_PER_BYTE = 0.3;
