// Storing the dashboards of a data set, reading them back, trying every panel, and taking them away again.
import { AppError } from '../../errors/app-error.ts';
import { plainWords } from '../../text/plain-text.ts';
import type { Cluster } from '../cluster/client.ts';
import type { MappedFields } from '../documents/signal.ts';
import type { Plan } from '../plan/types.ts';
import { assertSameCluster, type FoundDashboards } from './find.ts';
import { indexPattern } from './index-pattern.ts';
import type { TimeSpan } from './links.ts';
import type { Panel, PanelSearch } from './panel.ts';
import { type Rooms, roomsOf } from './rooms.ts';
import { MARK, ndjsonOf, objectId, type SavedObject } from './saved-object.ts';
import { type Dashboards, objectOf } from './server.ts';

/** One of our objects as Dashboards keeps it; in a workspace its id may differ from the one sent. */
interface StoredObject {
  readonly type: string;
  readonly id: string;
}

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

/**
 * Stores the dashboards of a data set. An index pattern of the same title is used as it is, and no default is changed.
 * Throws AppError `dashboards-other-cluster`, `dashboards-taken`, `dashboards-import` or `dashboards-empty-panel`; nothing
 * is left in Dashboards then that was not there before.
 */
export async function installDashboards(request: InstallRequest): Promise<Installed> {
  const { found, index, signal } = request;
  const { dashboards, version } = found;
  const fields = await assertSameCluster({ ...request, dashboards });
  const ownPattern = objectId(index, 'pattern');
  const theirs = await patternTitled(dashboards, index, signal);
  const pattern = theirs ?? ownPattern;
  const rooms = roomsOf({ ...request, pattern });
  const objects =
    theirs !== undefined && theirs !== ownPattern
      ? rooms.objects
      : [indexPattern({ id: ownPattern, index, fields }), ...rooms.objects];
  await tryPanels(request, rooms.panels);
  const before = await assertOurs(dashboards, objects, signal);
  const stored = await storeObjects(request, objects, before);
  const idOf = (id: string) => stored.get(id)?.id ?? id;
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

/** The id of the index pattern of exactly this title: ours if it is there, else the first one made by others. */
async function patternTitled(
  dashboards: Dashboards,
  index: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const query = {
    type: 'index-pattern',
    search_fields: 'title',
    search: `"${index}"`,
    fields: 'title',
    per_page: '100',
  };
  const answer = await dashboards.request({ method: 'GET', path: '/api/saved_objects/_find', query }, signal);
  const { saved_objects: objects } = objectOf(answer.body);
  if (answer.status !== 200 || !Array.isArray(objects)) return undefined;
  const ids = objects
    .map(objectOf)
    .filter(({ attributes }) => objectOf(attributes)['title'] === index)
    .map(({ id }) => String(id));
  return ids.find((id) => id === objectId(index, 'pattern')) ?? ids[0];
}

interface Looked extends StoredObject {
  readonly there: boolean;
  readonly ours: boolean;
}

/** Which of these objects there are, and whether this tool made them. */
async function lookUp(
  dashboards: Dashboards,
  objects: readonly StoredObject[],
  signal?: AbortSignal,
): Promise<Looked[]> {
  const body = objects.map(({ type, id }) => ({ type, id }));
  const answer = await dashboards.request(
    { method: 'POST', path: '/api/saved_objects/_bulk_get', body },
    signal,
  );
  const { saved_objects: found } = objectOf(answer.body);
  if (answer.status !== 200 || !Array.isArray(found))
    throw importFailed(dashboards, answer.status, answer.body);
  return found.map(objectOf).map(({ type, id, error, attributes }) => ({
    type: String(type),
    id: String(id),
    there: error === undefined,
    ours: String(objectOf(attributes)['description'] ?? '').includes(MARK),
  }));
}

/** The objects that are there already, all of them ours. Throws AppError `dashboards-taken` when one is not. */
async function assertOurs(
  dashboards: Dashboards,
  objects: readonly SavedObject[],
  signal?: AbortSignal,
): Promise<readonly StoredObject[]> {
  const found = (await lookUp(dashboards, objects, signal)).filter(({ there }) => there);
  const foreign = found.find(({ ours }) => !ours);
  if (foreign) throw new AppError('dashboards-taken', { id: foreign.id });
  return found;
}

/** Imports the objects and reads them back. When that fails, those that were not there before are removed again. */
async function storeObjects(
  { found: { dashboards }, signal, onStored = () => {} }: InstallRequest,
  objects: readonly SavedObject[],
  before: readonly StoredObject[],
): Promise<Map<string, StoredObject>> {
  let stored: readonly StoredObject[] = objects.map(({ type, id }) => ({ type, id }));
  onStored(stored);
  try {
    const moved = await importObjects(dashboards, objects, signal);
    stored = [...moved.values()];
    onStored(stored);
    await readBack(dashboards, stored, signal);
    return moved;
  } catch (error) {
    const kept = new Set(before.map(({ id }) => id));
    const added = stored.filter(({ id }) => !kept.has(id));
    // Without the signal: a stop must not leave half of them behind. What stopped the import matters more than this.
    await removeDashboards({ dashboards, objects: added }).then(
      () => onStored(stored.filter(({ id }) => kept.has(id))),
      () => {},
    );
    throw error;
  }
}

function importFailed({ base }: Dashboards, status: number, body: unknown): AppError {
  if (status === 401 || status === 403) return new AppError('dashboards-sign-in', { address: base, status });
  const { errors, message } = objectOf(body);
  const first = Array.isArray(errors) ? objectOf(errors[0]) : {};
  const { type, message: reason, references } = objectOf(first['error']);
  const words = [reason ?? type ?? message ?? `HTTP ${status}`, first['id'] && `(${first['id']})`].filter(
    Boolean,
  );
  const missing = Array.isArray(references)
    ? `; missing: ${references.map((one) => objectOf(one)['id']).join(', ')}`
    : '';
  return new AppError('dashboards-import', { reason: plainWords(`${words.join(' ')}${missing}`) });
}

/** Sends the objects as one file. HTTP 200 alone is no success. Returns each object by the id it was sent with. */
async function importObjects(
  dashboards: Dashboards,
  objects: readonly SavedObject[],
  signal?: AbortSignal,
): Promise<Map<string, StoredObject>> {
  const boundary = `incident-demo-${objects.length}-objects`;
  const body = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="dashboards.ndjson"\r\n` +
      `Content-Type: application/x-ndjson\r\n\r\n${ndjsonOf(objects)}\r\n--${boundary}--\r\n`,
  );
  const answer = await dashboards.request(
    {
      method: 'POST',
      path: '/api/saved_objects/_import',
      query: { overwrite: 'true' },
      body,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    },
    signal,
  );
  const { success, successCount, successResults } = objectOf(answer.body);
  if (answer.status !== 200 || success !== true || successCount !== objects.length)
    throw importFailed(dashboards, answer.status, answer.body);
  const moved = new Map(
    (Array.isArray(successResults) ? successResults : [])
      .map(objectOf)
      .flatMap(({ id, destinationId }) =>
        typeof destinationId === 'string' ? [[String(id), destinationId] as const] : [],
      ),
  );
  return new Map(objects.map(({ type, id }) => [id, { type, id: moved.get(id) ?? id }]));
}

async function readBack(
  dashboards: Dashboards,
  objects: readonly StoredObject[],
  signal?: AbortSignal,
): Promise<void> {
  const missing = (await lookUp(dashboards, objects, signal)).filter(({ there }) => !there);
  if (missing.length > 0)
    throw new AppError('dashboards-import', {
      reason: `it said so, but ${missing.length} of ${objects.length} objects are not there`,
    });
}

/** Some number above 0 anywhere in the aggregations: something would be drawn. */
function drawsSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(drawsSomething);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).some(([name, part]) =>
      name === 'doc_count' || name === 'value' ? typeof part === 'number' && part > 0 : drawsSomething(part),
    );
  return false;
}

/** The hours that are tried: enough for every panel, and few enough buckets. */
const TRIED_MS = 3 * 3_600_000;

/** Sends the search of every panel to the cluster. Throws AppError `dashboards-empty-panel` for one that draws nothing. */
async function tryPanels({ plan, ...request }: InstallRequest, panels: readonly Panel[]): Promise<void> {
  const endMs = plan.incidents.at(-1)?.recoveredMs ?? plan.endMs;
  const span = { fromMs: Math.max(plan.startMs, endMs - TRIED_MS), toMs: endMs };
  for (const { title, search } of panels) {
    if (!search) continue;
    const answer = await searchPanel({ ...request, search, span });
    if (!search.mayBeEmpty && !drawsSomething(answer))
      throw new AppError('dashboards-empty-panel', { title, index: request.index });
  }
}

export interface PanelTrial {
  readonly cluster: Cluster;
  readonly index: string;
  readonly search: PanelSearch;
  readonly span: TimeSpan;
  readonly signal?: AbortSignal;
}

/** The aggregations that the search of a panel finds in a time. */
export async function searchPanel({ cluster, index, search, span, signal }: PanelTrial): Promise<unknown> {
  const [gte, lt] = [span.fromMs, span.toMs].map((ms) => new Date(ms).toISOString());
  const filter = [{ range: { '@timestamp': { gte, lt } } }, search.query ?? { match_all: {} }];
  const { body } = await cluster.request({
    method: 'POST',
    path: `/${index}/_search`,
    body: { size: 0, query: { bool: { filter } }, aggs: search.aggs },
    signal,
  });
  return objectOf(body)['aggregations'];
}

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
