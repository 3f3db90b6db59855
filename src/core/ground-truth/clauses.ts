// Clauses of OpenSearch's query language that evidence and checks are made of.

export type Clause = Readonly<Record<string, unknown>>;

export const term = (field: string, value: string | number): Clause => ({ term: { [field]: value } });

/** Documents in `[fromMs, toMs)`. */
export const timeRange = (fromMs: number, toMs: number) => ({
  range: { '@timestamp': { gte: new Date(fromMs).toISOString(), lt: new Date(toMs).toISOString() } },
});
