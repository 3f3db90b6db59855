// From detections to alarms: what a detector would have told the person on call, and which of it was right.
import type { AnswerEntry } from '../ground-truth/answer-key.ts';
import { MINUTE_MS } from '../plan/durations.ts';
import type { Detection } from './detection.ts';

/** A span of time, ms; `[fromMs, toMs)`. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Flagged minutes with so many minutes between them at most are one alarm. */
const JOINED_MINUTES = 5;
/** An alarm is right when it touches an incident with its recovery and so much around it. */
const BEFORE_MS = MINUTE_MS;
const AFTER_MS = 2 * MINUTE_MS;
/** An alarm that goes on through calm for longer is a false one as well: else one that never ends would be always right. */
const CALM_MS = 30 * MINUTE_MS;

/** The whole minutes that a detection flags, one at least. */
export function flaggedSpan({ startMs, endMs }: Pick<Detection, 'startMs' | 'endMs'>): Span {
  const fromMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS;
  return { fromMs, toMs: Math.max(fromMs + MINUTE_MS, Math.ceil(endMs / MINUTE_MS) * MINUTE_MS) };
}

/** When an alarm counts for this entry of the key. */
export const zoneOf = ({ start, recovered }: Pick<AnswerEntry, 'start' | 'recovered'>): Span => ({
  fromMs: Date.parse(start) - BEFORE_MS,
  toMs: Date.parse(recovered) + AFTER_MS,
});

export const touches = (a: Span, b: Span) => a.fromMs < b.toMs && b.fromMs < a.toMs;

/** Spans with less than `gapMs` between them made one, in order. */
function joined(spans: readonly Span[], gapMs: number): Span[] {
  const runs: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = runs.at(-1);
    if (last && span.fromMs - last.toMs <= gapMs)
      runs[runs.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) };
    else runs.push(span);
  }
  return runs;
}

/** The alarms of a detector, in order. */
export const alarmsOf = (detections: readonly Detection[]): Span[] =>
  joined(detections.map(flaggedSpan), JOINED_MINUTES * MINUTE_MS);

/** How many alarms are right, and how many are false. */
export function judged(alarms: readonly Span[], zones: readonly Span[]): { right: number; false: number } {
  const merged = joined(zones, 0);
  const counts = { right: 0, false: 0 };
  for (const alarm of alarms) {
    const inside = merged.filter((zone) => touches(alarm, zone));
    if (inside.length === 0) counts.false++;
    else {
      const calm = calmGaps(alarm, inside);
      counts.false += calm.filter(({ long }) => long).length;
      counts.right += 1 + calm.filter(({ long, between }) => long && between).length;
    }
  }
  return counts;
}

interface Gap {
  readonly long: boolean;
  /** Between two incidents, not before the first or after the last. */
  readonly between: boolean;
}

/** The stretches of an alarm that lie in none of the zones it touches. */
function calmGaps(alarm: Span, zones: readonly Span[]): Gap[] {
  const edges = [alarm.fromMs, ...zones.flatMap(({ fromMs, toMs }) => [fromMs, toMs]), alarm.toMs];
  return Array.from({ length: zones.length + 1 }, (_, at) => ({
    long: (edges[2 * at + 1] ?? 0) - (edges[2 * at] ?? 0) > CALM_MS,
    between: at > 0 && at < zones.length,
  }));
}
