// The settings that make loading fast, and how they are put back.
import type { Cluster } from '../client.ts';
import { assertIndexName } from './names.ts';
import { refreshIndex } from './refresh.ts';

/** Left by an interrupted load: no one chose it, so it is not put back. */
const NO_REFRESH = '-1';

interface Settings {
  readonly 'index.refresh_interval'?: string;
  readonly 'index.number_of_replicas'?: string;
}

async function settingsOf(cluster: Cluster, name: string): Promise<Settings> {
  const query = { flat_settings: true };
  const { body } = await cluster.request({ method: 'GET', path: `/${name}/_settings`, query });
  return (body as Record<string, { settings?: Settings }>)[name]?.settings ?? {};
}

/**
 * Turns refreshing off, and replicas too while the index is empty (those of an index with data would be thrown away
 * and copied again). Returns what undoes it and makes the documents visible: call it also after a failure. Both
 * reject with an AppError.
 */
export async function loadingSettings(cluster: Cluster, name: string): Promise<() => Promise<void>> {
  assertIndexName(name);
  if (cluster.serverless) return () => refreshIndex(cluster, name);
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
