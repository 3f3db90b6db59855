// A check is a query and what its answer must show.
import { AppError } from '../../errors/app-error.ts';
import { wordsOf } from '../../text/plain-text.ts';
import { fieldsOf, listOf, numberOf } from '../cluster/answer-shape.ts';
import type { Cluster } from '../cluster/client.ts';
import { isForbidden } from '../cluster/indexes/forbidden.ts';
import type { CheckResult, Query } from '../events.ts';

interface Finding {
  readonly ok: boolean;
  /** What the answer shows, in the same words as the expectation. */
  readonly found: string;
}

export interface Check {
  /** Stable: scripts look for it in the `checks` of the done event. */
  readonly id: string;
  /** A claim, which the number found completes. An incident's title and `: ` stand before it. */
  readonly title: string;
  readonly query: Query;
  readonly expected: string;
  /** Unit of the numbers expected and found, where they are lone numbers. */
  readonly unit?: CheckResult['unit'];
  readonly judge: (answer: unknown) => Finding;
}

/** What is found is shown: a hostile answer could be of any length. */
export const MAX_FOUND = 1000;

/**
 * Runs one check. A rejected query is a failed check, not an error: the others still run. Undefined when this user may not
 * ask it; throws AppError `index-missing` when there is no index to ask.
 */
export async function runCheck(
  cluster: Cluster,
  check: Check,
  signal: AbortSignal,
): Promise<CheckResult | undefined> {
  const { id, title, query, expected, unit } = check;
  const start = performance.now();
  const finding = await ask(cluster, check, signal);
  if (finding === undefined) return undefined;
  const ms = Math.round(performance.now() - start);
  const { ok, found } = finding;
  const shown = found.slice(0, MAX_FOUND);
  return { id, title, expected, query, ...(unit === undefined ? {} : { unit }), ok, found: shown, ms };
}

async function ask(
  cluster: Cluster,
  { query, judge }: Check,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  try {
    const { body } = await cluster.request({ ...query, path: `/${query.path}`, signal });
    const part = partOf(body);
    return part === undefined ? judge(body) : { ok: false, found: part };
  } catch (error) {
    if (signal.aborted || (error instanceof AppError && error.code === 'index-missing')) throw error;
    if (isForbidden(error)) return undefined;
    return { ok: false, found: error instanceof AppError ? error.message : UNREADABLE };
  }
}

/** Why an answer with status 200 is not of all documents; undefined when it is. */
export function partOf(body: unknown): string | undefined {
  const { timed_out: late, _shards: shards } = fieldsOf(body);
  const { failed, total, failures } = fieldsOf(shards);
  if ((numberOf(failed) ?? 0) > 0) {
    const [first] = listOf(failures);
    const reason = wordsOf(fieldsOf(first?.['reason'])['reason'], 200) || 'no reason given';
    return `${failed} of ${numberOf(total) ?? '?'} shards failed: ${reason}`;
  }
  return late === true ? 'the cluster gave up before it had searched everything' : undefined;
}

/** What a check finds in an answer that has no such shape. */
export const UNREADABLE = 'an answer that this query never has';

/** The value at a path such as `aggregations.slowest.value`; undefined when a step is missing. */
export function valueAt(answer: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | null | undefined)?.[step], answer);
}

/** The number at a path; NaN when there is none, so that no comparison holds. */
export function numberAt(answer: unknown, path: string): number {
  const value = valueAt(answer, path);
  return typeof value === 'number' ? value : Number.NaN;
}
