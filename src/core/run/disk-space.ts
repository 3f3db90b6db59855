// Is there disk space for the data? Checked before anything is written.
import { AppError } from '../../errors/app-error.ts';
import { decimal, grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { writableBytes } from '../cluster/ladder/disks.ts';
import { DISK_BYTES_PER_BYTE } from '../plan/estimate.ts';
import { estimate, type Plan } from '../plan/index.ts';

/** Rounded up, with the unit a person would use: `4 MB`, `79.2 GB`, `6.8 TB`. */
function diskText(bytes: number): string {
  if (bytes < 1e9) return `${Math.ceil(bytes / 1e6)} MB`;
  return bytes < 1e12 ? `${Math.ceil(bytes / 1e8) / 10} GB` : `${decimal(Math.ceil(bytes / 1e11) / 10)} TB`;
}

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
    needed: diskText(needed),
    free: diskText(free),
    documents: grouped(Math.round(documents * share)),
    each: Math.round((bytes / Math.max(1, documents)) * DISK_BYTES_PER_BYTE),
    sample: free === 0 ? sample * 10 : Math.ceil((sample * needed) / free),
  });
}
