// From a seed to the faults of one run: which kinds, how often, and whether the run is stopped in the middle.

/** What may happen to a bulk request. */
const BULK_FAULTS = [
  'busy',
  'unavailable',
  'busy-items',
  'unavailable-items',
  'reset-before',
  'reset-after',
  'silence-before',
  'silence-after',
  'half-answer',
  'half-json',
  'answer-for-fewer',
  'slow',
  'trickle',
  'html-502',
  'too-large',
  'blocked',
  'refresh',
] as const;
/** What may happen to any other request of a run: creating the index, its settings, the checks. */
const OTHER_FAULTS = [
  'busy',
  'unavailable',
  'reset-before',
  'reset-after',
  'half-answer',
  'half-json',
  'slow',
  'html-502',
] as const;

export type Fault = (typeof BULK_FAULTS)[number] | (typeof OTHER_FAULTS)[number];

export interface Schedule {
  readonly seed: number;
  /** The fault of a request, if any; asked once for each request, in the order they come. */
  readonly next: (bulk: boolean) => Fault | undefined;
  /** A number from 0 to 1. */
  readonly random: () => number;
  /** Part of the documents after which the run is stopped and resumed; undefined for never. */
  readonly stopAt: number | undefined;
}

/** A stream of numbers from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Faults end after this many, so that every run can end. */
const MOST_FAULTS = 60;

/** One schedule in four is stopped in the middle. */
const STOPPED = 0.25;

export function scheduleOf(seed: number, most = MOST_FAULTS): Schedule {
  const random = randomOf(seed);
  const some = <T>(kinds: readonly T[]) => {
    const chosen = kinds.filter(() => random() < 0.4);
    return chosen.length > 0 ? chosen : [kinds[Math.floor(random() * kinds.length)] as T];
  };
  const kinds = { bulk: some<Fault>(BULK_FAULTS), other: some<Fault>(OTHER_FAULTS) };
  const rate = 0.05 + 0.55 * random();
  const stopAt = random() < STOPPED ? random() : undefined;
  let left = most;
  return {
    seed,
    random,
    stopAt,
    next: (bulk) => {
      const from = bulk ? kinds.bulk : kinds.other;
      const chosen = from[Math.floor(random() * from.length)];
      if (left === 0 || random() >= (bulk ? rate : rate / 2)) return undefined;
      left--;
      return chosen;
    },
  };
}
