// What each index setting costs or brings while prepared bytes are loaded.

import type { Cluster } from '../src/core/cluster/client.ts';
import { mappingFor } from '../src/core/cluster/indexes/mapping.ts';
import { STORED_TRANSACTIONS } from '../src/core/documents/transactions.ts';
import { emptyTally } from '../src/core/generate/count/tally.ts';
import { generateBatches, slotRange } from '../src/core/generate/index.ts';
import { PLAN } from './generate.ts';
import { inTurns, median } from './measure.ts';
import { blast } from './send.ts';

const INDEX = 'incident-demo-bench-settings';
/** An hour of the afternoon. */
const PART = { index: 15, of: 24 };
const CONCURRENCY = 6;

const MIB = 1 << 20;
/** Sizes on the disk are otherwise up to ten seconds old. */
const FRESH_SIZES = { 'store.stats_refresh_interval': '0s' };
const LOADING = { refresh_interval: '-1', number_of_replicas: 0, number_of_shards: 1, ...FRESH_SIZES };
const ASYNC = { 'translog.durability': 'async', 'translog.sync_interval': '30s' };

/** The first is what a load sets; the others change one thing. */
const VARIANTS: readonly { name: string; settings: object; bytes?: number }[] = [
  { name: 'as loaded: no refresh, log synced for each request of 4 MiB', settings: {} },
  { name: 'refresh every second', settings: { refresh_interval: '1s' } },
  { name: 'log synced every 30 s', settings: ASYNC },
  { name: 'requests of 1 MiB', settings: {}, bytes: MIB },
  { name: 'requests of 2 MiB', settings: {}, bytes: 2 * MIB },
  { name: 'requests of 7 MiB', settings: {}, bytes: 7 * MIB },
  { name: 'sorted by @timestamp', settings: { 'sort.field': '@timestamp', 'sort.order': 'asc' } },
  { name: 'codec best_compression', settings: { codec: 'best_compression' } },
  { name: 'two shards', settings: { number_of_shards: 2 } },
];

export interface SettingFigure {
  readonly name: string;
  readonly documentsPerSecond: number;
  /** Processor time of the node for each document, microseconds: what counts where the machine is shared. */
  readonly cpuUs: number;
  /** Median over the rounds of that time over the first variant's. */
  readonly ofFirst: number;
  readonly megabytes: number;
}

function prepared(maxBytes: number): { bodies: Buffer[]; documents: number } {
  const batches = [...generateBatches(PLAN, { ...slotRange(PLAN, PART), maxBytes, tally: emptyTally() })];
  const documents = batches.reduce((sum, batch) => sum + batch.documents, 0);
  return { bodies: batches.map(({ data }) => data), documents };
}

/** Processor time that the node has taken so far. */
async function nodeCpuMs(cluster: Cluster): Promise<number> {
  const { body } = await cluster.request({ method: 'GET', path: '/_nodes/stats/process' });
  const { nodes } = body as { nodes: Record<string, { process: { cpu: { total_in_millis: number } } }> };
  return Object.values(nodes).reduce((sum, { process }) => sum + process.cpu.total_in_millis, 0);
}

/** Loads the same bytes under each setting in turn. */
export async function measureSettings(cluster: Cluster, rounds: number): Promise<SettingFigure[]> {
  const bySize = new Map([MIB, 2 * MIB, 4 * MIB, 7 * MIB].map((bytes) => [bytes, prepared(bytes)]));
  const sizes = VARIANTS.map(() => 0);
  const cpu = VARIANTS.map((): number[] => []);
  const load = async (variant: number): Promise<number> => {
    const { settings = {}, bytes = 4 * MIB } = VARIANTS[variant] ?? {};
    const { bodies, documents } = bySize.get(bytes) ?? prepared(bytes);
    await cluster.request({ method: 'DELETE', path: `/${INDEX}`, accept: [404] });
    const { mappings } = mappingFor(STORED_TRANSACTIONS, false);
    const body = { mappings, settings: { index: { ...LOADING, ...settings } } };
    await cluster.request({ method: 'PUT', path: `/${INDEX}`, body });
    const before = await nodeCpuMs(cluster);
    const start = performance.now();
    await blast(cluster.url, INDEX, bodies, CONCURRENCY);
    const speed = documents / ((performance.now() - start) / 1000);
    await cluster.request({ method: 'POST', path: `/${INDEX}/_flush` });
    cpu[variant]?.push((((await nodeCpuMs(cluster)) - before) * 1000) / documents);
    const stats = await cluster.request({ method: 'GET', path: `/${INDEX}/_stats/store` });
    const { _all } = stats.body as { _all: { primaries: { store: { size_in_bytes: number } } } };
    sizes[variant] = _all.primaries.store.size_in_bytes;
    return speed;
  };
  const ways = VARIANTS.map((_, variant) => () => load(variant));
  await inTurns(ways.slice(0, 3), 1);
  for (const samples of cpu) samples.length = 0;
  const speeds = await inTurns(ways, rounds);
  await cluster.request({ method: 'DELETE', path: `/${INDEX}` });
  return VARIANTS.map(({ name }, variant) => {
    const own = cpu[variant] ?? [];
    const ratios = own.map((time, round) => time / (cpu[0]?.[round] ?? Number.NaN));
    return {
      name,
      documentsPerSecond: Math.round(median(speeds[variant] ?? [])),
      cpuUs: Math.round(median(own)),
      ofFirst: Number(median(ratios).toFixed(2)),
      megabytes: Math.round((sizes[variant] ?? 0) / 1e6),
    };
  });
}
