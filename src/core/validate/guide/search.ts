// One search in the three languages of the guide: DQL for Discover, a request for Dev Tools, and PPL.
import type { Query } from '../../events.ts';
import { type Clause, term, timeRange } from '../../ground-truth/clauses.ts';
import type { RunScope } from '../scope.ts';

/** `[fromMs, toMs)`. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the documents of a search have in common, besides their time. */
export type Condition =
  | { readonly field: string; readonly is: string }
  | { readonly field: string; readonly atLeast: number };

export interface Inquiry {
  readonly span: Span;
  /** A second span, to compare with. */
  readonly also?: Span;
  readonly where: readonly Condition[];
  readonly aggs: Clause;
  /** What PPL computes of these documents: `stats count() by error_code`. */
  readonly ppl: string;
}

export interface WrittenSearch {
  readonly spans: readonly Span[];
  readonly query: Query;
  readonly dql: string;
  readonly ppl: string;
}

/** Every transaction; the markers of deployments and restarts are none. */
export const TRANSACTIONS: Condition = { field: 'event_type', is: 'checkout_attempt' };

const clauseOf = (condition: Condition): Clause =>
  'is' in condition
    ? term(condition.field, condition.is)
    : { range: { [condition.field]: { gte: condition.atLeast } } };

const dqlOf = (condition: Condition) =>
  'is' in condition ? `${condition.field} : ${condition.is}` : `${condition.field} >= ${condition.atLeast}`;

const pplOf = (condition: Condition) =>
  'is' in condition ? `${condition.field} = '${condition.is}'` : `${condition.field} >= ${condition.atLeast}`;

/** PPL compares times in UTC. */
const pplTime = (ms: number) => `'${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}'`;

const pplAfter = (ms: number) => `\`@timestamp\` >= ${pplTime(ms)}`;
const pplBefore = (ms: number) => `\`@timestamp\` < ${pplTime(ms)}`;

/**
 * The times of one or two spans as `where` commands. AND and OR never stand in one command: PPL 2.x binds OR more tightly
 * than AND and knows no parentheses there, PPL 3.x the other way round.
 */
function pplTimes(spans: readonly Span[], more: readonly string[]): string[] {
  const [first, second] = spans.toSorted((a, b) => a.fromMs - b.fromMs);
  if (!first) return [];
  const whole = [pplAfter(first.fromMs), pplBefore((second ?? first).toMs), ...more].join(' and ');
  const gap = second && `where ${pplBefore(first.toMs)} or ${pplAfter(second.fromMs)}`;
  return [`where ${whole}`, ...(gap ? [gap] : [])];
}

/** Other names than plain words stand in backticks. */
const pplIndex = (index: string) => (/^[a-z][a-z0-9_]*$/.test(index) ? index : `\`${index}\``);

/** The times of some spans, as one clause. */
function timesOf(spans: readonly Span[]): Clause {
  const [first, ...others] = spans.map(({ fromMs, toMs }) => timeRange(fromMs, toMs));
  return first && others.length === 0
    ? first
    : { bool: { should: [first, ...others], minimum_should_match: 1 } };
}

/** These documents in the query line of Discover; of an index that holds others too, only the run's own. */
export function dqlLine({ prefix }: RunScope, where: readonly Condition[]): string {
  const own = prefix ? [`${prefix.field} : ${prefix.text}*`] : [];
  return [...where.map(dqlOf), ...own].join(' and ');
}

/** The search as it is typed in each language; all of them find the same documents. */
export function writtenSearch(scope: RunScope, { span, also, where, aggs, ppl }: Inquiry): WrittenSearch {
  const spans = also ? [span, also] : [span];
  const { prefix } = scope;
  const own = prefix ? [`like(${prefix.field}, '${prefix.text}%')`] : [];
  return {
    spans,
    query: scope.search({
      size: 0,
      query: { bool: { filter: [timesOf(spans), ...where.map(clauseOf)] } },
      aggs,
    }),
    dql: dqlLine(scope, where),
    ppl: [`source = ${pplIndex(scope.index)}`, ...pplTimes(spans, [...where.map(pplOf), ...own]), ppl].join(
      ' | ',
    ),
  };
}

export const percentiles = (field: string, percent = 95): Clause => ({
  percentiles: { field, percents: [percent], keyed: false },
});
export const terms = (field: string, size = 10): Clause => ({ terms: { field, size } });
export const highest = (field: string): Clause => ({ max: { field } });
export const lowest = (field: string): Clause => ({ min: { field } });
export const sum = (field: string): Clause => ({ sum: { field } });
export const FAILED: Clause = { filter: term('status', 'error') };

/** The name of a zone that an old Java knows, too: Europe/Kiev for Europe/Kyiv. */
const oldName = (timeZone: string) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;

/** Buckets of minutes, named in the local time of the shop. */
export const perMinutes = (timeZone: string, minutes = 1): Clause => ({
  date_histogram: {
    ...{ field: '@timestamp', fixed_interval: `${minutes}m` },
    ...{ time_zone: oldName(timeZone), format: 'HH:mm', min_doc_count: 1 },
  },
});
