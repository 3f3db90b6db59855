// How good detections are, measured by the answer key: on the level of incidents, as a person on call feels it.
import type { AnswerEntry } from '../ground-truth/answer-key.ts';
import { DAY_MS, MINUTE_MS } from '../plan/durations.ts';
import { alarmsOf, flaggedSpan, judged, type Span, touches, zoneOf } from './alarms.ts';
import type { Detection } from './detection.ts';

/** Figures of some incidents. Shares are 0 to 1, to four decimals. */
export interface GroupFigures {
  readonly incidents: number;
  /** Share of the incidents that an alarm touches; null without incidents. */
  readonly recall: number | null;
  /** Median, from the onset to the end of the first flagged minute; null when none was found. */
  readonly delay_minutes: number | null;
  /** Share of the incidents whose component and reason are right; null when no detection says any. */
  readonly root_cause: number | null;
}

/** Figures of a detector. */
export interface Figures extends GroupFigures {
  /** Alarms: flagged minutes that are close together are one. */
  readonly alarms: number;
  /** Share of the alarms that touch an incident; null without alarms. */
  readonly precision: number | null;
  /** Null when it is not known how long the data are. */
  readonly false_alarms_per_day: number | null;
  /** Red herrings of the key, and how many of them an alarm touches. */
  readonly red_herrings: number;
  readonly red_herrings_flagged: number;
  readonly by_severity: Readonly<Record<string, GroupFigures>>;
  readonly by_type: Readonly<Record<string, GroupFigures>>;
}

/** What became of one incident. */
interface Outcome {
  readonly entry: AnswerEntry;
  /** From the onset to the end of the first flagged minute; undefined when it was not found. */
  readonly delayMs: number | undefined;
  readonly rightCause: boolean;
}

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;
const shareOf = (part: number, whole: number) => (whole === 0 ? null : rounded(part / whole, 4));

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

const saysCause = ({ component, reason }: Detection) => component !== undefined || reason !== undefined;

/** Whether the cause is right, by the detection that says one and begins closest to the onset. */
function causeIsRight({ component, reason, onset }: AnswerEntry, touching: readonly Detection[]): boolean {
  const distance = ({ startMs }: Detection) => Math.abs(startMs - Date.parse(onset));
  const [said] = touching.filter(saysCause).sort((a, b) => distance(a) - distance(b));
  return said !== undefined && said.component === component && said.reason === reason;
}

function outcomeOf(entry: AnswerEntry, detections: readonly Detection[]): Outcome {
  const zone = zoneOf(entry);
  const touching = detections.filter((detection) => touches(flaggedSpan(detection), zone));
  const firstMinutes = touching.map((detection) => {
    // A minute that only begins before the zone counts as soon as it reaches into it.
    const zoneMinute = Math.floor(zone.fromMs / MINUTE_MS) * MINUTE_MS;
    return Math.max(flaggedSpan(detection).fromMs, zoneMinute) + MINUTE_MS;
  });
  const noticedMs = Math.min(...firstMinutes);
  return {
    entry,
    delayMs: touching.length === 0 ? undefined : Math.max(0, noticedMs - Date.parse(entry.onset)),
    rightCause: causeIsRight(entry, touching),
  };
}

function groupFigures(outcomes: readonly Outcome[], asked: boolean): GroupFigures {
  const delays = outcomes.flatMap(({ delayMs }) => (delayMs === undefined ? [] : [delayMs]));
  const delay = median(delays);
  return {
    incidents: outcomes.length,
    recall: shareOf(delays.length, outcomes.length),
    delay_minutes: delay === null ? null : rounded(delay / MINUTE_MS, 2),
    root_cause: asked
      ? shareOf(outcomes.filter(({ rightCause }) => rightCause).length, outcomes.length)
      : null,
  };
}

/** The figures of each group, in the order in which the groups first occur. */
function byGroup(
  outcomes: readonly Outcome[],
  asked: boolean,
  groupOf: (entry: AnswerEntry) => string | null,
): Record<string, GroupFigures> {
  const groups = Map.groupBy(outcomes, ({ entry }) => groupOf(entry) ?? 'none');
  return Object.fromEntries([...groups].map(([name, members]) => [name, groupFigures(members, asked)]));
}

/** Scores detections by an answer key. @param span of the data; undefined when it is not known. */
export function figuresOf(
  key: readonly AnswerEntry[],
  detections: readonly Detection[],
  span: Span | undefined,
): Figures {
  const incidents = key.filter(({ kind }) => kind === 'incident');
  const herrings = key.filter(({ kind }) => kind === 'red_herring');
  const alarms = alarmsOf(detections);
  const counts = judged(alarms, incidents.map(zoneOf));
  const outcomes = incidents.map((entry) => outcomeOf(entry, detections));
  const asked = detections.some(saysCause);
  const days = span === undefined ? 0 : (span.toMs - span.fromMs) / DAY_MS;
  return {
    ...groupFigures(outcomes, asked),
    alarms: counts.right + counts.false,
    precision: shareOf(counts.right, counts.right + counts.false),
    false_alarms_per_day: days > 0 ? rounded(counts.false / days, 2) : null,
    red_herrings: herrings.length,
    red_herrings_flagged: herrings.filter((herring) =>
      alarms.some((alarm) => touches(alarm, zoneOf(herring))),
    ).length,
    by_severity: byGroup(outcomes, asked, ({ severity }) => severity),
    by_type: byGroup(outcomes, asked, ({ type }) => type),
  };
}
