// The settings that make loading fast, and the way back from them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../client.ts';
import { assertIndexName } from './names.ts';

/** What an interrupted load leaves behind: it never was a person's choice, so it is not put back. */
const NO_REFRESH = '-1';

interface Settings {
  readonly 'index.uuid'?: string;
  readonly 'index.refresh_interval'?: string;
  readonly 'index.number_of_replicas'?: string;
}

async function settingsOf(cluster: Cluster, name: string): Promise<Settings> {
  const query = { flat_settings: true };
  const { body } = await cluster.request({ method: 'GET', path: `/${name}/_settings`, query });
  return (body as Record<string, { settings?: Settings }>)[name]?.settings ?? {};
}

/**
 * What tells an index from one that is made later under the same name; empty when there is none under it, or when the
 * service does not tell (Serverless).
 */
export async function indexUuid(cluster: Cluster, name: string, signal?: AbortSignal): Promise<string> {
  assertIndexName(name);
  const query = { flat_settings: true };
  const path = `/${name}/_settings`;
  const { status, body } = await cluster.request({ method: 'GET', path, query, accept: [404], signal });
  if (status === 404) return '';
  return (body as Record<string, { settings?: Settings }>)[name]?.settings?.['index.uuid'] ?? '';
}

/**
 * Turns refreshing off, and replicas too while the index is empty (those of an index with data would be thrown away
 * and copied again). Returns what undoes it and makes the documents visible: call it also after a failure. Both
 * reject with an AppError.
 */
export async function loadingSettings(cluster: Cluster, name: string): Promise<() => Promise<void>> {
  assertIndexName(name);
  if (cluster.serverless) return () => settle(cluster, name);
  const before = await settingsOf(cluster, name);
  const interval = before['index.refresh_interval'];
  const replicas = before['index.number_of_replicas'] ?? '0';
  const dropReplicas = replicas !== '0' && (await isEmpty(cluster, name));
  await put(cluster, name, {
    'index.refresh_interval': NO_REFRESH,
    ...(dropReplicas ? { 'index.number_of_replicas': '0' } : {}),
  });
  return async () => {
    await put(cluster, name, {
      'index.refresh_interval': interval === undefined || interval === NO_REFRESH ? null : interval,
      ...(dropReplicas ? { 'index.number_of_replicas': replicas } : {}),
    });
    await refreshIndex(cluster, name);
  };
}

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

async function isEmpty(cluster: Cluster, name: string): Promise<boolean> {
  const { body } = await cluster.request({ method: 'GET', path: `/${name}/_count` });
  return (body as { count: number }).count === 0;
}

async function put(
  cluster: Cluster,
  name: string,
  body: Readonly<Record<string, string | null>>,
): Promise<void> {
  await cluster.request({ method: 'PUT', path: `/${name}/_settings`, body });
}

/** Half of its refresh interval and a little more: two counts in a row that agree have one between or before them. */
const ROUND_MS = 6000;

/** A count that never stands still is not waited for longer than this. */
const MOST_ROUNDS = 20;

async function countOf(cluster: Cluster, name: string, signal: AbortSignal | undefined): Promise<number> {
  const { body } = await cluster.request({ method: 'GET', path: `/${name}/_count`, signal });
  return (body as { count: number }).count;
}

/** Waits until what was written is visible: until the count stands still. */
async function settle(cluster: Cluster, name: string, signal?: AbortSignal): Promise<void> {
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
