// An index may also hold documents of other runs; then every query is limited to those of this run.
import { type MarkedPlan, markerIds } from '../documents/markers.ts';
import type { StoredSignal } from '../documents/signal.ts';
import type { Query } from '../events.ts';
import type { Clause } from '../ground-truth/clauses.ts';

export interface RunScope {
  readonly index: string;
  /** The clause that finds this run's documents; undefined when the index holds nothing else. */
  readonly ownDocuments: Clause | undefined;
  /** The field and what it begins with that make `ownDocuments`, for other query languages. */
  readonly prefix: { readonly field: string; readonly text: string } | undefined;
  /** The body of a search, limited to this run's documents; the body itself when the index holds nothing else. */
  readonly limited: (body: Clause) => Clause;
  /** A search for this run's documents. */
  readonly search: (body: Clause) => Query;
}

/** The clause that finds a plan's documents: its transactions, which all have names that begin alike, and its markers. */
export function documentsOfPlan(stored: StoredSignal, plan: MarkedPlan): Clause {
  const { field, prefix } = stored.ofPlan(plan.key);
  const named = { prefix: { [field]: prefix } };
  if (plan.markers.length === 0) return named;
  return { bool: { should: [named, { ids: { values: markerIds(plan) } }], minimum_should_match: 1 } };
}

/** @param alone true when the index holds nothing else. */
export function runScope(stored: StoredSignal, index: string, plan: MarkedPlan, alone: boolean): RunScope {
  const { field, prefix } = stored.ofPlan(plan.key);
  const ownDocuments = alone ? undefined : documentsOfPlan(stored, plan);
  const own = alone ? undefined : { field, text: prefix };
  const limited = (body: Clause): Clause => {
    if (!ownDocuments) return body;
    const filter = body['query'] === undefined ? [ownDocuments] : [ownDocuments, body['query']];
    return { ...body, query: { bool: { filter } } };
  };
  const search = (body: Clause): Query => ({ method: 'GET', path: `${index}/_search`, body: limited(body) });
  return { index, ownDocuments, prefix: own, limited, search };
}
