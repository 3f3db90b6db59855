// How long to wait before a request is tried again.

const FIRST_MS = 200;
const MAX_MS = 10_000;

/**
 * A wait in ms before the given attempt (from 1): anything up to a ceiling that doubles each time. Full jitter keeps
 * several senders from coming back at the same moment. `random` gives numbers from 0 to 1.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(ceiling * random());
}
