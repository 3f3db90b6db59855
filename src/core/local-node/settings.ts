// How the local node is configured and called.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Told by every answer of the node, so that a person sees whose it is. */
const CLUSTER_NAME = 'incident-demo';

/**
 * Loopback only. The disk limits are absolute: the usual percentages would make a demo read-only on a laptop whose
 * disk is large and 95 % full, and these still stop before it is full. Rewriting histograms to filters is off, because
 * OpenSearch 3.3 to 3.7 then fails a date histogram with a metric under a time filter, the first chart anyone draws
 * (OpenSearch issues 22342 and 22468).
 */
const SETTINGS = `network.host: 127.0.0.1
cluster.routing.allocation.disk.watermark.low: 1gb
cluster.routing.allocation.disk.watermark.high: 750mb
cluster.routing.allocation.disk.watermark.flood_stage: 500mb
action.destructive_requires_name: true
search.max_aggregation_rewrite_filters: 0
`;

/** Writes the settings where the runner looks for them; it keeps a file that is there. */
export async function writeSettings(base: string): Promise<void> {
  const folder = join(base, 'node_1', 'config');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'opensearch.yml'), SETTINGS);
}

export interface RunnerCall {
  readonly jars: string;
  readonly base: string;
  readonly port: number;
}

/** The arguments of `java`. The runner listens one above its base port. */
export function runnerArguments({ jars, base, port }: RunnerCall): string[] {
  return [
    '-Xms1g',
    '-Xmx1g',
    '-cp',
    join(jars, '*'),
    'org.codelibs.opensearch.runner.OpenSearchRunner',
    '-basePath',
    base,
    '-numOfNode',
    '1',
    '-baseHttpPort',
    String(port - 1),
    '-clusterName',
    CLUSTER_NAME,
  ];
}
