// Why checks failed, as far as the failed checks themselves show it: one cause, and the failures that follow from it.
import type { CheckResult } from '../events.ts';
import { differingFields, differingHours, documentsInSummary, windowOfTitle } from './read-results.ts';

const HOUR_MS = 3_600_000;

/** A span of time in which the index differs from the plan. */
export interface DifferingSpan {
  readonly fromMs: number;
  readonly toMs: number;
  /** Hours inside it that differ; 0 where the span is that of an incident. */
  readonly hours: number;
}

export type Diagnosis = {
  /** Ids of the failed checks that follow from the cause. */
  readonly follows: readonly string[];
  /** Ids of the failed checks that this cause does not explain. */
  readonly others: readonly string[];
} & (
  | {
      /** There are fewer documents than planned, or more. */
      readonly cause: 'missing' | 'extra';
      readonly documents: number;
      /** Left out when the checks do not show it. */
      readonly span?: DifferingSpan;
    }
  /** Every document is there, but the sums of these fields, or the times in a span, differ. */
  | { readonly cause: 'changed'; readonly fields: readonly string[]; readonly span?: DifferingSpan }
  /** The cluster gave several queries the same text instead of a result. */
  | { readonly cause: 'rejected'; readonly answer: string }
);

/** Checks that hold or fail whatever documents are missing. */
const NOT_BY_COUNT = ['index-health', 'sample-documents', 'rules', 'incident-codes', 'marked-incidents'];

/** Checks that hold or fail whatever the documents say. */
const NOT_BY_VALUE = ['index-health', 'marked-incidents'];

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

function rangeIn(clause: object): Range | undefined {
  const { range } = clause as { range?: { '@timestamp'?: { gte?: string; lt?: string } } };
  const { gte, lt } = range?.['@timestamp'] ?? {};
  if (gte === undefined || lt === undefined) return undefined;
  return { fromMs: Date.parse(gte), toMs: Date.parse(lt) };
}

/** The ranges of time that a query is limited to, and those it leaves out. */
function rangesOf(query: unknown): { readonly within: Range[]; readonly without: Range[] } {
  if (typeof query !== 'object' || query === null) return { within: [], without: [] };
  const own = rangeIn(query);
  if (own) return { within: [own], without: [] };
  const { bool } = query as { bool?: { filter?: object | object[]; must_not?: object | object[] } };
  const filters = [bool?.filter ?? []].flat().map(rangesOf);
  const without = [bool?.must_not ?? []].flat().flatMap((clause) => rangeIn(clause) ?? []);
  return {
    within: filters.flatMap(({ within }) => within),
    without: [...without, ...filters.flatMap((each) => each.without)],
  };
}

/** True when a check looks at some of this span. */
function looksAt({ query }: CheckResult, { fromMs, toMs }: Range): boolean {
  const { within, without } = rangesOf((query.body as { query?: unknown } | undefined)?.query);
  const apart = within.some((range) => range.toMs <= fromMs || range.fromMs >= toMs);
  return !apart && !without.some((range) => range.fromMs <= fromMs && range.toMs >= toMs);
}

/** Splits the failed checks by whether they can follow from a cause in this span; one of unknown span reaches all. */
function consequences(failed: readonly CheckResult[], span: Range | undefined, not: readonly string[]) {
  const follow = (check: CheckResult) =>
    !not.includes(check.id) && (span === undefined || looksAt(check, span));
  return {
    follows: failed.filter(follow).map(({ id }) => id),
    others: failed.filter((check) => !follow(check)).map(({ id }) => id),
  };
}

/** The hours that differ, taken from the check of the hours. */
function hoursSpan(failed: readonly CheckResult[]): DifferingSpan | undefined {
  const found = differingHours(failed.find(({ id }) => id === 'hours')?.found ?? '');
  if (!found) return undefined;
  return { fromMs: found.firstMs, toMs: found.lastMs + HOUR_MS, hours: found.count };
}

/** The incident whose own check lacks (or has too many) exactly as many documents as the index; else the hours. */
function spanOf(failed: readonly CheckResult[], documents: number): DifferingSpan | undefined {
  for (const { title, expected, found } of failed) {
    const window = windowOfTitle(title);
    const [wanted, there] = [documentsInSummary(expected), documentsInSummary(found)];
    if (window && wanted !== undefined && there !== undefined && wanted - there === documents)
      return { fromMs: window.startMs, toMs: window.endMs, hours: 0 };
  }
  return hoursSpan(failed);
}

const withSpan = (span: DifferingSpan | undefined) => (span ? { span } : {});

function byCount(count: CheckResult, failed: readonly CheckResult[]): Diagnosis | undefined {
  const missing = Number(count.expected) - Number(count.found);
  if (!Number.isInteger(missing) || missing === 0) return undefined;
  const span = spanOf(failed, missing);
  const rest = failed.filter((check) => check !== count);
  return {
    cause: missing > 0 ? 'missing' : 'extra',
    documents: Math.abs(missing),
    ...withSpan(span),
    ...consequences(rest, span, NOT_BY_COUNT),
  };
}

function byValue(failed: readonly CheckResult[]): Diagnosis | undefined {
  const fields = differingFields(failed.find(({ id }) => id === 'totals')?.found ?? '');
  const span = hoursSpan(failed);
  if (fields.length === 0 && !span) return undefined;
  const rest = failed.filter(({ id }) => id !== 'totals' && id !== 'hours');
  // Where values were changed is only known when times were.
  const where = fields.length === 0 ? span : undefined;
  return { cause: 'changed', fields, ...withSpan(where), ...consequences(rest, where, NOT_BY_VALUE) };
}

/** A finding that is a sentence, and no measured value. */
const isSentence = (text: string) => /^[A-Za-z].* /.test(text);

function byAnswer(failed: readonly CheckResult[]): Diagnosis | undefined {
  const same = [...Map.groupBy(failed, ({ found }) => found)]
    .filter(([found, checks]) => isSentence(found) && checks.length > 1)
    .sort(([, a], [, b]) => b.length - a.length);
  const [answer, checks] = same[0] ?? [];
  if (answer === undefined || checks === undefined) return undefined;
  return {
    cause: 'rejected',
    answer,
    follows: checks.map(({ id }) => id),
    others: failed.filter(({ found }) => found !== answer).map(({ id }) => id),
  };
}

/**
 * The one cause that the failed checks show; undefined when none failed, or when they show none. A failure counts as
 * following from it when its query looks at documents of the span in question; the others are named apart.
 */
export function diagnose(results: readonly CheckResult[]): Diagnosis | undefined {
  const failed = results.filter(({ ok }) => !ok);
  const count = failed.find(({ id }) => id === 'count');
  return (count && byCount(count, failed)) ?? byAnswer(failed) ?? (count ? undefined : byValue(failed));
}
