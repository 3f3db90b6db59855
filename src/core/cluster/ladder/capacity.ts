// The rung `space`: nothing blocks writing, and there is disk space.

import { AppError } from '../../../errors/app-error.ts';
import { addressOf } from '../address.ts';
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
  const own = Object.values(blocks ?? {})[0] as { settings?: Flat } | undefined;
  assertNoBlock(index, settings, 'cluster.blocks.', 'the whole cluster is');
  assertNoBlock(index, own?.settings ?? {}, 'index.blocks.', 'the index is');
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

const blocked = (index: string, reason: string) => new AppError('writes-blocked', { index, reason });

function assertNoBlock(index: string, settings: Flat, prefix: string, whose: string): void {
  for (const block of ['read_only', 'read_only_allow_delete', 'write']) {
    if (String(settings[prefix + block]) === 'true')
      throw blocked(index, `${whose} read-only (${prefix}${block} is set)`);
  }
}

/** OpenSearch sets this block itself when every disk is above its high watermark, on a single node too. */
function assertIndexesAllowed(index: string, settings: Flat): void {
  if (String(settings['cluster.blocks.create_index']) !== 'true') return;
  throw blocked(
    index,
    'no index may be created (cluster.blocks.create_index is set, usually because the disks are nearly full)',
  );
}

function assertShardsLeft(index: string, settings: Flat, health: Flat): void {
  const most = Number(settings['cluster.max_shards_per_node']) * Number(health['number_of_data_nodes']);
  const now = Number(health['active_shards']) + Number(health['unassigned_shards']);
  // Both are NaN where the cluster does not report them, and comparisons with NaN are false.
  if (now + 1 > most) throw blocked(index, `the cluster holds ${now} of at most ${most} shards`);
}

function assertDiskSpace(index: string, settings: Flat, disks: readonly NodeDisk[]): void {
  const mark = floodStage(settings);
  const full = ({ available, total }: NodeDisk) => available <= minFreeBytes(mark, total);
  if (mark !== '' && disks.length > 0 && disks.every(full))
    throw blocked(index, `the disks are above the flood-stage watermark (${mark})`);
}

async function assertIndexNotRed(context: RungContext): Promise<void> {
  const health = await ask(context, `/_cluster/health/${context.index}`);
  if (health?.['status'] === 'red')
    throw new AppError('cluster-red', { address: addressOf(context.connection).address });
}
