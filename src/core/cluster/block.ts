// What blocks writing, read from the words of the cluster: each kind has another way out.

/** `disk`: set by the cluster itself when a disk is nearly full. `closed`: the index is closed. */
export type BlockKind =
  | 'disk'
  | 'index'
  | 'read'
  | 'metadata'
  | 'cluster'
  | 'create'
  | 'template'
  | 'shards'
  | 'no-data-node'
  | 'allocation'
  | 'closed';

/** Ids of blocks that pass by themselves: the cluster is starting, or has no manager. */
const PASSING = /SERVICE_UNAVAILABLE\/(?:1|2)\//;

/** True when a block is that of a cluster that has just started, or has lost its manager. */
export const passesByItself = (reason: string): boolean => PASSING.test(reason);

/** The kind of a block in a reason such as `index [x] blocked by: [FORBIDDEN/8/index write (api)];`. */
export function blockKind(reason: string): BlockKind {
  if (/\/12\/|disk usage exceeded|flood.stage|read-only-allow-delete/i.test(reason)) return 'disk';
  if (/\/(?:6|13)\/cluster/.test(reason)) return 'cluster';
  if (/\/10\/|create.index/i.test(reason)) return 'create';
  if (/\/4\/index closed/.test(reason)) return 'closed';
  if (/\/7\/index read/.test(reason)) return 'read';
  if (/\/9\/index metadata/.test(reason)) return 'metadata';
  return 'index';
}
