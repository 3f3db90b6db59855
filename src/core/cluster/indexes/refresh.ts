// Makes what was written visible to searches, and safe on disk.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../client.ts';
import { assertIndexName } from './names.ts';

/** Makes every acknowledged document visible to searches. */
export async function refreshIndex(cluster: Cluster, name: string, signal?: AbortSignal): Promise<void> {
  assertIndexName(name);
  if (cluster.serverless) return settle(cluster, name, signal);
  await cluster.request({ method: 'POST', path: `/${name}/_refresh`, timeoutMs: 120_000, signal });
}

/** Has what was acknowledged written to the disk; Serverless does that by itself. */
export async function flushIndex(cluster: Cluster, name: string, signal?: AbortSignal): Promise<void> {
  assertIndexName(name);
  if (cluster.serverless) return;
  const path = `/${name}/_flush`;
  await cluster.request({ method: 'POST', path, timeoutMs: 120_000, signal });
}

/** Half of its refresh interval and a little more: two counts in a row that agree have one between or before them. */
const ROUND_MS = 6000;

/** A count that never stands still is not waited for longer than this. */
const MAX_ROUNDS = 20;

async function countOf(cluster: Cluster, name: string, signal: AbortSignal | undefined): Promise<number> {
  const { body } = await cluster.request({ method: 'GET', path: `/${name}/_count`, signal });
  return (body as { count: number }).count;
}

/** Waits until what was written is visible: until the count stands still. */
async function settle(cluster: Cluster, name: string, signal?: AbortSignal): Promise<void> {
  const { serverless } = cluster;
  if (!serverless?.written) return;
  let before = -1;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await sleep(ROUND_MS, undefined, { signal });
    const now = await countOf(cluster, name, signal);
    if (now === before) break;
    before = now;
  }
  serverless.written = false;
}
