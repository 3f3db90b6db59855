import { expect, test } from 'vitest';
import { freePort, isTaken } from '../../../../src/core/local-node/port.ts';
import { listen } from '../../../helpers/listen.ts';

/** Far from any port that a node takes, below those of outgoing connections, and another one for each run at a time. */
const FIRST = 20_000 + (process.pid % 1000) * 10;

test.each(['127.0.0.1', '0.0.0.0', '::1'])(
  'a port that listens on %s is taken, the next one is free',
  async (host) => {
    await listen(FIRST, host);
    expect(await isTaken(FIRST)).toBe(true);
    expect(await isTaken(FIRST + 1)).toBe(false);
    expect(await freePort({ first: FIRST, last: FIRST + 5 })).toBe(FIRST + 1);
  },
);

test('the port of the last time goes first while it is free', async () => {
  const choice = { preferred: FIRST + 3, first: FIRST, last: FIRST + 5 };
  expect(await freePort(choice)).toBe(FIRST + 3);
  // Also at once after it was looked at.
  expect(await freePort(choice)).toBe(FIRST + 3);
  await listen(FIRST + 3, '127.0.0.1');
  expect(await freePort(choice)).toBe(FIRST);
});

test('no port is taken from outside the range', async () => {
  for (const port of [FIRST, FIRST + 1]) await listen(port, '127.0.0.1');
  const none = freePort({ preferred: FIRST + 2, first: FIRST, last: FIRST + 1 });
  await expect(none).rejects.toMatchObject({ code: 'node-failed' });
  await expect(none).rejects.toThrow(`${FIRST} to ${FIRST + 1}`);
});
