// What runs have stored in OpenSearch Dashboards, and taking it away again: for `clean` and `dashboards remove`.
import type { Connection } from '../core/cluster/types.ts';
import { findDashboards } from '../core/dashboards/find.ts';
import { removeDashboards } from '../core/dashboards/remove.ts';
import { everyObjectOf } from '../core/dashboards/rooms.ts';
import { dashboardsAddress } from '../core/dashboards/server.ts';
import type { RunRecord, StoredDashboards } from '../core/history/record.ts';
import { asAppError } from '../errors/app-error.ts';
import type { Context } from './context.ts';

/**
 * What may be in Dashboards: what the records of these runs remember, and at an address what would be stored there for
 * the index.
 */
export function storedOf(
  runs: readonly RunRecord[],
  at?: { readonly url: string; readonly index: string },
): StoredDashboards[] {
  const remembered = runs.flatMap(({ dashboards }) => (dashboards ? [dashboards] : []));
  if (!at) return merged(remembered);
  const { origin, basePath, tenant } = dashboardsAddress(at.url);
  return merged([...remembered, { base: `${origin}${basePath}`, tenant, objects: everyObjectOf(at.index) }]);
}

/** One entry for each place. */
function merged(all: readonly StoredDashboards[]): StoredDashboards[] {
  const places = Map.groupBy(all, ({ base, tenant }) => `${base} ${tenant}`);
  return [...places.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const objects = new Map(same.flatMap((one) => one.objects.map((object) => [object.id, object])));
    return [{ ...first, objects: [...objects.values()] }];
  });
}

/** Says that these dashboards are still there, and why. */
export const notRemoved = ({ base }: StoredDashboards, error: unknown): string =>
  `The dashboards in ${base} were not removed: ${asAppError(error).message}`;

/** Removes what is still there of it, dashboards first; returns how many objects that were. */
export async function removeStored(
  { environment, signal }: Pick<Context, 'environment' | 'signal'>,
  connection: Connection,
  { base, tenant, objects }: StoredDashboards,
): Promise<number> {
  const url = `${base}?security_tenant=${encodeURIComponent(tenant)}`;
  const { dashboards } = await findDashboards({ url, connection, environment, signal });
  try {
    return await removeDashboards({ dashboards, objects, signal });
  } finally {
    await dashboards.close();
  }
}
