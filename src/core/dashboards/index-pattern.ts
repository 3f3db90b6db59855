// The index pattern: which fields there are, and how they are shown.
import type { MappedFields } from '../documents/signal.ts';
import { markOf, type SavedObject, savedObject } from './saved-object.ts';

/** A field as an index pattern lists it. */
export interface PatternField {
  readonly name: string;
  readonly type: string;
  readonly esTypes: readonly string[];
  readonly searchable: boolean;
  readonly aggregatable: boolean;
  readonly readFromDocValues: boolean;
  readonly count: 0;
  readonly scripted: false;
  readonly subType?: object;
}

const KINDS: Readonly<Record<string, string>> = {
  keyword: 'string',
  text: 'string',
  integer: 'number',
  long: 'number',
  float: 'number',
  date: 'date',
  boolean: 'boolean',
  ip: 'ip',
};

/** Dashboards lists these beside the fields of the mapping. */
const META_FIELDS = ['_id', '_index', '_score', '_source', '_type'] as const;

function fieldsIn(fields: MappedFields, prefix = '', parent?: string): PatternField[] {
  return Object.entries(fields).flatMap(([name, { type, properties, fields: inner }]) => {
    const path = prefix + name;
    if (properties) return fieldsIn(properties, `${path}.`);
    const stored = type !== 'text';
    const field: PatternField = {
      count: 0,
      name: path,
      type: KINDS[type ?? ''] ?? 'unknown',
      esTypes: [type ?? 'object'],
      scripted: false,
      searchable: true,
      aggregatable: stored,
      readFromDocValues: stored,
      ...(parent === undefined ? {} : { subType: { multi: { parent } } }),
    };
    return [field, ...fieldsIn(inner ?? {}, `${path}.`, path)];
  });
}

function metaField(name: string): PatternField {
  const known = name === '_id' || name === '_index' || name === '_type';
  return {
    count: 0,
    name,
    type: name === '_source' ? '_source' : name === '_score' ? 'number' : 'string',
    esTypes: name === '_score' ? [] : [name],
    scripted: false,
    searchable: known,
    aggregatable: known,
    readFromDocValues: false,
  };
}

/** The fields of a mapping as Dashboards would list them, by name. */
export function patternFields(fields: MappedFields): PatternField[] {
  return [...fieldsIn(fields), ...META_FIELDS.map(metaField)].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const GREEN = '#017D73';
const AMBER = '#B87400';
const RED = '#BD271E';
const VIOLET = '#7B1FA2';
const BLUE = '#006BB4';

interface Colored {
  readonly regex: string;
  readonly background: string;
}

const colored = (...colors: readonly Colored[]) => ({
  id: 'color',
  params: {
    fieldType: 'string',
    colors: colors.map(({ regex, background }) => ({
      range: '-Infinity:Infinity',
      regex,
      text: '#ffffff',
      background,
    })),
  },
});

/** Colors in Discover and in tables do most for the eye; units stand in the titles, since formats garble them. */
const FORMATS = {
  error_code: colored(
    { regex: '^PAYMENT_TIMEOUT$', background: RED },
    { regex: '^CIRCUIT_BREAKER_OPEN$', background: AMBER },
    { regex: '^UPSTREAM_SERVICE_ERROR$', background: RED },
    { regex: '^DB_CONN_EXHAUSTED$', background: VIOLET },
    { regex: '^MEMORY_EXHAUSTED$', background: BLUE },
  ),
  circuit_breaker_state: colored(
    { regex: '^closed$', background: GREEN },
    { regex: '^half_open$', background: AMBER },
    { regex: '^open$', background: RED },
  ),
  status: colored({ regex: '^error$', background: RED }),
  response_time_ms: { id: 'number', params: { pattern: '0,0' } },
  upstream_response_time_ms: { id: 'number', params: { pattern: '0,0' } },
  database_query_time_ms: { id: 'number', params: { pattern: '0,0' } },
  db_connection_wait_ms: { id: 'number', params: { pattern: '0,0' } },
  db_connection_usage_ms: { id: 'number', params: { pattern: '0,0' } },
  amount: { id: 'number', params: { pattern: '0,0.00' } },
  unit_price: { id: 'number', params: { pattern: '0,0.00' } },
};

export interface PatternParts {
  readonly id: string;
  readonly index: string;
  readonly fields: readonly PatternField[];
}

/**
 * The index pattern of an index. The fields are given, because panels that find none race to save them: a conflict in the
 * browser for each.
 */
export function indexPattern({ id, index, fields }: PatternParts): SavedObject {
  return savedObject({
    type: 'index-pattern',
    id,
    attributes: {
      title: index,
      timeFieldName: '@timestamp',
      fields: JSON.stringify(fields),
      fieldFormatMap: JSON.stringify(FORMATS),
      description: `${markOf(index)}.`,
    },
  });
}
