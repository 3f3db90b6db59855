// The upper rungs: may this user write, and is there room to write to.

import { AppError } from '../../../errors/app-error.ts';
import { plainWords } from '../../../text/plain-text.ts';
import { addressOf } from '../address.ts';
import type { Cluster } from '../client.ts';
import type { Connection } from '../types.ts';

/** A rung's answer: fine, or not to be found out (a managed service hides it, a role does not allow to look). */
export interface Finding {
  readonly state: 'ok' | 'skipped';
  readonly detail: string;
}

export interface Look {
  readonly cluster: Cluster;
  readonly connection: Connection;
  readonly index: string;
  readonly signal?: AbortSignal | undefined;
}

/** Asks in at most 10 s; any refusal is "not to be found out". */
async function ask(
  { cluster, signal }: Pick<Look, 'cluster' | 'signal'>,
  path: string,
): Promise<Record<string, unknown> | undefined> {
  const { status, body } = await cluster.request({
    method: 'GET',
    path,
    accept: 'any',
    timeoutMs: 10_000,
    signal,
  });
  return status === 200 && typeof body === 'object' && body !== null
    ? (body as Record<string, unknown>)
    : undefined;
}

/**
 * Who the security plugin thinks we are, and whether that user may look at the index; nothing is written to find out.
 * Throws AppError `forbidden`.
 */
export async function checkRights(look: Look): Promise<Finding> {
  const { cluster, connection, index, signal } = look;
  const info = await ask(look, '/_plugins/_security/authinfo');
  if (info === undefined) return { state: 'skipped', detail: 'no security plugin' };
  const user = plainWords(String(info['user_name'] ?? connection.username ?? ''));
  const { status } = await cluster.request({ method: 'HEAD', path: `/${index}`, accept: 'any', signal });
  if (status === 403) {
    const { address } = addressOf(connection);
    throw new AppError('forbidden', { address, user, index, action: `look at the index ${index}` });
  }
  const roles = Array.isArray(info['roles']) ? plainWords(info['roles'].join(', '), 60) : '';
  return { state: 'ok', detail: roles === '' ? user : `${user} with ${roles}` };
}

/** Throws AppError `cluster-red` or `writes-blocked` when a load cannot succeed now. */
export async function checkSpace(look: Look): Promise<Finding> {
  const [health, settings, disks, blocks] = await Promise.all([
    ask(look, '/_cluster/health'),
    ask(look, '/_cluster/settings?include_defaults=true&flat_settings=true'),
    ask(look, '/_nodes/stats/fs?filter_path=nodes.*.fs.total,nodes.*.roles'),
    ask(look, `/${look.index}/_settings?flat_settings=true`),
  ]);
  const known = knownSettings(settings);
  const own = Object.values(blocks ?? {})[0] as { settings?: Flat } | undefined;
  refuseBlocks(look, known, 'cluster.blocks.', 'the whole cluster is');
  refuseBlocks(look, own?.settings ?? {}, 'index.blocks.', 'the index is');
  if (own === undefined) refuseNoNewIndexes(look, known);
  refuseShardLimit(look, known, health ?? {}, own !== undefined);
  const rooms = roomsOf(disks?.['nodes']);
  refuseFullDisks(look, known, rooms);
  await refuseRedIndex(look, own !== undefined);
  if (rooms.length === 0) return { state: 'skipped', detail: 'the cluster does not tell its disks' };
  const free = rooms.reduce((sum, { available }) => sum + available, 0);
  const red = health?.['status'] === 'red' ? '; other data of this cluster is red' : '';
  return { state: 'ok', detail: `${Math.floor(free / 1e9)} GB free${red}` };
}

/** Bytes that can be written before the flood-stage mark ends all writing; undefined where the disks are not told. */
export async function writableBytes(look: Omit<Look, 'connection' | 'index'>): Promise<number | undefined> {
  if (look.cluster.serverless) return undefined;
  const [settings, disks] = await Promise.all([
    ask(look, '/_cluster/settings?include_defaults=true&flat_settings=true'),
    ask(look, '/_nodes/stats/fs?filter_path=nodes.*.fs.total,nodes.*.roles'),
  ]);
  const rooms = roomsOf(disks?.['nodes']);
  if (rooms.length === 0) return undefined;
  const known = knownSettings(settings);
  const mark = watchesDisks(known) ? floodStage(known) : '';
  return rooms.reduce(
    (sum, { total, available }) => sum + Math.max(0, available - leastFree(mark, total)),
    0,
  );
}

const knownSettings = (settings: Record<string, unknown> | undefined): Flat => ({
  ...(settings?.['defaults'] as Flat),
  ...(settings?.['persistent'] as Flat),
  ...(settings?.['transient'] as Flat),
});

const floodStage = (settings: Flat) =>
  String(settings['cluster.routing.allocation.disk.watermark.flood_stage'] ?? '');
const watchesDisks = (settings: Flat) =>
  String(settings['cluster.routing.allocation.disk.threshold_enabled']) === 'true';

type Flat = Readonly<Record<string, unknown>>;

interface Room {
  readonly total: number;
  readonly available: number;
}

function roomsOf(nodes: unknown): Room[] {
  return Object.values(
    (nodes ?? {}) as Record<string, { roles?: string[]; fs?: { total?: Record<string, number> } }>,
  )
    .filter(({ roles = ['data'] }) => roles.some((role) => role.startsWith('data')))
    .map(({ fs }) => ({
      total: fs?.total?.['total_in_bytes'] ?? 0,
      available: fs?.total?.['available_in_bytes'] ?? 0,
    }))
    .filter(({ total }) => total > 0);
}

function refuseBlocks({ index }: Look, settings: Flat, prefix: string, whose: string): void {
  for (const block of ['read_only', 'read_only_allow_delete', 'write']) {
    if (String(settings[prefix + block]) !== 'true') continue;
    throw new AppError('writes-blocked', { index, reason: `${whose} read-only (${prefix}${block} is set)` });
  }
}

/** OpenSearch sets this block itself when every disk is above its high watermark, on a single node too. */
function refuseNoNewIndexes({ index }: Look, settings: Flat): void {
  if (String(settings['cluster.blocks.create_index']) !== 'true') return;
  const reason =
    'no index may be created (cluster.blocks.create_index is set, usually because the disks are nearly full)';
  throw new AppError('writes-blocked', { index, reason });
}

function refuseShardLimit({ index }: Look, settings: Flat, health: Flat, exists: boolean): void {
  const most = Number(settings['cluster.max_shards_per_node']) * Number(health['number_of_data_nodes']);
  const now = Number(health['active_shards']) + Number(health['unassigned_shards']);
  // Comparisons with NaN, when either is not told, are false.
  if (exists || !(now + 1 > most)) return;
  throw new AppError('writes-blocked', {
    index,
    reason: `the cluster holds ${now} of at most ${most} shards`,
  });
}

function refuseFullDisks({ index }: Look, settings: Flat, rooms: readonly Room[]): void {
  const mark = floodStage(settings);
  if (
    !watchesDisks(settings) ||
    rooms.length === 0 ||
    rooms.some((room) => room.available > leastFree(mark, room.total))
  )
    return;
  throw new AppError('writes-blocked', {
    index,
    reason: `the disks are full beyond the flood-stage mark (${mark})`,
  });
}

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, tb: 2 ** 40 };

/** Bytes that must stay free under a watermark: "95%" and "0.95" mean used, "500mb" means free. */
export function leastFree(mark: string, total: number): number {
  const [, number = '', unit = ''] = /^([\d.]+)\s*([a-z%]*)$/i.exec(mark.trim()) ?? [];
  const value = Number(number);
  if (number === '' || Number.isNaN(value)) return 0;
  if (unit === '%') return total * (1 - value / 100);
  if (unit === '') return value <= 1 ? total * (1 - value) : 0;
  return value * (UNITS[unit.toLowerCase()] ?? 0);
}

async function refuseRedIndex(look: Look, exists: boolean): Promise<void> {
  if (!exists) return;
  const health = await ask(look, `/_cluster/health/${look.index}`);
  if (health?.['status'] === 'red')
    throw new AppError('cluster-red', { address: addressOf(look.connection).address });
}
