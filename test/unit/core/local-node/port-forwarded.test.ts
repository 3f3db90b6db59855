// A port that answers although it can be bound, as one that a container runtime forwards.

import { expect, test, vi } from 'vitest';
import { freePort, isTaken } from '../../../../src/core/local-node/port.ts';
import { listen } from '../../../helpers/listen.ts';

vi.mock('get-port', async (original) => ({
  ...(await original<typeof import('get-port')>()),
  // Every port can be bound.
  default: async ({ port }: { port: Iterable<number> }) => [...port][0],
}));

/** As in port.test.ts, away from its ports. */
const FIRST = 30_000 + (process.pid % 200) * 10;

test.each(['127.0.0.1', '::1'])('one that answers on %s is taken', async (host) => {
  await listen(FIRST, host);
  expect(await isTaken(FIRST)).toBe(true);
  expect(await isTaken(FIRST + 1)).toBe(false);
});

test.each(['127.0.0.1', '::1'])('a search for a free port passes one that answers on %s', async (host) => {
  await listen(FIRST, host);
  expect(await freePort({ first: FIRST, last: FIRST + 5 })).toBe(FIRST + 1);
  expect(await freePort({ preferred: FIRST, first: FIRST + 2, last: FIRST + 5 })).toBe(FIRST + 2);
});
