// The course of an incident: how fast it begins, whether it comes in waves, which way it drifts. Drawn for each incident, so
// that two of one type are related and not alike.
import { type Random, stream } from '../random.ts';
import { SERVER_COUNT, SERVERS } from '../shop.ts';

export interface Course {
  /** Seconds in which it comes up. */
  readonly rampS: number;
  /** How much of its strength it loses between two waves, 0 to 1, and the length of one, s; a wave begins anywhere. */
  readonly waveDepth: number;
  readonly waveS: number;
  readonly waveAt: number;
  /** Stronger (above 0) or weaker (below) towards its end. */
  readonly drift: number;
  /** Power of the time that is left, with which the recovery falls: 1 is a straight line. */
  readonly decay: number;
  /** Seconds by which each server feels it later than the first, and factors on how strongly. */
  readonly lags: readonly number[];
  readonly weights: readonly number[];
  /** Free draws, each in [0, 1), for what only one model knows. */
  readonly draws: readonly number[];
  /** Seconds in which an incident is felt most at its beginning: a gateway resets connections, a heap fills; 0 for a slow one. */
  readonly suddenS: number;
}

const DRAWS = 8;

const between = (random: Random, low: number, high: number) => low + (high - low) * random.next();

/** The course of the incident that begins at an instant. @param windowS its length, s. */
export function courseOf(seed: number, startMs: number, windowS: number): Course {
  const random = stream(seed, 'course', Math.floor(startMs / 1000));
  const wavy = random.next() < 0.7;
  const lagS = between(random, 2, 0.06 * windowS);
  const order = [0, 1, 2].sort((a, b) => a - b);
  for (let at = order.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return {
    rampS: windowS * between(random, 0.03, 0.22),
    waveDepth: wavy ? between(random, 0.12, 0.5) : 0,
    waveS: windowS / between(random, 1.2, 4.5),
    waveAt: random.next(),
    drift: between(random, -0.35, 0.35),
    decay: between(random, 1.3, 3),
    lags: Array.from({ length: SERVER_COUNT }, (_, server) =>
      Math.round((order[server] ?? 0) * lagS * between(random, 0.7, 1.3)),
    ),
    weights: Array.from({ length: SERVER_COUNT }, () => between(random, 0.86, 1.14)),
    draws: Array.from({ length: DRAWS }, () => random.next()),
    suddenS: 0,
  };
}

/** The course of an incident started by hand: an audience waits for it, so it is felt on every server within seconds. */
export const sudden = (course: Course): Course => ({
  ...course,
  rampS: Math.min(2, course.rampS),
  lags: course.lags.map((lag) => Math.min(3, lag)),
  suddenS: 14,
});

const resets = ({ suddenS }: Course, second: number) => second > 0 && second < suddenS;

/** Share of the calls that do not fail otherwise which a gateway resets: too few for breakers to open. @param second since the onset */
export const resetAt = (course: Course, second: number): number => (resets(course, second) ? 0.65 : 0);

/** Share of the calls without an answer that have none already: while connections are reset, most are slow. */
export const silentAt = (course: Course, second: number): number => (resets(course, second) ? 0.35 : 1);

/** Median time of a slow call, ms: while connections are reset, those that are slow are opened anew. @param usual afterwards */
export const slowMsAt = (course: Course, second: number, usual: number): number =>
  resets(course, second) ? Math.min(2000, usual) : usual;

/** Factor on a server's own time: while connections are opened anew, everything on it waits for threads. */
export const crowdedAt = (course: Course, second: number): number => (resets(course, second) ? 2.5 : 1);

/** Seconds in which calls grow slow. @param usual for an incident of the plan */
export const slowRampS = ({ suddenS }: Course, usual: number): number =>
  suddenS > 0 ? Math.min(2, usual) : usual;

/** The course of a severe incident: its waves are shallow and it begins fast, or too little would fail. */
export const steady = (course: Course): Course => ({
  ...course,
  rampS: 0.5 * course.rampS,
  waveDepth: 0.3 * course.waveDepth,
  drift: 0.4 * course.drift,
});

/** The course of an incident that begins within half a minute, everywhere within seconds. */
export const prompt = (course: Course): Course => ({
  ...course,
  rampS: Math.min(50, course.rampS),
  waveDepth: 0.4 * course.waveDepth,
  drift: 0.3 * course.drift,
  lags: course.lags.map((lag) => Math.min(12, lag)),
});

/** Rises from 0 to 1 between two seconds. */
export function ramp(second: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (second - from) / (to - from)));
}

/** Strength at a second since the onset, 0 to 1. @param windowS length of the incident, s. */
export function strengthAt(
  { rampS, waveDepth, waveS, waveAt, drift }: Course,
  second: number,
  windowS: number,
): number {
  if (second <= 0) return 0;
  const wave = 1 - waveDepth * (0.5 - 0.5 * Math.cos(2 * Math.PI * (second / waveS + waveAt)));
  const drifted = 1 + drift * (second / windowS - 0.5);
  return Math.min(1, ramp(second, 0, rampS) * wave * drifted);
}

/** Seconds by which these servers feel it later than the first, on average. */
export function meanLag({ lags }: Course, servers: readonly string[]): number {
  const theirs = lags.filter((_, server) => servers.includes(SERVERS[server] ?? ''));
  return theirs.reduce((sum, lag) => sum + lag, 0) / Math.max(1, theirs.length);
}

/** What is left at a second of the recovery, 1 to 0. */
export function leftAt({ decay }: Course, second: number, from: number, to: number): number {
  return (1 - ramp(second, from, to)) ** decay;
}
