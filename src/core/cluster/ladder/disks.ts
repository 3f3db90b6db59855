// The disks of the data nodes, and how much can be written to them.

import { wordsOf } from '../../../text/plain-text.ts';
import { fieldsOf, numberOf, textOf } from '../answer-shape.ts';
import { ask, type Question } from './rung.ts';

/** Settings or other facts by their flat names. */
export type Flat = Readonly<Record<string, unknown>>;

/** Bytes of the disk of one data node. */
export interface NodeDisk {
  readonly total: number;
  readonly available: number;
}

export interface ClusterDisks {
  /** Settings of the cluster: transient before persistent before defaults. */
  readonly settings: Flat;
  /** Empty where the cluster does not report its disks. */
  readonly disks: readonly NodeDisk[];
}

/** Asks for the settings of a cluster and the disks of its data nodes. */
export async function clusterDisks(context: Question): Promise<ClusterDisks> {
  const [settings, stats] = await Promise.all([
    ask(context, '/_cluster/settings?include_defaults=true&flat_settings=true'),
    ask(context, '/_nodes/stats/fs?filter_path=nodes.*.fs.total,nodes.*.roles'),
  ]);
  const known = {
    ...fieldsOf(settings?.['defaults']),
    ...fieldsOf(settings?.['persistent']),
    ...fieldsOf(settings?.['transient']),
  };
  return { settings: known, disks: dataDisks(stats?.['nodes']) };
}

function dataDisks(nodes: unknown): NodeDisk[] {
  return Object.values(fieldsOf(nodes))
    .map(fieldsOf)
    .filter(({ roles }) => !Array.isArray(roles) || roles.some((role) => textOf(role).startsWith('data')))
    .map(({ fs }) => fieldsOf(fieldsOf(fs)['total']))
    .map(({ total_in_bytes: total, available_in_bytes: available }) => ({
      total: numberOf(total) ?? 0,
      available: numberOf(available) ?? 0,
    }))
    .filter(({ total }) => total > 0);
}

/** The watermark at which OpenSearch ends all writing; empty where it does not watch its disks. */
export function floodStage(settings: Flat): string {
  const watched = String(settings['cluster.routing.allocation.disk.threshold_enabled']) === 'true';
  return watched ? wordsOf(settings['cluster.routing.allocation.disk.watermark.flood_stage'], 40) : '';
}

/** Bytes that can be written before the flood stage; undefined where the cluster does not report its disks. */
export async function writableBytes(context: Question): Promise<number | undefined> {
  if (context.cluster.serverless) return undefined;
  const { settings, disks } = await clusterDisks(context);
  if (disks.length === 0) return undefined;
  const mark = floodStage(settings);
  return disks.reduce(
    (sum, { total, available }) => sum + Math.max(0, available - minFreeBytes(mark, total)),
    0,
  );
}

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, tb: 2 ** 40 };

/** Bytes that must stay free under a watermark: "95%" and "0.95" mean used, "500mb" means free. */
export function minFreeBytes(mark: string, total: number): number {
  const [, number = '', unit = ''] = /^([\d.]+)\s*([a-z%]*)$/i.exec(mark.trim()) ?? [];
  const value = Number(number);
  if (number === '' || Number.isNaN(value)) return 0;
  if (unit === '%') return total * (1 - value / 100);
  if (unit === '') return value <= 1 ? total * (1 - value) : 0;
  return value * (UNITS[unit.toLowerCase()] ?? 0);
}
