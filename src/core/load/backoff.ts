// How long to wait before a request is retried.

const FIRST_MS = 200;
const MAX_MS = 10_000;

/**
 * The wait after the given attempt (from 1), ms: anything up to a ceiling that doubles each time, at most 10 s. Full jitter
 * keeps senders from coming back at the same moment. @param random gives numbers from 0 to 1
 */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(ceiling * random());
}
