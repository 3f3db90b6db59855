// Parameters of a small data set that is the same in every test: sixteen hours of one day.
export const SMALL_DAY = [
  ...['--days', '1', '--preset', 'none', '--seed', '7'],
  ...['--now', '2026-03-14T16:00:00Z', '--time-zone', 'UTC'],
] as const;
