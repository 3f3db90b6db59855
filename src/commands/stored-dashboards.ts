// What runs have stored in OpenSearch Dashboards, and taking it away again: for `clean` and `dashboards remove`.
import { findDashboards } from '../core/dashboards/find.ts';
import { objectsThere } from '../core/dashboards/installed.ts';
import { removeDashboards } from '../core/dashboards/remove.ts';
import { type DashboardsDoor, dashboardsAddress } from '../core/dashboards/server.ts';
import type { RunRecord, StoredDashboards } from '../core/history/record.ts';
import { asAppError } from '../errors/app-error.ts';
import type { DoorTo } from './dashboards-door.ts';

/** What may be at one place. */
export interface Removable extends StoredDashboards {
  /** What is there of this index is looked for by its names, too. */
  readonly index?: string;
}

/**
 * What may be in Dashboards: what the records of these runs remember, and at an address what is there of the index.
 */
export function storedOf(
  runs: readonly RunRecord[],
  at?: { readonly url: string; readonly index: string },
): Removable[] {
  const remembered = runs.flatMap(({ dashboards }) => (dashboards ? [dashboards] : []));
  if (!at) return merged(remembered);
  const { origin, basePath, tenant } = dashboardsAddress(at.url);
  return merged([...remembered, { base: `${origin}${basePath}`, tenant, objects: [], index: at.index }]);
}

/** One entry for each place. */
function merged(all: readonly Removable[]): Removable[] {
  const places = Map.groupBy(all, ({ base, tenant }) => `${base} ${tenant}`);
  return [...places.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const objects = new Map(same.flatMap((one) => one.objects.map((object) => [object.id, object])));
    const index = same.find((one) => one.index !== undefined)?.index;
    return [{ ...first, objects: [...objects.values()], ...(index === undefined ? {} : { index }) }];
  });
}

/** Its address, with the tenant. */
export const addressOf = ({ base, tenant }: Pick<StoredDashboards, 'base' | 'tenant'>): string =>
  `${base}?security_tenant=${encodeURIComponent(tenant)}`;

/** Removes what is still there of it, dashboards first; returns how many objects that were. */
export async function removeStored(
  door: DashboardsDoor,
  { objects, index, ...place }: Removable,
  signal: AbortSignal,
): Promise<number> {
  const { dashboards } = await findDashboards({ ...door, url: addressOf(place), signal });
  try {
    const named = index === undefined ? [] : (await objectsThere(dashboards, index, signal)).objects;
    const all = new Map([...objects, ...named].map((object) => [`${object.type}/${object.id}`, object]));
    return await removeDashboards({ dashboards, objects: [...all.values()], signal });
  } finally {
    await dashboards.close();
  }
}

/** Says that these dashboards are still there, and why. */
const notRemoved = ({ base }: StoredDashboards, error: unknown): string =>
  `The dashboards in ${base} were not removed: ${asAppError(error).message}`;

/**
 * Removes what is at each place; one that is gone does not keep the rest from being removed. Returns how many objects that
 * were. Throws only the reason of the signal.
 * @param tellLeft hears of what was not removed, in a sentence.
 */
export async function removeEach(
  doorTo: DoorTo,
  stored: readonly Removable[],
  tellLeft: (sentence: string) => void,
  signal: AbortSignal,
): Promise<number> {
  let removed = 0;
  for (const one of stored) {
    try {
      removed += await removeStored(doorTo(one.base), one, signal);
    } catch (error) {
      signal.throwIfAborted();
      tellLeft(notRemoved(one, error));
    }
  }
  return removed;
}
