// The course of an incident that was ended early by hand: a stretch in the middle is left out. The part before it stays, since
// it has happened.
import type { Totals } from './models/totals.ts';
import { SERVER_COUNT } from './shop.ts';
import { READING_S, type Timeline } from './timeline.ts';

interface LeftOut {
  readonly fromMs: number;
  /** Whole readings. */
  readonly skipMs: number;
  /** Share of the incident that is left, 0 to 1. */
  readonly share: number;
}

interface Course {
  readonly timeline: Timeline;
  readonly totals: Totals;
}

/** The course without `skipMs` from an instant on. */
export function withoutTime({ timeline, totals }: Course, { fromMs, skipMs, share }: LeftOut): Course {
  const fromS = Math.ceil((fromMs - timeline.startMs) / 1000);
  const skipS = skipMs / 1000;
  const cut = <Values extends Float32Array | Uint8Array>(values: Values, step: number, width: number) => {
    const from = Math.ceil(fromS / step) * width;
    const rest = values.subarray(from + (skipS / step) * width);
    const made = values.slice(0, from + rest.length) as Values;
    made.set(rest, from);
    return made;
  };
  const moved = (second: number) => (second < fromS ? second : second - skipS);
  const isKept = (second: number) => second < fromS || second >= fromS + skipS;
  const kept = (seconds: readonly number[]) =>
    seconds.map((second) => (isKept(second) ? moved(second) : Number.POSITIVE_INFINITY));
  const made: Timeline = {
    ...timeline,
    seconds: timeline.seconds - skipS,
    rollouts: kept(timeline.rollouts),
    restarts: kept(timeline.restarts),
    kills: timeline.kills
      .filter(({ second }) => isKept(second))
      .map(({ server, second }) => ({ server, second: moved(second) })),
    breaker: cut(timeline.breaker, READING_S, SERVER_COUNT),
  };
  for (const name of PER_SECOND) made[name] = cut(timeline[name], 1, SERVER_COUNT);
  for (const name of PER_READING) made[name] = cut(timeline[name], READING_S, SERVER_COUNT);
  made.admitted = cut(timeline.admitted, 1, 1);
  return { timeline: made, totals: scaled(totals, share) };
}

const PER_SECOND = [
  'share',
  'own',
  'stallChance',
  'stallMs',
  'waitMs',
  'starved',
  'outOfMemory',
  'cacheHit',
  'refused',
  'callFails',
  'callBad',
  'callSlow',
  'callMs',
] as const;

const PER_READING = ['threads', 'poolActive', 'poolPending', 'heap', 'memory', 'cpu', 'gcMs'] as const;

function scaled({ documents, errors, allErrors }: Totals, share: number): Totals {
  const part = (counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(counts).map(([code, amount]) => [code, amount * share]));
  return { documents: documents * share, errors: part(errors), allErrors: part(allErrors) };
}
