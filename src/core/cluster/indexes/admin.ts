// Looks at, creates, remembers in and deletes the index; always one index, by its exact name.

import { AppError } from '../../../errors/app-error.ts';
import type { MappedFields, StoredSignal } from '../../documents/signal.ts';
import type { Cluster } from '../client.ts';
import { mappingDifferences, mappingFor } from './mapping.ts';
import { assertIndexName } from './names.ts';
import type { IndexState, RunMeta } from './run-meta.ts';

interface Described {
  readonly mappings?: { readonly _meta?: unknown; readonly properties?: MappedFields };
}

function isRunMeta(meta: unknown): meta is RunMeta {
  return typeof meta === 'object' && meta !== null && (meta as Partial<RunMeta>).tool === 'incident-demo';
}

/**
 * What is there under a name, compared with what the signal stores. Throws AppError `index-name` when the name is an
 * alias or not one of an index, or what the cluster refuses.
 */
export async function inspectIndex(
  cluster: Cluster,
  stored: StoredSignal,
  name: string,
  signal?: AbortSignal,
): Promise<IndexState> {
  const mappings = await mappingsOf(cluster, name, signal);
  if (mappings === undefined) return { name, exists: false, documents: 0, bytes: 0, mappingDifferences: [] };
  const size = await sizeOf(cluster, name, signal);
  const meta = mappings._meta;
  return {
    name,
    exists: true,
    ...size,
    ...(isRunMeta(meta) ? { meta } : {}),
    mappingDifferences: mappingDifferences(stored.mapping.properties, mappings.properties ?? {}),
  };
}

/** The mappings of an index; undefined when there is none of that name. Throws AppError `index-name` for an alias. */
export async function mappingsOf(cluster: Cluster, name: string, signal?: AbortSignal) {
  assertIndexName(name);
  const { status, body } = await cluster.request({ method: 'GET', path: `/${name}`, accept: [404], signal });
  if (status === 404) return undefined;
  const mappings = (body as Record<string, Described>)[name]?.mappings;
  if (mappings) return mappings;
  const [real = 'another index'] = Object.keys(body as object);
  throw new AppError('index-name', { index: name, reason: `it is an alias of ${real}` });
}

async function sizeOf(cluster: Cluster, name: string, signal?: AbortSignal) {
  if (cluster.serverless) {
    const { body } = await cluster.request({ method: 'GET', path: `/${name}/_count`, signal });
    return { documents: (body as { count: number }).count, bytes: 0 };
  }
  const stats = await cluster.request({ method: 'GET', path: `/${name}/_stats/docs,store`, signal });
  const { primaries, total } = (stats.body as { _all: Record<'primaries' | 'total', Stats> })._all;
  return { documents: primaries.docs?.count ?? 0, bytes: total.store?.size_in_bytes ?? 0 };
}

interface Stats {
  readonly docs?: { readonly count: number };
  readonly store?: { readonly size_in_bytes: number };
}

/**
 * The UUID of an index, which differs from that of a later index of the same name; empty when there is no such index
 * or the service does not report it (Serverless).
 */
export async function indexUuid(cluster: Cluster, name: string, signal?: AbortSignal): Promise<string> {
  assertIndexName(name);
  const query = { flat_settings: true };
  const path = `/${name}/_settings`;
  const { status, body } = await cluster.request({ method: 'GET', path, query, accept: [404], signal });
  if (status === 404) return '';
  const described = body as Record<string, { settings?: { 'index.uuid'?: string } }>;
  return described[name]?.settings?.['index.uuid'] ?? '';
}

/** A document takes about 275 bytes on the disk, and a shard is best below 30 GB. */
const DOCUMENTS_PER_SHARD = 100_000_000;

/** Primary shards for so many documents. */
const shardsFor = ({ mapping }: StoredSignal, documents: number): number =>
  Math.max(mapping.settings.index.number_of_shards, Math.ceil(documents / DOCUMENTS_PER_SHARD));

export interface CreateIndex {
  readonly meta: RunMeta;
  /** Also the label fields. */
  readonly labels: boolean;
  /** How many documents it will hold: many are spread over several shards. @default 0 */
  readonly documents?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Creates an index with the signal's mapping that knows the run it is for. Throws AppError `index-exists` or `writes-blocked`. */
export async function createIndex(
  cluster: Cluster,
  stored: StoredSignal,
  name: string,
  { meta, labels, documents = 0, signal }: CreateIndex,
): Promise<void> {
  assertIndexName(name);
  const { mappings, settings: plain } = mappingFor(stored, labels, meta);
  const settings = { index: { ...plain.index, number_of_shards: shardsFor(stored, documents) } };
  const { body } = await cluster.request({
    method: 'PUT',
    path: `/${name}`,
    // How many shards a collection has is its own business.
    body: cluster.serverless ? { mappings } : { settings, mappings },
    timeoutMs: 60_000,
    retryable: false,
    signal,
  });
  if ((body as { shards_acknowledged?: boolean }).shards_acknowledged !== false) return;
  throw new AppError('writes-blocked', { index: name, reason: 'no node takes its shard (full disks?)' });
}

/** Replaces what an index remembers of its run. */
export async function updateMeta(
  cluster: Cluster,
  name: string,
  meta: RunMeta,
  signal?: AbortSignal,
): Promise<void> {
  assertIndexName(name);
  await cluster.request({ method: 'PUT', path: `/${name}/_mapping`, body: { _meta: meta }, signal });
}

export interface DeleteIndex {
  /** True when a person typed the name of an index that this tool did not make. @default false */
  readonly confirmed?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Deletes one index, looking once more at whose it is. Throws AppError `index-name` for patterns and aliases,
 * `index-not-ours` when this tool did not make it and no one confirmed, `index-missing`.
 */
export async function deleteIndex(
  cluster: Cluster,
  name: string,
  { confirmed = false, signal }: DeleteIndex = {},
): Promise<void> {
  const mappings = await mappingsOf(cluster, name, signal);
  if (mappings && !isRunMeta(mappings._meta) && !confirmed)
    throw new AppError('index-not-ours', { index: name });
  await cluster.request({ method: 'DELETE', path: `/${name}`, retryable: false, signal });
}
