// Is there disk space for the data? Checked before anything is written.
import { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { writableBytes } from '../cluster/ladder/disks.ts';
import { DISK_BYTES_PER_BYTE } from '../plan/estimate.ts';
import { estimate, type Plan } from '../plan/index.ts';

const megabytes = (bytes: number) => `${grouped(Math.ceil(bytes / 1e6))} MB`;

export interface DiskSpaceRequest {
  readonly cluster: Cluster;
  readonly plan: Plan;
  /** Share of the data that is loaded, 0 to 1. */
  readonly share: number;
  readonly signal: AbortSignal;
}

/**
 * Throws AppError `too-little-room` when the data would bring every disk to the watermark at which the cluster blocks all
 * writes. If disk sizes are unknown, the load starts and relies on the cluster's own errors.
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
