// Taking our objects away again.
import { type Dashboards, objectOf } from './server.ts';
import { importFailed, lookUp, type StoredObject } from './stored.ts';

export interface RemoveRequest {
  readonly dashboards: Dashboards;
  readonly objects: readonly StoredObject[];
  readonly signal?: AbortSignal;
}

/** In this order: nothing that is left refers to what is gone. */
const ORDER = ['dashboard', 'search', 'visualization', 'index-pattern'];

/**
 * Removes objects that this tool made, dashboards first; an index pattern only if nothing of others refers to it. What is
 * gone already, or was made by others, is left. Returns how many it removed.
 */
export async function removeDashboards({ dashboards, objects, signal }: RemoveRequest): Promise<number> {
  const ours = (await lookUp(dashboards, objects, signal)).filter(({ there, ours: own }) => there && own);
  let removed = 0;
  for (const kind of ORDER) {
    const gone = await Promise.all(
      ours.filter(({ type }) => type === kind).map((object) => removeObject(dashboards, object, signal)),
    );
    removed += gone.filter(Boolean).length;
  }
  return removed;
}

async function removeObject(
  dashboards: Dashboards,
  { type, id }: StoredObject,
  signal?: AbortSignal,
): Promise<boolean> {
  if (type === 'index-pattern' && (await isUsed(dashboards, id, signal))) return false;
  const path = `/api/saved_objects/${type}/${id}`;
  const { status, body } = await dashboards.request({ method: 'DELETE', path }, signal);
  if (status !== 200 && status !== 404) throw importFailed(dashboards, status, body);
  return status === 200;
}

async function isUsed(dashboards: Dashboards, id: string, signal?: AbortSignal): Promise<boolean> {
  const path = `/api/opensearch-dashboards/management/saved_objects/relationships/index-pattern/${id}`;
  const query = { size: '100', savedObjectTypes: ['dashboard', 'search', 'visualization'] };
  const { status, body } = await dashboards.request({ method: 'GET', path, query }, signal);
  return (
    status === 200 && Array.isArray(body) && body.some((one) => objectOf(one)['relationship'] === 'parent')
  );
}
