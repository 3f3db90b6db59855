// Amazon OpenSearch Serverless: no `GET /`, no cluster, no statistics, no refresh on demand. What is written becomes
// visible by itself after some seconds. (From its documentation and issues of its users; no account was at hand.)
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './client.ts';
import type { Connection } from './types.ts';

/** What is known of a Serverless collection while a program speaks to it. */
export interface Serverless {
  /** True when documents were sent that may not be visible yet. */
  written: boolean;
}

/** Half of its refresh interval and a little more: two counts in a row that agree have one between or before them. */
const ROUND_MS = 6000;
/** A count that never stands still is not waited for longer than this. */
const MOST_ROUNDS = 20;

/** What is known of the service at the beginning; undefined when it is none of these. */
export function serverlessOf({ awsRegion, awsService }: Connection): Serverless | undefined {
  return awsRegion && awsService === 'aoss' ? { written: false } : undefined;
}

async function countOf(cluster: Cluster, name: string, signal: AbortSignal | undefined): Promise<number> {
  const { body } = await cluster.request({ method: 'GET', path: `/${name}/_count`, signal });
  return (body as { count: number }).count;
}

/** Waits until what was written is visible: until the count stands still. */
export async function settle(cluster: Cluster, name: string, signal?: AbortSignal): Promise<void> {
  const { serverless } = cluster;
  if (!serverless?.written) return;
  let before = -1;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await sleep(ROUND_MS, undefined, { signal });
    const now = await countOf(cluster, name, signal);
    if (now === before) break;
    before = now;
  }
  serverless.written = false;
}
