// The settings that make loading fast, and how they are put back.
import { textOf } from '../answer-shape.ts';
import type { Cluster } from '../client.ts';
import { countDocuments } from './count.ts';
import { unlessForbidden } from './forbidden.ts';
import { assertIndexName } from './names.ts';
import { refreshIndex } from './refresh.ts';
import { indexSettings } from './settings.ts';

/** Left by an interrupted load: no one chose it, so it is not put back. */
const NO_REFRESH = '-1';

export interface LoadingSettings {
  /** Puts the settings back and makes the documents visible. */
  readonly restore: () => Promise<void>;
  /** False where this user may not change settings: the load is slower then. */
  readonly changed: boolean;
}

/**
 * Turns refreshing off, and replicas too while the index is empty (those of an index with data would be thrown away
 * and copied again). Returns what undoes it and makes the documents visible: call it also after a failure. Both
 * reject with an AppError, the first also with the signal's reason; the settings are put back then. A user who may not see
 * or change settings loads without.
 */
export async function loadingSettings(
  cluster: Cluster,
  name: string,
  signal?: AbortSignal,
): Promise<LoadingSettings> {
  assertIndexName(name);
  const plain = { restore: () => refreshIndex(cluster, name), changed: false };
  if (cluster.serverless) return { ...plain, changed: true };
  const before = await indexSettings(cluster, name, signal);
  if (before === undefined) return plain;
  const interval = textOf(before['index.refresh_interval']);
  const replicas = textOf(before['index.number_of_replicas']) || '0';
  const dropReplicas = replicas !== '0' && (await countDocuments(cluster, name, { signal })) === 0;
  const fast = {
    'index.refresh_interval': NO_REFRESH,
    ...(dropReplicas ? { 'index.number_of_replicas': '0' } : {}),
  };
  const usual = {
    'index.refresh_interval': interval === '' || interval === NO_REFRESH ? null : interval,
    ...(dropReplicas ? { 'index.number_of_replicas': replicas } : {}),
  };
  try {
    if ((await unlessForbidden(() => put(cluster, name, fast, signal))) === undefined) return plain;
  } catch (error) {
    // Without an answer they may have been changed all the same.
    await put(cluster, name, usual).catch(() => {});
    throw error;
  }
  const restore = async () => {
    await put(cluster, name, usual);
    await refreshIndex(cluster, name);
  };
  return { restore, changed: true };
}

async function put(
  cluster: Cluster,
  name: string,
  body: Readonly<Record<string, string | null>>,
  signal?: AbortSignal,
): Promise<true> {
  await cluster.request({ method: 'PUT', path: `/${name}/_settings`, body, signal });
  return true;
}
