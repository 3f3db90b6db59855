// Makes what was written visible to searches, and safe on disk.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../client.ts';
import { countDocuments } from './count.ts';
import { unlessForbidden } from './forbidden.ts';
import { assertIndexName } from './names.ts';

/** Makes every acknowledged document visible to searches. Where this user may not refresh, the cluster does by itself. */
export async function refreshIndex(cluster: Cluster, name: string, signal?: AbortSignal): Promise<void> {
  assertIndexName(name);
  if (cluster.serverless) return settleServerless(cluster, name, signal);
  const path = `/${name}/_refresh`;
  const request = { method: 'POST', path, timeoutMs: 120_000, signal } as const;
  const allowed = await unlessForbidden(() => cluster.request(request));
  if (allowed === undefined) await settle(cluster, name, SELF_REFRESH_MS, signal);
}

/** Has what was acknowledged written to the disk; Serverless does that by itself, and so does any cluster in time. */
export async function flushIndex(cluster: Cluster, name: string, signal?: AbortSignal): Promise<void> {
  assertIndexName(name);
  if (cluster.serverless) return;
  const path = `/${name}/_flush`;
  await unlessForbidden(() => cluster.request({ method: 'POST', path, timeoutMs: 120_000, signal }));
}

/** Half of the refresh interval of Serverless and a little more: two counts in a row that agree have one between or before them. */
const SERVERLESS_MS = 6000;

/** The same for an index with the usual interval of a second. */
const SELF_REFRESH_MS = 1200;

/** A count that never stands still is not waited for longer than this. */
const MAX_ROUNDS = 20;

async function settleServerless(cluster: Cluster, name: string, signal?: AbortSignal): Promise<void> {
  const { serverless } = cluster;
  if (!serverless?.written) return;
  await settle(cluster, name, SERVERLESS_MS, signal);
  serverless.written = false;
}

/** Waits until what was written is visible: until the count stands still. */
async function settle(cluster: Cluster, name: string, roundMs: number, signal?: AbortSignal): Promise<void> {
  let before = -1;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await sleep(roundMs, undefined, { signal });
    const now = await countDocuments(cluster, name, { signal });
    if (now === before) return;
    before = now;
  }
}
