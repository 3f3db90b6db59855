// The texts of flags as values; every mistake says what is allowed.
import { indexNameProblem } from '../core/cluster/indexes/names.ts';
import type { Range } from '../core/plan/parameters.ts';
import type { Part } from '../core/plan/types.ts';
import { AppError } from '../errors/app-error.ts';
import { cut, quoted, repeated } from '../text/quoted.ts';

/** A number with limits, and how far one key press moves it. */
export interface NumberKind {
  readonly type: 'integer' | 'number' | 'range';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly bigStep: number;
  readonly unit: string;
}

export const fail = (flag: string, problem: string): never => {
  throw new AppError('parameter', { flag: `--${flag}`, problem });
};

const DECIMAL = /^-?\d+(\.\d+)?$/;

export function parseNumber(flag: string, text: string, kind: NumberKind): number {
  const digits = text.trim();
  const value = Number(digits);
  const whole = kind.type === 'integer';
  const allowed = `use ${kind.min} to ${kind.max}${kind.unit ? ` ${kind.unit}` : ''}`;
  if (!DECIMAL.test(digits) || (whole && Number.isFinite(value) && !Number.isInteger(value)))
    fail(flag, `${quoted(text)} is not a ${whole ? 'whole number' : 'number'}: ${allowed}`);
  // `-0` would pass for 0.
  if (digits.startsWith('-') || value < kind.min || value > kind.max)
    fail(flag, `${cut(digits)} is out of range: ${allowed}`);
  return value;
}

export function parseRange(flag: string, text: string, kind: NumberKind): Range {
  const [low = '', high = low, ...rest] = text
    .trim()
    .replace(/%$/, '')
    .split(/\s*(?:-|\.\.|–)\s*/);
  if (rest.length > 0)
    fail(flag, `${quoted(text)} is not a number or a range such as ${kind.min}-${kind.max}`);
  // `-1` and `5-` lack an end; what was typed says more than nothing.
  const end = (given: string) => parseNumber(flag, given === '' ? text : given, kind);
  const range = { min: end(low), max: end(high) };
  if (range.min > range.max) fail(flag, `the range ${cut(text)} is reversed; use ${cut(`${high}-${low}`)}`);
  return range;
}

/** A range as text: `2-3`, or `2` when both ends are equal. */
export function rangeText(range: Range): string {
  return range.min === range.max ? String(range.min) : `${range.min}-${range.max}`;
}

const URL_SIGN_IN =
  'a user name or password does not belong in the address; use --username and OPENSEARCH_PASSWORD';

/**
 * Throws for a text with `@`, whatever comes before it: a password with `#`, `/`, `?` or `,` in it would make a host of the
 * user name and a path of the rest. What such a text holds is never repeated.
 */
function assertNoSignIn(flag: string, text: string): void {
  if (/[@\uFF20]/.test(text)) fail(flag, URL_SIGN_IN);
}

/** One address, or several nodes of one cluster with commas between them. Throws AppError `parameter`. */
export function parseUrls(value: string): string {
  assertNoSignIn('url', value);
  return value
    .split(',')
    .map((url) => parseUrl(url.trim()))
    .join(',');
}

/** The first node of such a text, and the others. */
export function nodesOf(urls: string): { url: string; nodes: readonly string[] | undefined } {
  const [url = urls, ...nodes] = urls.split(',');
  return { url, nodes: nodes.length > 0 ? nodes : undefined };
}

/** An address as an origin; `host:port` means http. A mistake never repeats the text. Throws AppError `parameter`. */
export function parseUrl(value: string, flag = 'url'): string {
  const wanted = 'an address such as http://localhost:9200 or localhost:9200';
  assertNoSignIn(flag, value);
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(withScheme)) return fail(flag, `the value is not ${wanted}`);
  const url = new URL(withScheme);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    fail(flag, 'the address must begin with http:// or https://');
  if (url.username || url.password) fail(flag, URL_SIGN_IN);
  if (url.search || url.hash) fail(flag, `the value has more than an address; use ${wanted}`);
  const path = url.pathname.replace(/\/+$/, '');
  const port =
    url.port || (url.protocol === 'https:' ? '443' : withScheme.match(/:80(\/|$)/) ? '80' : '9200');
  return `${url.protocol}//${url.hostname}:${port}${path}`;
}

/**
 * The address of Dashboards, with its base path and tenant; `host:port` means http. A mistake never repeats the text,
 * which may hold a password. Throws AppError `parameter`.
 */
export function parseDashboardsUrl(value: string, flag = 'dashboards'): string {
  const wanted = 'an address such as http://localhost:5601, with the base path of Dashboards if it has one';
  // What follows /app is a page, whose state may name @timestamp.
  assertNoSignIn(flag, value.replace(/\/app\/.*$/s, ''));
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (/\s/.test(value) || !URL.canParse(withScheme)) return fail(flag, `the value is not ${wanted}`);
  const { protocol, host, port, pathname, searchParams, username, password } = new URL(withScheme);
  if (protocol !== 'http:' && protocol !== 'https:')
    fail(flag, 'the address must begin with http:// or https://');
  if (username || password) fail(flag, URL_SIGN_IN);
  const usual = port || protocol === 'https:' || /:80(\/|$)/.test(withScheme) ? '' : ':5601';
  const basePath = pathname.replace(/\/app(\/.*)?$/, '').replace(/\/+$/, '');
  const tenant = searchParams.get('security_tenant');
  const query = tenant === null ? '' : `?security_tenant=${encodeURIComponent(tenant)}`;
  return `${protocol}//${host}${usual}${basePath}${query}`;
}

/** A user name; `name:password`, as curl takes it, is refused and not repeated. Throws AppError `parameter`. */
export function parseUsername(value: string): string {
  return withoutColon('username', value, 'OPENSEARCH_PASSWORD or --password-file');
}

/** The same for Dashboards alone. Throws AppError `parameter`. */
export function parseDashboardsUsername(value: string): string {
  const places = 'OPENSEARCH_DASHBOARDS_PASSWORD or --dashboards-password-file';
  return withoutColon('dashboards-username', value, places);
}

function withoutColon(flag: string, value: string, places: string): string {
  return value.includes(':')
    ? fail(flag, `a user name has no colon; the password belongs in ${places}`)
    : value;
}

/** True for a name written as lists of zones write it: `Europe/Kyiv`, neither `europe/kyiv` nor `EUROPE/KYIV`. */
const isSpelledOut = (zone: string) =>
  zone.includes('/') && zone.split('/').every((word) => /^[A-Z][\w+-]*$/.test(word)) && /[a-z]/.test(zone);

/** A time zone by the name that was given: Intl itself would make Europe/Kiev of Europe/Kyiv. */
export function parseZone(value: string): string {
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
    return isSpelledOut(value) && known !== 'UTC' ? value : known;
  } catch {
    return fail(
      'time-zone',
      `${quoted(value)} is not a time zone; use an IANA name such as Europe/Berlin or UTC`,
    );
  }
}

export function parseNow(value: string): string {
  const wanted = 'a time with its offset such as 2026-03-14T16:00:00Z';
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)$/.test(value) ||
    Number.isNaN(Date.parse(value)) ||
    !isDay(value.slice(0, 10))
  ) {
    return fail('now', `${quoted(value)} is not ${wanted}`);
  }
  return new Date(value).toISOString();
}

/** False for 30 February. */
function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
  );
}

export function parseDay(value: string): string {
  return isDay(value) ? value : fail('demo-day', `${quoted(value)} is not a day such as 2026-03-14`);
}

export function parsePart(value: string): Part {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(value) ?? [];
  const part = { index: Number(index), of: Number(of) };
  if (!index || !of || part.index < 1 || part.index > part.of) {
    return fail('part', `${quoted(value)} is not a part such as 1/3, from 1/n to n/n`);
  }
  return part;
}

export function parseFingerprint(value: string): string {
  const digits = value.replaceAll(':', '').toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) {
    return fail(
      'fingerprint',
      `${quoted(value)} is not a SHA-256: 32 pairs of hexadecimal digits such as 1A:2B:…`,
    );
  }
  return (digits.match(/../g) ?? []).join(':');
}

/** One ordinary index by its exact name. Throws AppError `index-name`. */
export function parseIndex(index: string): string {
  const reason = indexNameProblem(index);
  if (reason) throw new AppError('index-name', { index: repeated(index.replace(/\p{Cc}/gu, '?')), reason });
  return index;
}

/** The index or pattern that anomaly results are in: it is only read, so it may be hidden or match several. */
export function parseResults(index: string): string {
  if (/^[a-z0-9._*-]+(,[a-z0-9._*-]+)*$/.test(index) && /[a-z0-9]/.test(index)) return index;
  return fail(
    'results',
    `${quoted(index)} is not an index or a pattern such as opensearch-ad-plugin-result-*`,
  );
}
