// Every document is the planned one, field by field; of a large data set, those of some stretches of time unless all of them
// are asked for.
import { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { isForbidden } from '../cluster/indexes/forbidden.ts';
import type { CheckResult } from '../events.ts';
import type { Plan } from '../plan/index.ts';
import { MAX_FOUND } from './check.ts';
import { NoSource } from './scan/compare.ts';
import type { Findings } from './scan/findings.ts';
import { NoComparison } from './scan/page.ts';
import { scan, searchOf } from './scan/scan.ts';
import { comparedSlots } from './scan/spans.ts';
import type { RunScope } from './scope.ts';

export interface DocumentsCheck {
  readonly cluster: Cluster;
  readonly scope: RunScope;
  readonly plan: Plan;
  /** How many documents the plan makes. */
  readonly documents: number;
  /** Compare all of them, however many there are. */
  readonly deep: boolean;
  /** True for an index that a run made, which holds documents of runs only. */
  readonly made: boolean;
  readonly signal: AbortSignal;
}

/** The result, or why the check is skipped, after a colon. */
export type DocumentsResult = { readonly result: CheckResult } | { readonly skipped: string };

/** The claim, with how much is compared where it is not all. */
export function documentsTitle({ plan, documents, deep }: DocumentsCheck): string {
  const title = 'Documents that differ from the plan in any field';
  const slots = comparedSlots(plan, documents, deep);
  const compared = slots.reduce((sum, { from, to }) => sum + to - from, 0);
  if (compared === plan.slotCount) return title;
  return `${title}, in ${grouped(compared)} of ${grouped(plan.slotCount)} minutes (--deep compares all)`;
}

/** Compares the documents of the index with those of the plan. Throws AppError `index-missing`, and the signal's reason. */
export async function checkDocuments(check: DocumentsCheck): Promise<DocumentsResult> {
  const { cluster, scope, plan, documents, deep, made, signal } = check;
  const start = performance.now();
  const resultOf = ({ ok, text, named = [] }: Pick<Findings, 'ok' | 'text'> & Partial<Findings>) => {
    // Whoever looks closer wants to see the documents that are named.
    const body =
      named.length > 0 ? { query: { ids: { values: named } } } : searchOf(scope, plan.startMs, plan.endMs);
    const query = { method: 'GET', path: `${scope.index}/_search`, body } as const;
    const ms = Math.round(performance.now() - start);
    const found = text.slice(0, MAX_FOUND);
    return {
      result: { id: 'documents', title: documentsTitle(check), expected: 'none', ok, found, query, ms },
    };
  };
  try {
    const slots = comparedSlots(plan, documents, deep);
    return resultOf(await scan({ cluster, scope, plan, slots, made, signal }));
  } catch (error) {
    if (signal.aborted || (error instanceof AppError && error.code === 'index-missing')) throw error;
    if (isForbidden(error)) return { skipped: `this user may not ask POST ${scope.index}/_search` };
    if (error instanceof NoSource) return { skipped: error.message };
    if (!(error instanceof AppError || error instanceof NoComparison)) throw error;
    return resultOf({ ok: false, text: error.message });
  }
}
