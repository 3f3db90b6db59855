// A condition on fields, for the two languages it is written in: the query line of Dashboards and a search of the index.

/** Fields and the value each must have. */
export type Where = Readonly<Record<string, string>>;

/** As a line of DQL; empty where every document is meant. */
export const dqlOf = (where: Where): string =>
  Object.entries(where)
    .map(([field, value]) => `${field}:${value}`)
    .join(' and ');

/** As a clause of a search. */
export const clauseOf = (where: Where): object => {
  const filter = Object.entries(where).map(([field, value]) => ({ term: { [field]: value } }));
  return filter.length === 0 ? { match_all: {} } : { bool: { filter } };
};
