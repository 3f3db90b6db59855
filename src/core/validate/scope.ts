// An index may also hold documents of other runs; then every query is limited to those of this run.
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

/** @param key of the plan. @param alone true when the index holds nothing else. */
export function runScope(stored: StoredSignal, index: string, key: string, alone: boolean): RunScope {
  const { field, prefix } = stored.ofPlan(key);
  const ownDocuments = alone ? undefined : { prefix: { [field]: prefix } };
  const own = alone ? undefined : { field, text: prefix };
  const limited = (body: Clause): Clause => {
    if (!ownDocuments) return body;
    const filter = body['query'] === undefined ? [ownDocuments] : [ownDocuments, body['query']];
    return { ...body, query: { bool: { filter } } };
  };
  const search = (body: Clause): Query => ({ method: 'GET', path: `${index}/_search`, body: limited(body) });
  return { index, ownDocuments, prefix: own, limited, search };
}
