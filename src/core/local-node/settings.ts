// How the local node is configured and called.

import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { makePrivateFolder } from '../files/folder.ts';
import type { NodeFiles } from './files.ts';
import { JAR_NAMES, SECURITY_JAR_SUMS } from './jar-sums.ts';

/** Part of every answer of the node, so that a person sees whose it is. */
const CLUSTER_NAME = 'incident-demo';

/**
 * Loopback only. The disk limits are absolute: the usual percentages would make a demo read-only on a laptop whose
 * disk is large and 95 % full, and these still stop before it is full. With CORS on and no origin allowed, the node answers
 * 403 to every request that a web page of another origin makes; with it off, it would carry out their plain POSTs.
 */
const SETTINGS = `network.host: 127.0.0.1
cluster.routing.allocation.disk.watermark.low: 1gb
cluster.routing.allocation.disk.watermark.high: 750mb
cluster.routing.allocation.disk.watermark.flood_stage: 500mb
action.destructive_requires_name: true
http.cors.enabled: true
`;

/** Turns off the rewriting of histograms to filters. */
const NO_REWRITE = 'search.max_aggregation_rewrite_filters: 0\n';

/**
 * OpenSearch 3.3 to 3.7 fail a date histogram with a metric under a time filter, the first chart anyone draws, unless
 * histograms are not rewritten (OpenSearch issues 22342 and 22468); 3.8 does not.
 */
export function settingsFor(version: string): string {
  const [major, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor >= 3 && minor <= 7 ? SETTINGS + NO_REWRITE : SETTINGS;
}

/**
 * Writes the settings where the runner looks for them; it keeps a file that is there. Throws what the file system throws.
 * @param more lines beside those of every node.
 */
export function writeSettings(base: string, version: string, more = ''): void {
  const folder = join(base, 'node_1', 'config');
  makePrivateFolder(folder);
  writeFileSync(join(folder, 'opensearch.yml'), settingsFor(version) + more, { mode: 0o600 });
}

/** A machine sold with 8 GB reports a little less. */
const LARGE_MEMORY_BYTES = 7.5e9;

/** The heap in GB that a node gets on a machine with so much memory. */
export const heapGb = (memoryBytes: number): number => (memoryBytes >= LARGE_MEMORY_BYTES ? 2 : 1);

/** As OpenSearch's own jvm.options: collecting begins early enough that a load does not trip the parent circuit breaker. */
const GC = ['-XX:+UseG1GC', '-XX:G1ReservePercent=25', '-XX:InitiatingHeapOccupancyPercent=30'];

/** A node with the security plugin has its jars and starts it. */
const SECURITY_PLUGIN = ['-pluginTypes', 'org.opensearch.security.OpenSearchSecurityPlugin'];

export interface RunnerCall extends Pick<NodeFiles, 'jars' | 'base'> {
  /** The folder of the security plugin's jars; left out, the node has none. */
  readonly securityJars?: string | undefined;
  readonly port: number;
  /** Memory of this machine. */
  readonly memoryBytes: number;
}

/** The arguments of `java`. The runner listens one above its base port. */
export function runnerArguments({ jars, securityJars, base, port, memoryBytes }: RunnerCall): string[] {
  const heap = heapGb(memoryBytes);
  const classPath = [
    ...JAR_NAMES.map((name) => join(jars, name)),
    ...(securityJars ? Object.keys(SECURITY_JAR_SUMS).map((name) => join(securityJars, name)) : []),
  ];
  return [
    `-Xms${heap}g`,
    `-Xmx${heap}g`,
    ...GC,
    // Only jars that were checked, not whatever else lies in the folder.
    '-cp',
    classPath.join(delimiter),
    'org.codelibs.opensearch.runner.OpenSearchRunner',
    '-basePath',
    base,
    '-numOfNode',
    '1',
    '-baseHttpPort',
    String(port - 1),
    '-clusterName',
    CLUSTER_NAME,
    ...(securityJars ? SECURITY_PLUGIN : []),
  ];
}
