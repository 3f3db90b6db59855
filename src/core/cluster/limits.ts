// Limits of a cluster that a request may meet, and how each is raised. Their errors often come as HTTP 503, and do not pass.

/** The advice by the type of the error, or where several share one, by its reason. */
const ADVICE: readonly (readonly [type: RegExp, reason: RegExp, advice: string])[] = [
  [/^too_many_buckets/, /./, 'Raise the cluster setting search.max_buckets (65535 by default)'],
  [
    /./,
    /Too many dynamic script compilations|max_compilations_rate/,
    'Raise the cluster setting script.max_compilations_rate',
  ],
  [/^too_many_(?:nested_)?clauses/, /./, 'Raise indices.query.bool.max_clause_count of the cluster'],
  [/^snapshot_in_progress/, /./, 'Wait until the snapshot of this index has ended, then run it again'],
  [
    /./,
    /index\.mapping\.total_fields\.limit|Limit of (?:total|mapping) fields/,
    'Raise index.mapping.total_fields.limit in the template of this index',
  ],
  [
    /./,
    /There are no ingest nodes/,
    'The index has an ingest pipeline: give a node the ingest role, or take the pipeline out of the template',
  ],
  [
    /./,
    /pipeline with id \[.*\] does not exist/,
    'A template names an ingest pipeline that is missing: create it, or take it out of the template',
  ],
];

/** How a person gets past a limit; undefined for any other error. */
export function limitAdvice(type: string, reason: string): string | undefined {
  return ADVICE.find(([types, reasons]) => types.test(type) && reasons.test(reason))?.[2];
}
