// How many sessions are kept, and when: one of so many throughout, and more of them while a live shop is shown to people.
import { READING_MS } from './durations.ts';
import { MAX_SESSION_MS } from './shop.ts';

/** From an instant on, the beginning of a reading, one of so many sessions is kept: at least as many as in the rest of the data. */
export interface SampleChange {
  readonly fromMs: number;
  readonly sample: number;
}

/** A time in which more sessions are kept, `[startMs, endMs)`, by the number of its change. */
export interface DenseSpan {
  readonly startMs: number;
  readonly endMs: number;
  readonly sample: number;
  readonly change: number;
}

/** Later than any document. */
const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** The beginning of the first reading at or after an instant: what a change may begin with. */
export const nextReading = (ms: number): number => Math.ceil(ms / READING_MS) * READING_MS;

interface Span {
  readonly startMs: number;
  readonly recoveredMs: number;
}

interface Slots {
  readonly firstSlotMs: number;
  readonly slotMs: number;
}

/**
 * The time around an incident of the plan in which nothing changes: its sessions are counted, not left to chance. What
 * sessions of its slots leave behind may end later.
 */
function countedAround({ startMs, recoveredMs }: Span, { firstSlotMs, slotMs }: Slots) {
  const slotAt = (ms: number) => firstSlotMs + Math.floor((ms - firstSlotMs) / slotMs) * slotMs;
  return {
    startMs: Math.floor((slotAt(startMs) - MAX_SESSION_MS) / READING_MS) * READING_MS,
    endMs: nextReading(slotAt(recoveredMs) + slotMs + MAX_SESSION_MS),
  };
}

/**
 * When more sessions are kept: from each change until the next one, but for the times around incidents of the plan.
 * @param planned also those that an incident started by hand takes the place of, since the past must not depend on it
 */
export function denseSpans(
  changes: readonly SampleChange[],
  usual: number,
  planned: readonly Span[],
  slots: Slots,
): DenseSpan[] {
  const counted = planned.map((span) => countedAround(span, slots)).sort((a, b) => a.startMs - b.startMs);
  return changes.flatMap(({ fromMs, sample }, change) => {
    const untilMs = changes[change + 1]?.fromMs ?? NEVER_MS;
    if (sample >= usual) return [];
    const spans: DenseSpan[] = [];
    let startMs = fromMs;
    const add = (endMs: number) => {
      if (endMs > startMs) spans.push({ startMs, endMs, sample, change });
    };
    for (const time of counted) {
      add(Math.min(time.startMs, untilMs));
      startMs = Math.max(startMs, time.endMs);
    }
    add(untilMs);
    return spans;
  });
}

interface Sampled {
  readonly parameters: { readonly sample: number };
  readonly dense: readonly DenseSpan[];
}

/** One of so many sessions is kept of what ends at an instant. */
export function sampleAt({ parameters, dense }: Sampled, ms: number): number {
  if (dense.length === 0) return parameters.sample;
  return dense.find(({ startMs, endMs }) => ms >= startMs && ms < endMs)?.sample ?? parameters.sample;
}
