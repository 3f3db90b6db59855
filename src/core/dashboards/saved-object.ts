// What OpenSearch Dashboards stores: the shapes that 2.x and 3.x take alike.
import { createHash } from 'node:crypto';

export interface Reference {
  readonly name: string;
  readonly type: string;
  readonly id: string;
}

type ObjectType = 'index-pattern' | 'search' | 'visualization' | 'dashboard';

/** One line of an export: Dashboards stores `attributes` as they are and does not check them before someone opens them. */
export interface SavedObject {
  readonly type: ObjectType;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
  readonly migrationVersion: Readonly<Record<string, string>>;
}

/** The shapes these objects have. A newer version than a server knows fails the whole import with HTTP 422. */
const SHAPE_VERSIONS: Readonly<Record<ObjectType, string>> = {
  'index-pattern': '7.6.0',
  search: '7.9.3',
  visualization: '7.10.0',
  dashboard: '7.9.3',
};

/** Stands in the description of each object, so that our own are known among those of others. */
export const MARK = 'Made by incident-demo';

/** The mark of the objects of an index, before a full stop: by it they are found again where their ids were changed. */
export const markOf = (index: string): string => `${MARK} for ${index}`;

/** An index may have characters in its name that mean something in an address: ids do without them. */
function idPart(index: string): string {
  const plain = index.replace(/[^\w.-]+/g, '-');
  return plain === index ? index : `${plain}-${createHash('sha256').update(index).digest('hex').slice(0, 8)}`;
}

/** The id of one of our objects: the same at every run for an index, so that a second run replaces the first. */
export function objectId(index: string, piece: string): string {
  return `incident-demo-${idPart(index)}-${piece}`;
}

/** The id that a panel's parts have: short, the same for the same words. One that begins with a digit breaks ratios in Dashboards. */
export const partId = (...words: readonly string[]): string =>
  `p${createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 11)}`;

export interface ObjectParts {
  readonly type: ObjectType;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly references?: readonly Reference[];
}

export function savedObject({ type, id, attributes, references = [] }: ObjectParts): SavedObject {
  return { type, id, attributes, references, migrationVersion: { [type]: SHAPE_VERSIONS[type] } };
}

/** The file that Dashboards imports: one object a line. */
export function ndjsonOf(objects: readonly SavedObject[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('');
}

/**
 * The objects under other ids: their own, those they refer to, and those in the links of their texts.
 * @param ids the new id by the old one; what it lacks keeps its id.
 */
export function renamed(
  objects: readonly SavedObject[],
  ids: ReadonlyMap<string, string>,
): readonly SavedObject[] {
  const idOf = (id: string) => ids.get(id) ?? id;
  const relinked = (value: unknown) =>
    typeof value === 'string'
      ? value.replace(/(#\/view\/)([\w.-]+)/g, (_, path, id) => `${path}${idOf(id)}`)
      : value;
  return objects.map((object) => ({
    ...object,
    id: idOf(object.id),
    attributes: Object.fromEntries(
      Object.entries(object.attributes).map(([name, value]) => [name, relinked(value)]),
    ),
    references: object.references.map((reference) => ({ ...reference, id: idOf(reference.id) })),
  }));
}
