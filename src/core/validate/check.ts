// A check is a query and what its answer must show.
import type { Cluster } from '../cluster/client.ts';
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

/** Runs one check. A rejected query is a failed check, not an error: the others still run. */
export async function runCheck(cluster: Cluster, check: Check, signal: AbortSignal): Promise<CheckResult> {
  const { id, title, query, expected, unit } = check;
  const start = performance.now();
  const finding = await ask(cluster, check, signal);
  const ms = Math.round(performance.now() - start);
  return { id, title, expected, query, ...(unit === undefined ? {} : { unit }), ...finding, ms };
}

async function ask(cluster: Cluster, { query, judge }: Check, signal: AbortSignal): Promise<Finding> {
  try {
    const { body } = await cluster.request({ ...query, path: `/${query.path}`, signal });
    return judge(body);
  } catch (error) {
    if (signal.aborted) throw error;
    return { ok: false, found: error instanceof Error ? error.message : String(error) };
  }
}

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
