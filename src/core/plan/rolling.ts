// A change that goes from server to server: the next one gets it when the one before is up again.
import { noise } from './random.ts';
import { SERVER_COUNT } from './shop.ts';

/** Shortest and longest time from one server to the next, ms. */
interface Gap {
  readonly min: number;
  readonly max: number;
}

/** A release is watched on each server; who restarts a broken shop does not wait. */
export const WATCHED_GAP_MS: Gap = { min: 40_000, max: 150_000 };
export const HURRIED_GAP_MS: Gap = { min: 14_000, max: 34_000 };

/**
 * When each server gets a change whose first one does at `ms`, by index into SERVERS; undefined for the servers that do not
 * get it. The order and the gaps follow from the seed and the instant.
 */
export function rolling(
  seed: number,
  ms: number,
  gets: (server: number) => boolean,
  gap: Gap,
): (number | undefined)[] {
  const second = Math.floor(ms / 1000);
  const at = new Array<number | undefined>(SERVER_COUNT).fill(undefined);
  const first = Math.floor(SERVER_COUNT * noise(seed, 16, second));
  let next = Math.floor(ms);
  for (let turn = 0; turn < SERVER_COUNT; turn++) {
    const server = (first + turn) % SERVER_COUNT;
    if (!gets(server)) continue;
    at[server] = next;
    next += Math.round(gap.min + (gap.max - gap.min) * noise(seed, 17 + turn, second));
  }
  return at;
}
