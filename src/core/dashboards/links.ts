// Addresses of pages in OpenSearch Dashboards, by its version.

/** Where Dashboards is: its origin with base path and workspace, without a slash at the end. */
export interface DashboardsPlace {
  readonly base: string;
  /** Such as `2.19.1`. */
  readonly version: string;
}

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Shown around an incident: the normal minutes before it make the jump visible. */
const BEFORE_MS = 10 * 60_000;
const AFTER_MS = 15 * 60_000;

/** The time to show for an incident: from ten minutes before its start to fifteen after its end. */
export function spanAround({ startMs, endMs }: { startMs: number; endMs: number }): TimeSpan {
  return { fromMs: startMs - BEFORE_MS, toMs: endMs + AFTER_MS };
}

const iso = (ms: number) => new Date(ms).toISOString();

/** A text in rison, the notation of these addresses: quotes and exclamation marks are escaped by an exclamation mark. */
const risonText = (text: string) => `'${text.replace(/[!']/g, '!$&')}'`;

const timeRison = ({ fromMs, toMs }: TimeSpan) => `time:(from:'${iso(fromMs)}',to:'${iso(toMs)}')`;

/** The global state: filters and refresh are given too, since 2.10 and later expect them. */
const globalState = (span: TimeSpan, refreshSeconds = 0) =>
  `(filters:!(),refreshInterval:(pause:!${refreshSeconds > 0 ? 'f' : 't'},value:${refreshSeconds * 1000}),${timeRison(span)})`;

/** A link that a terminal can open: blanks and quotes of the query are percent-encoded, the rest is left to be read. */
const address = (base: string, path: string) => encodeURI(`${base}${path}`);

/** The part of a dashboard's address that also works as a link inside a Markdown panel. */
export function dashboardPath(id: string, span: TimeSpan): string {
  return `#/view/${id}?_g=${globalState(span)}`;
}

/** @param refreshSeconds reloads by itself after so many seconds; 0 for never. */
export function dashboardLink(
  { base }: DashboardsPlace,
  id: string,
  span: TimeSpan,
  refreshSeconds = 0,
): string {
  return address(base, `/app/dashboards#/view/${id}?_g=${globalState(span, refreshSeconds)}`);
}

/** The saved search at a time. The shortest form, and the same in all versions. */
export function savedSearchLink({ base }: DashboardsPlace, id: string, span: TimeSpan): string {
  return address(base, `/app/discover#/view/${id}?_g=(${timeRison(span)})`);
}

/**
 * Discover with a query in DQL. From 2.10 on it lies in data-explorer; 2.15 and later, and 2.9 and older, take the older
 * form, while 2.10 to 2.14 lose the time on the way (OpenSearch-Dashboards issue 6766).
 */
export function discoverLink(
  place: DashboardsPlace,
  patternId: string,
  query: string,
  span: TimeSpan,
): string {
  const [major = 0, minor = 0] = place.version.split('.').map(Number);
  const losesTime = major === 2 && minor >= 10 && minor < 15;
  const quoted = risonText(query);
  const id = risonText(patternId);
  return address(
    place.base,
    losesTime
      ? `/app/data-explorer/discover#?_a=(discover:(columns:!(_source),isDirty:!f,sort:!()),metadata:(indexPattern:${id},view:discover))` +
          `&_g=${globalState(span)}&_q=(filters:!(),query:(language:kuery,query:${quoted}))`
      : `/app/discover#/?_g=(${timeRison(span)})&_a=(index:${id},query:(language:kuery,query:${quoted}),filters:!())`,
  );
}
