// What of ours Dashboards keeps: looked up by id, and by name where a workspace gave it another id.
import { AppError } from '../../errors/app-error.ts';
import { plainWords, wordsOf } from '../../text/plain-text.ts';
import { textOf } from '../cluster/answer-shape.ts';
import { MARK, markOf, objectId, type SavedObject } from './saved-object.ts';
import { type Dashboards, objectOf } from './server.ts';

/** One of our objects as Dashboards keeps it; in a workspace its id may differ from the one sent. */
export interface StoredObject {
  readonly type: string;
  readonly id: string;
}

/** The error of an answer that is no success: credentials, or what Dashboards says of its first object. */
export function importFailed({ base }: Dashboards, status: number, body: unknown): AppError {
  if (status === 401 || status === 403) return new AppError('dashboards-sign-in', { address: base, status });
  const { errors, message } = objectOf(body);
  const first = Array.isArray(errors) ? objectOf(errors[0]) : {};
  const { type, message: reason, references } = objectOf(first['error']);
  const id = wordsOf(first['id']);
  const told = [reason, type, message].map((one) => wordsOf(one)).find((one) => one !== '');
  const words = [told ?? `HTTP ${status}`, id && `(${id})`].filter(Boolean);
  const missing = Array.isArray(references)
    ? `; missing: ${references.map((one) => wordsOf(objectOf(one)['id'])).join(', ')}`
    : '';
  return new AppError('dashboards-import', { reason: plainWords(`${words.join(' ')}${missing}`) });
}

/** In a workspace an id may be that of an object of another workspace, which is not seen here. */
function isSeen({ base }: Dashboards, workspaces: unknown): boolean {
  const workspace = /\/w\/([^/]+)$/.exec(base)?.[1];
  return workspace === undefined || !Array.isArray(workspaces) || workspaces.includes(workspace);
}

interface Looked extends StoredObject {
  readonly there: boolean;
  readonly ours: boolean;
}

/** Which of these objects there are, and whether this tool made them. Throws as importFailed says. */
export async function lookUp(
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
  return found.map(objectOf).map(({ type, id, error, attributes, workspaces }) => ({
    type: textOf(type),
    id: textOf(id),
    there: error === undefined && isSeen(dashboards, workspaces),
    ours: textOf(objectOf(attributes)['description']).includes(MARK),
  }));
}

/** The objects that are there already, all of them ours. Throws AppError `dashboards-taken` when one is not. */
export async function assertOurs(
  dashboards: Dashboards,
  objects: readonly StoredObject[],
  signal?: AbortSignal,
): Promise<readonly StoredObject[]> {
  const found = (await lookUp(dashboards, objects, signal)).filter(({ there }) => there);
  const foreign = found.find(({ ours }) => !ours);
  if (foreign) throw new AppError('dashboards-taken', { id: foreign.id });
  return found;
}

interface Titled {
  readonly id: string;
  readonly title: unknown;
  readonly description: string;
}

interface Wanted {
  readonly type: string;
  readonly field: 'title' | 'description';
  /** Words that stand in it one after the other. */
  readonly words: string;
}

/** Objects of a type by words of a field; none where the search is refused. */
async function findBy(dashboards: Dashboards, wanted: Wanted, signal?: AbortSignal): Promise<Titled[]> {
  const { type, field, words } = wanted;
  const query = {
    type,
    search_fields: field,
    search: `"${words}"`,
    per_page: '500',
  };
  const answer = await dashboards.request({ method: 'GET', path: '/api/saved_objects/_find', query }, signal);
  const { saved_objects: objects } = objectOf(answer.body);
  if (answer.status !== 200 || !Array.isArray(objects)) return [];
  return objects.map(objectOf).map(({ id, attributes }) => {
    const { title, description } = objectOf(attributes);
    return { id: textOf(id), title, description: textOf(description) };
  });
}

/** The index pattern of exactly this title: ours if it is there, else the first one made by others; `ours` tells which. */
export async function patternTitled(
  dashboards: Dashboards,
  index: string,
  signal?: AbortSignal,
): Promise<{ readonly id: string; readonly ours: boolean } | undefined> {
  const all = await findBy(dashboards, { type: 'index-pattern', field: 'title', words: index }, signal);
  const titled = all
    .filter(({ title }) => title === index)
    .map(({ id, description }) => ({ id, ours: description.includes(MARK) }));
  return (
    titled.find(({ id }) => id === objectId(index, 'pattern')) ?? titled.find(({ ours }) => ours) ?? titled[0]
  );
}

/** The types whose descriptions can be searched; an index pattern is found by its title. */
const NAMED = ['dashboard', 'search', 'visualization'];

/**
 * The ids under which Dashboards keeps our objects of an index, by the ids that we send: the same ones, or those that a
 * workspace gave them, found by type, title and description. What is not there is left out.
 */
export async function idsThere(
  dashboards: Dashboards,
  { index, objects }: { readonly index: string; readonly objects: readonly SavedObject[] },
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const looked = await lookUp(dashboards, objects, signal);
  const own = new Set(looked.filter(({ there }) => there).map(({ id }) => id));
  const missing = objects.filter(({ id }) => !own.has(id));
  const types = NAMED.filter((type) => missing.some((object) => object.type === type));
  const named = await Promise.all(
    types.map(async (type) => {
      const found = await findBy(dashboards, { type, field: 'description', words: markOf(index) }, signal);
      return [type, found.filter(({ description }) => description.endsWith(`${markOf(index)}.`))] as const;
    }),
  );
  const byType = new Map(named);
  const renamed = missing.flatMap(({ type, id, attributes }) => {
    const there = byType.get(type)?.find(({ title }) => title === attributes['title']);
    return there ? [[id, there.id] as const] : [];
  });
  return new Map([...[...own].map((id) => [id, id] as const), ...renamed]);
}
