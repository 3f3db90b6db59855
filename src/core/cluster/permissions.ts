// What a role must allow for a run, and what a run can do without. `doctor --role` prints it, and the integration tests
// create exactly this role on a secured node.
import { companionOf } from './indexes/companion.ts';

export interface Permission {
  /** As the security plugin names it; `*` stands for the requests that it sends on to shards. */
  readonly action: string;
  /** Whether a role has it for the cluster or for its indexes. */
  readonly scope: 'cluster' | 'index';
  /** What it is for, as a phrase that completes "to …". */
  readonly use: string;
}

/** Without any one of these, a run, an append or `clean` ends with exit code 4 and names it. */
export const NEEDED: readonly Permission[] = [
  { action: 'indices:data/write/bulk', scope: 'cluster', use: 'send documents' },
  { action: 'indices:admin/get', scope: 'index', use: 'look at the index' },
  { action: 'indices:admin/create', scope: 'index', use: 'create it' },
  { action: 'indices:data/write/bulk*', scope: 'index', use: 'send documents to it' },
  { action: 'indices:data/write/index', scope: 'index', use: 'store them' },
  { action: 'indices:data/read/search*', scope: 'index', use: 'count and check them' },
  { action: 'indices:admin/mapping/put', scope: 'index', use: 'add the minutes since an earlier run' },
  { action: 'indices:admin/delete', scope: 'index', use: 'replace it, and remove it with clean' },
];

/** Without these a run goes on; `use` says what it leaves out. */
export const OPTIONAL: readonly Permission[] = [
  { action: 'cluster:monitor/main', scope: 'cluster', use: 'show the version' },
  {
    action: 'cluster:monitor/state',
    scope: 'cluster',
    use: 'see blocks and limits of the cluster beforehand',
  },
  { action: 'cluster:monitor/nodes/stats', scope: 'cluster', use: 'see the disk space beforehand' },
  { action: 'cluster:monitor/health', scope: 'cluster', use: 'check the health of the index' },
  {
    action: 'cluster:admin/ingest/pipeline/simulate',
    scope: 'cluster',
    use: 'estimate how long the load takes',
  },
  {
    action: 'indices:monitor/settings/get',
    scope: 'index',
    use: 'notice that the index is deleted meanwhile',
  },
  { action: 'indices:admin/settings/update', scope: 'index', use: 'load faster' },
  { action: 'indices:monitor/stats', scope: 'index', use: 'show the size of an index that exists' },
  { action: 'indices:admin/refresh*', scope: 'index', use: 'see the documents at once' },
  { action: 'indices:admin/flush*', scope: 'index', use: 'have them on the disk before the checks' },
];

/** The body that creates a role: `PUT _plugins/_security/api/roles/NAME`. */
export interface Role {
  readonly cluster_permissions: readonly string[];
  readonly index_permissions: readonly [
    { readonly index_patterns: readonly string[]; readonly allowed_actions: readonly string[] },
  ];
}

/** The least role that loads an index, marks its incidents, checks it, adds to it, replaces it and removes it. */
export function roleFor(index: string, permissions: readonly Permission[] = NEEDED): Role {
  const actions = (wanted: Permission['scope']) =>
    permissions.filter(({ scope }) => scope === wanted).map(({ action }) => action);
  return {
    cluster_permissions: actions('cluster'),
    index_permissions: [{ index_patterns: [index, companionOf(index)], allowed_actions: actions('index') }],
  };
}
