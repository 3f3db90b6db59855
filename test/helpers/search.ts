// The few words of OpenSearch's query language that evidence uses, answered from memory; the integration tests ask a real node.
import type { Transaction } from '../../src/core/generate/index.ts';
import { quantileOf } from './generated.ts';

type Source = Transaction;
// biome-ignore lint/suspicious/noExplicitAny: queries are JSON.
type Json = any;

const fieldOf = (source: Source, field: string) => source[field as keyof Source];
const comparable = (field: string, value: unknown) =>
  field === '@timestamp' ? Date.parse(String(value)) : Number(value);

function matches(source: Source, query: Json): boolean {
  const [[kind, body]] = Object.entries(query) as [[string, Json]];
  if (kind === 'term') {
    const [[field, value]] = Object.entries(body) as [[string, unknown]];
    return fieldOf(source, field) === value;
  }
  if (kind === 'range') {
    const [[field, bounds]] = Object.entries(body) as [[string, Record<string, unknown>]];
    const value = fieldOf(source, field);
    if (value === undefined) return false;
    const found = comparable(field, value);
    const test = {
      gte: (b: number) => found >= b,
      gt: (b: number) => found > b,
      lte: (b: number) => found <= b,
      lt: (b: number) => found < b,
    };
    return Object.entries(bounds).every(([name, bound]) =>
      test[name as keyof typeof test](comparable(field, bound)),
    );
  }
  if (kind === 'bool') {
    const { filter = [], should = [] } = body;
    return (
      filter.every((clause: Json) => matches(source, clause)) &&
      (should.length === 0 || should.some((clause: Json) => matches(source, clause)))
    );
  }
  throw new Error(`no query ${kind}`);
}

function bucketsOf(sources: readonly Source[], kind: string, body: Json): Record<string, Source[]> {
  const groups: Record<string, Source[]> = {};
  const put = (key: string, source: Source) => {
    groups[key] = [...(groups[key] ?? []), source];
  };
  if (kind === 'filters')
    for (const [key, clause] of Object.entries(body.filters))
      groups[key] = sources.filter((source) => matches(source, clause));
  else if (kind === 'terms') for (const source of sources) put(String(fieldOf(source, body.field)), source);
  else {
    const width = Number.parseInt(body.fixed_interval, 10) * 60_000;
    const sorted = [...sources].sort((a, b) => Date.parse(a['@timestamp']) - Date.parse(b['@timestamp']));
    for (const source of sorted) put(String(Math.floor(Date.parse(source['@timestamp']) / width)), source);
  }
  return groups;
}

function metricOf(sources: readonly Source[], kind: string, body: Json): number {
  const numbers = sources
    .map((source) => fieldOf(source, body.field))
    .filter((value): value is number => typeof value === 'number');
  if (kind === 'max') return Math.max(...numbers);
  if (kind === 'min') return Math.min(...numbers);
  if (kind === 'percentiles') return quantileOf(numbers, body.percents[0] / 100);
  throw new Error(`no aggregation ${kind}`);
}

/** The number a piece of evidence reads: its aggregations come down to one value. */
export function answerOf(sources: readonly Source[], body: Json, read: string): number {
  const found = sources.filter((source) => matches(source, body.query));
  if (read === 'hits.total.value') return found.length;
  const [kind, agg] = Object.entries(body.aggs.answer)[0] as [string, Json];
  if (kind === 'filter') return found.filter((source) => matches(source, agg)).length;
  if (!kind.endsWith('_bucket')) return metricOf(found, kind, agg);
  const [outerName, inner] = agg.buckets_path.split('>') as [string, string];
  const { aggs: inside = {}, ...outer } = body.aggs[outerName];
  const [outerKind, outerBody] = Object.entries(outer)[0] as [string, Json];
  const groups = Object.values(bucketsOf(found, outerKind, outerBody));
  const metric = (name: string) =>
    groups.map((group) => {
      const [metricKind, metricBody] = Object.entries(inside[name])[0] as [string, Json];
      return metricOf(group, metricKind, metricBody);
    });
  let values: number[];
  if (inner === '_count') values = groups.map(({ length }) => length);
  else if (inside[inner].derivative) {
    const series = metric(inside[inner].derivative.buckets_path.split('.')[0]);
    values = series.slice(1).map((value, index) => value - (series[index] ?? 0));
  } else values = metric(inner);
  return kind === 'min_bucket' ? Math.min(...values) : Math.max(...values);
}
