// Spans of time, and what happens at which moment of a `live`: read from flags, and refused in one sentence.
import { WHAT } from '../core/live-control/limits.ts';
import { SEVERITIES, type Severity } from '../core/plan/labels.ts';
import { quoted } from '../text/quoted.ts';
import { fail } from './values.ts';

interface Span {
  readonly minMs: number;
  readonly maxMs: number;
  /** The limits in words. */
  readonly allowed: string;
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const DAY_MS = 86_400_000;

export const LIVE_FOR: Span = { minMs: 1000, maxMs: 7 * DAY_MS, allowed: 'from 1s to 168h' };
const MOMENT: Span = { minMs: 0, maxMs: 7 * DAY_MS, allowed: 'from 0s to 168h' };

/** A span such as `90s`, `10m` or `2h`, ms; NaN for a text that is none. */
export function spanMs(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)([smh])$/.exec(text) ?? [];
  return digits === undefined ? Number.NaN : Number(digits) * (UNITS_MS[unit] ?? Number.NaN);
}

/** The text of a span that lies within these limits. Throws AppError `parameter`. */
export function parseSpan(flag: string, text: string, { minMs, maxMs, allowed }: Span): string {
  const ms = spanMs(text);
  if (Number.isNaN(ms)) fail(flag, `${quoted(text)} is not a time such as 90s, 10m or 2h`);
  if (ms < minMs || ms > maxMs) fail(flag, `${quoted(text)} is out of range: use a time ${allowed}`);
  return text;
}

/** What ends the incident that is running. */
const RECOVER = 'recover';

/** What happens at one moment, in time of the shop since the beginning. */
export type Moment =
  | { readonly atMs: number; readonly type: 'recover' }
  | {
      readonly atMs: number;
      readonly type: 'start';
      readonly what: string;
      /** Left out, that of --severity. */
      readonly severity?: Severity;
    };

const isSeverity = (text: string): text is Severity => (SEVERITIES as readonly string[]).includes(text);

/** The text of a moment that can be read by momentOf. Throws AppError `parameter`. */
export function parseMoment(text: string): string {
  const [time = '', what = '', severity, ...rest] = text.split(':');
  if (what === '' || rest.length > 0)
    fail(
      'at',
      `${quoted(text)} is not TIME:INCIDENT, such as 3m:payment-gateway-timeout:major or 12m:recover`,
    );
  parseSpan('at', time, MOMENT);
  if (!WHAT.test(what)) fail('at', `${quoted(what)} is not the name of an incident`);
  if (what === RECOVER && severity !== undefined)
    fail('at', `${RECOVER} takes no severity; remove ${quoted(severity)}`);
  if (severity !== undefined && !isSeverity(severity))
    fail('at', `${quoted(severity)} is not one of ${SEVERITIES.join(', ')}`);
  return text;
}

/** What such a text says. */
export function momentOf(text: string): Moment {
  const [time = '', what = '', severity] = text.split(':');
  const atMs = spanMs(time);
  if (what === RECOVER) return { atMs, type: 'recover' };
  return {
    atMs,
    type: 'start',
    what,
    ...(severity !== undefined && isSeverity(severity) ? { severity } : {}),
  };
}
