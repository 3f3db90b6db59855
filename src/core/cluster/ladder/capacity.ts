// The rung `space`: nothing blocks writing, and there is disk space.

import { AppError } from '../../../errors/app-error.ts';
import { addressOf } from '../address.ts';
import { fieldsOf } from '../answer-shape.ts';
import type { BlockKind } from '../block.ts';
import { clusterDisks, type Flat, floodStage, minFreeBytes, type NodeDisk } from './disks.ts';
import { ask, type Finding, type RungContext } from './rung.ts';

/** Throws AppError `cluster-red` or `writes-blocked` when a load cannot succeed now. */
export async function checkSpace(context: RungContext): Promise<Finding> {
  const { index } = context;
  const [{ settings, disks }, health, blocks] = await Promise.all([
    clusterDisks(context),
    ask(context, '/_cluster/health'),
    ask(context, `/${index}/_settings?flat_settings=true`),
  ]);
  const [described] = Object.values(blocks ?? {});
  const own = described === undefined ? undefined : fieldsOf(fieldsOf(described)['settings']);
  assertNoClusterBlock(index, settings);
  assertNoIndexBlock(index, own ?? {});
  if (own === undefined) {
    assertIndexesAllowed(index, settings);
    assertShardsLeft(index, settings, health ?? {});
  }
  assertDiskSpace(index, settings, disks);
  if (own !== undefined) await assertIndexNotRed(context);
  if (disks.length === 0) return { state: 'skipped', detail: 'the cluster does not report its disks' };
  const free = disks.reduce((sum, { available }) => sum + available, 0);
  const red = health?.['status'] === 'red' ? '; other data of this cluster is red' : '';
  return { state: 'ok', detail: `${Math.floor(free / 1e9)} GB free${red}` };
}

const blocked = (index: string, kind: BlockKind, reason: string) =>
  new AppError('writes-blocked', { index, kind, reason });

/** The first of these blocks that is set. */
const setBlock = (settings: Flat, names: readonly string[]) =>
  names.find((name) => String(settings[name]) === 'true');

function assertNoClusterBlock(index: string, settings: Flat): void {
  const block = setBlock(settings, ['cluster.blocks.read_only', 'cluster.blocks.read_only_allow_delete']);
  if (block) throw blocked(index, 'cluster', `the whole cluster is read-only (${block} is set)`);
}

/** Throws AppError `writes-blocked` when the settings of an index do not let it be written. */
export function assertNoIndexBlock(index: string, settings: Flat, kind: BlockKind = 'index'): void {
  const names = ['read_only', 'read_only_allow_delete', 'write'].map((name) => `index.blocks.${name}`);
  const block = setBlock(settings, names);
  if (!block) return;
  const isDisk = block.endsWith('allow_delete') && kind === 'index';
  throw blocked(index, isDisk ? 'disk' : kind, `the index is read-only (${block} is set)`);
}

/** OpenSearch sets this block itself when every disk is above its high watermark, on a single node too. */
function assertIndexesAllowed(index: string, settings: Flat): void {
  if (String(settings['cluster.blocks.create_index']) !== 'true') return;
  throw blocked(
    index,
    'create',
    'no index may be created (cluster.blocks.create_index is set, usually because the disks are nearly full)',
  );
}

function assertShardsLeft(index: string, settings: Flat, health: Flat): void {
  if (health['number_of_data_nodes'] === 0)
    throw blocked(index, 'no-data-node', 'the cluster has no node that holds data');
  const most = Number(settings['cluster.max_shards_per_node']) * Number(health['number_of_data_nodes']);
  const now = Number(health['active_shards']) + Number(health['unassigned_shards']);
  // Both are NaN where the cluster does not report them, and comparisons with NaN are false.
  if (now + 1 > most) throw blocked(index, 'shards', `the cluster holds ${now} of at most ${most} shards`);
}

function assertDiskSpace(index: string, settings: Flat, disks: readonly NodeDisk[]): void {
  const mark = floodStage(settings);
  const full = ({ available, total }: NodeDisk) => available <= minFreeBytes(mark, total);
  if (mark !== '' && disks.length > 0 && disks.every(full))
    throw blocked(index, 'disk', `the disks are above the flood-stage watermark (${mark})`);
}

async function assertIndexNotRed(context: RungContext): Promise<void> {
  const health = await ask(context, `/_cluster/health/${context.index}`);
  if (health?.['status'] === 'red')
    throw new AppError('cluster-red', { address: addressOf(context.connection).address });
}
