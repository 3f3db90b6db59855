// The dashboards of an index that were installed earlier, from this machine or another one.
import type { FoundDashboards } from './find.ts';
import { everyObjectOf, type Rooms } from './rooms.ts';
import { objectId } from './saved-object.ts';
import type { Dashboards } from './server.ts';
import { idsThere, patternTitled, type StoredObject } from './stored.ts';

export interface Installed {
  readonly base: string;
  readonly version: string;
  readonly tenant: string;
  /** What was stored, dashboards last. */
  readonly objects: readonly StoredObject[];
  readonly dashboards: Rooms['dashboards'];
  readonly savedSearch: string;
  readonly pattern: string;
}

interface There {
  /** What there is of ours, the index pattern last. */
  readonly objects: readonly StoredObject[];
  /** The ids that they have, by the ids that we send. */
  readonly ids: ReadonlyMap<string, string>;
  /** Of the index pattern of this title, whoever made it. */
  readonly pattern: string | undefined;
}

/** What there is of an index in Dashboards, whatever its data and its ids are. Throws as lookUp does. */
export async function objectsThere(
  dashboards: Dashboards,
  index: string,
  signal?: AbortSignal,
): Promise<There> {
  const wanted = everyObjectOf(index).filter(({ type }) => type !== 'index-pattern');
  const ids = await idsThere(dashboards, { index, objects: wanted }, signal);
  const pattern = await patternTitled(dashboards, index, signal);
  const objects = wanted.flatMap(({ type, id }) => {
    const there = ids.get(id);
    return there === undefined ? [] : [{ type, id: there }];
  });
  const own = pattern?.ours ? [{ type: 'index-pattern', id: pattern.id }] : [];
  return { objects: [...objects, ...own], ids, pattern: pattern?.id };
}

export interface InstalledRequest {
  readonly found: FoundDashboards;
  readonly index: string;
  readonly signal?: AbortSignal;
}

/** What is installed for an index; undefined where a part that links lead to is not there. Throws as lookUp does. */
export async function findInstalled({
  found: { dashboards, version },
  index,
  signal,
}: InstalledRequest): Promise<Installed | undefined> {
  const { objects, ids, pattern } = await objectsThere(dashboards, index, signal);
  const room = ids.get(objectId(index, 'incident-room'));
  const savedSearch = ids.get(objectId(index, 'slow-errors'));
  if (room === undefined || savedSearch === undefined || pattern === undefined) return undefined;
  const { base, tenant } = dashboards;
  return { base, version, tenant, objects, dashboards: { room }, savedSearch, pattern };
}
