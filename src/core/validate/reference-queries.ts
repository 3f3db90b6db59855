// The two searches of the reference guide to this data set, word for word.

export const DISTRIBUTION = {
  size: 0,
  aggs: {
    status_distribution: { terms: { field: 'status' } },
    response_time_stats: { stats: { field: 'response_time_ms' } },
    timeline: { date_histogram: { field: '@timestamp', calendar_interval: '1h' } },
  },
} as const;

export const SLOW_ERRORS = {
  query: {
    bool: {
      must: [{ range: { response_time_ms: { gte: 5000 } } }, { term: { status: 'error' } }],
    },
  },
  sort: [{ '@timestamp': 'desc' }],
  size: 10,
} as const;
