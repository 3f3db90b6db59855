// Looks at, creates, remembers in and deletes the index; always one index, by its exact name.

import { AppError } from '../../../errors/app-error.ts';
import { plainWords, wordsOf } from '../../../text/plain-text.ts';
import type { MappedFields, StoredSignal } from '../../documents/signal.ts';
import { unreadableAnswer } from '../answer-errors.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from '../answer-shape.ts';
import type { Cluster } from '../client.ts';
import { countDocuments } from './count.ts';
import { unlessForbidden } from './forbidden.ts';
import { mappingDifferences, mappingFor } from './mapping.ts';
import { assertIndexName } from './names.ts';
import type { IndexState, RunMeta } from './run-meta.ts';
import { indexSettings } from './settings.ts';

function isRunMeta(meta: unknown): meta is RunMeta {
  const { tool, run, key, now } = fieldsOf(meta);
  return tool === 'incident-demo' && [run, key, now].every((word) => typeof word === 'string');
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
    mappingDifferences: mappingDifferences(stored.mapping.properties, mappings.properties),
  };
}

/** The mappings of an index; undefined when there is none of that name. Throws AppError `index-name` for an alias. */
export async function mappingsOf(cluster: Cluster, name: string, signal?: AbortSignal) {
  assertIndexName(name);
  const request = { method: 'GET', path: `/${name}` } as const;
  const { status, body } = await cluster.request({ ...request, accept: [404], signal });
  if (status === 404) return undefined;
  const { [name]: described, ...others } = fieldsOf(body);
  if (described !== undefined) {
    const { _meta, properties } = fieldsOf(fieldsOf(described)['mappings']);
    return { _meta, properties: fieldsOf(properties) as MappedFields };
  }
  const [real] = Object.keys(others);
  if (real === undefined || fieldsOf(others[real])['mappings'] === undefined)
    throw unreadableAnswer(cluster, request, body);
  // The indexes behind a data stream have names that begin so.
  const what = real.startsWith('.ds-') ? 'a data stream' : `an alias of ${plainWords(real)}`;
  throw new AppError('index-name', { index: name, reason: `it is ${what}` });
}

/** Documents and bytes; the bytes are 0 where the service or the role does not show them. */
async function sizeOf(cluster: Cluster, name: string, signal?: AbortSignal) {
  const stats = cluster.serverless ? undefined : await statsOf(cluster, name, signal);
  const { primaries, total } = fieldsOf(stats?.['_all']);
  const documents = numberOf(fieldsOf(fieldsOf(primaries)['docs'])['count']);
  const bytes = numberOf(fieldsOf(fieldsOf(total)['store'])['size_in_bytes']) ?? 0;
  return { documents: documents ?? (await countDocuments(cluster, name, { signal })), bytes };
}

/** Undefined where this user may not see them. */
async function statsOf(cluster: Cluster, name: string, signal?: AbortSignal): Promise<Fields | undefined> {
  const request = { method: 'GET', path: `/${name}/_stats/docs,store`, signal } as const;
  return unlessForbidden(async () => fieldsOf((await cluster.request(request)).body));
}

/**
 * The UUID of an index, which differs from that of a later index of the same name; empty when there is no such index
 * or it is not shown (Serverless, or a role that may not see settings).
 */
export async function indexUuid(cluster: Cluster, name: string, signal?: AbortSignal): Promise<string> {
  assertIndexName(name);
  const settings = await indexSettings(cluster, name, signal);
  return textOf(settings?.['index.uuid']);
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
  if (fieldsOf(body)['shards_acknowledged'] !== false) return;
  throw new AppError('writes-blocked', {
    index: name,
    kind: 'allocation',
    reason: await whyUnassigned(cluster, name, signal),
  });
}

/** Why no node takes the shard of an index, as the cluster explains it. */
async function whyUnassigned(cluster: Cluster, name: string, signal?: AbortSignal): Promise<string> {
  const body = { index: name, shard: 0, primary: true };
  const request = {
    method: 'POST',
    path: '/_cluster/allocation/explain',
    body,
    accept: 'any',
    signal,
  } as const;
  const { node_allocation_decisions: nodes } = fieldsOf((await cluster.request(request)).body);
  const [decider] = listOf(nodes).flatMap(({ deciders }) => listOf(deciders));
  const told = wordsOf(decider?.['explanation'], 200);
  return `no node takes its shard (${told || 'full disks, or a setting that keeps it off every node'})`;
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
