// Storing the dashboards of a data set, all of them or none.
import type { Cluster } from '../cluster/client.ts';
import type { MappedFields } from '../documents/signal.ts';
import type { Plan } from '../plan/types.ts';
import { assertSameCluster, type FoundDashboards } from './find.ts';
import { importObjects, readBack } from './import.ts';
import { indexPattern } from './index-pattern.ts';
import { type Installed, objectsThere } from './installed.ts';
import { removeDashboards } from './remove.ts';
import { roomsOf } from './rooms.ts';
import { objectId, renamed, type SavedObject } from './saved-object.ts';
import type { Dashboards } from './server.ts';
import { assertOurs, idsThere, patternTitled, type StoredObject } from './stored.ts';
import { tryPanels } from './try-panels.ts';

export interface InstallRequest {
  readonly found: FoundDashboards;
  readonly cluster: Cluster;
  readonly plan: Plan;
  readonly index: string;
  /** Of the index's mapping. */
  readonly fields: MappedFields;
  /** True when the companion index exists. */
  readonly answers: boolean;
  /** Hears which objects are about to be stored, and again as they were stored: `clean` must find them after a crash. */
  readonly onStored?: (objects: readonly StoredObject[]) => void;
  readonly signal?: AbortSignal;
}

/**
 * Stores the dashboards of a data set, in the place of those of an earlier run. An index pattern of the same title is used
 * as it is, and no default is changed. Throws AppError `dashboards-other-cluster`, `dashboards-taken`, `dashboards-import`
 * or `dashboards-empty-panel`; nothing is left in Dashboards then that was not there before.
 */
export async function installDashboards(request: InstallRequest): Promise<Installed> {
  const { found, index, signal } = request;
  const { dashboards, version } = found;
  const fields = await assertSameCluster({ ...request, dashboards });
  const there = await patternTitled(dashboards, index, signal);
  const pattern = there?.id ?? objectId(index, 'pattern');
  const rooms = roomsOf({ ...request, pattern });
  const objects =
    there && !there.ours ? rooms.objects : [indexPattern({ id: pattern, index, fields }), ...rooms.objects];
  await tryPanels(request, rooms.panels);
  const ids = await idsThere(dashboards, { index, objects }, signal);
  const placed = renamed(objects, ids);
  const before = await assertOurs(dashboards, placed, signal);
  const stored = await storeObjects(request, placed, before);
  const idOf = (id: string) => stored.get(ids.get(id) ?? id)?.id ?? id;
  return {
    base: dashboards.base,
    version,
    tenant: dashboards.tenant,
    objects: [...stored.values()],
    dashboards: {
      room: idOf(rooms.dashboards.room),
      ...(rooms.dashboards.answers ? { answers: idOf(rooms.dashboards.answers) } : {}),
    },
    savedSearch: idOf(rooms.savedSearch),
    pattern: idOf(pattern),
  };
}

/** Imports the objects and reads them back. When that fails, those that were not there before are removed again. */
async function storeObjects(
  { found: { dashboards }, index, signal, onStored = () => {} }: InstallRequest,
  objects: readonly SavedObject[],
  before: readonly StoredObject[],
): Promise<ReadonlyMap<string, StoredObject>> {
  const kept = new Set(before.map(({ id }) => id));
  let stored: readonly StoredObject[] = objects.map(({ type, id }) => ({ type, id }));
  onStored(stored);
  try {
    const moved = await importLinked(dashboards, objects, signal);
    stored = [...moved.values()];
    onStored(stored);
    await readBack(dashboards, stored, signal);
    return moved;
  } catch (error) {
    // Without the signal: a stop must not leave half of them behind. What stopped the import matters more than this.
    await removeAdded({ dashboards, index, stored, kept }).then(
      () => onStored(stored.filter(({ id }) => kept.has(id))),
      () => {},
    );
    throw error;
  }
}

interface Added {
  readonly dashboards: Dashboards;
  readonly index: string;
  readonly stored: readonly StoredObject[];
  readonly kept: ReadonlySet<string>;
}

/** Removes what an import has stored: under the ids that are known and, where its answer was lost, by its names. */
async function removeAdded({ dashboards, index, stored, kept }: Added): Promise<void> {
  const { objects: named } = await objectsThere(dashboards, index);
  const all = new Map([...stored, ...named].map((object) => [object.id, object]));
  const objects = [...all.values()].filter(({ id }) => !kept.has(id));
  await removeDashboards({ dashboards, objects });
}

/**
 * Imports the objects; where a workspace gives them other ids, once more with links that name these. Returns each object by
 * the id it was sent with.
 */
async function importLinked(
  dashboards: Dashboards,
  objects: readonly SavedObject[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, StoredObject>> {
  const moved = await importObjects(dashboards, objects, signal);
  const ids = new Map([...moved].map(([sent, { id }]) => [sent, id]));
  if ([...ids].every(([sent, id]) => sent === id)) return moved;
  await importObjects(dashboards, renamed(objects, ids), signal);
  return moved;
}
