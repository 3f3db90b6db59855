// An index may also hold documents of other runs; then every query is limited to this run's own.

type Clause = Readonly<Record<string, unknown>>;

export interface Scope {
  readonly index: string;
  /** The clause that finds this run's documents; undefined when the index holds nothing else. */
  readonly scoped: Clause | undefined;
  /** The body of a search, limited to the scope; the body itself when the index holds nothing else. */
  readonly limit: (body: Clause) => Clause;
}

/** @param key the plan's key, which every transaction id begins with. @param alone true when the index holds nothing else. */
export function scopeOf(index: string, key: string, alone: boolean): Scope {
  const scoped = alone ? undefined : { prefix: { transaction_id: `txn_${key}_` } };
  const limit = (body: Clause): Clause => {
    if (!scoped) return body;
    const filter = body['query'] === undefined ? [scoped] : [scoped, body['query']];
    return { ...body, query: { bool: { filter } } };
  };
  return { index, scoped, limit };
}
