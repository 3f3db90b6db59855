// Parameters of a small data set that is the same in every test: sixteen hours of one day.
export const SMALL_DAY = [
  ...['--days', '1', '--preset', 'none', '--seed', '7'],
  ...['--now', '2026-03-14T16:00:00Z', '--time-zone', 'UTC'],
] as const;

/** The same flags with these in place of those of the same name, since none may be given twice; each takes a value. */
export function withFlags(words: readonly string[], ...more: readonly string[]): string[] {
  const all = [...words];
  for (let at = 0; at < more.length; at += 2) {
    const [flag = '', value = ''] = more.slice(at, at + 2);
    const there = all.indexOf(flag);
    if (there < 0) all.push(flag, value);
    else all[there + 1] = value;
  }
  return all;
}
