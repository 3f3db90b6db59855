import { expect, test } from 'vitest';
import type { Cluster } from '../../../../src/core/cluster/client.ts';
import type { ClusterRequest } from '../../../../src/core/cluster/request.ts';
import { retryUntil, withRetries } from '../../../../src/core/run/retry.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { installVirtualTime, settled } from '../../../helpers/virtual-time.ts';

installVirtualTime();

const away = () => new AppError('connection-refused', { address: 'x:9200' });
const signal = new AbortController().signal;
const policy = { signal, random: () => 0.001, giveUpMs: 60 };

/** A cluster that answers with these in turn, then with 200; an error is thrown. More can be added later. */
function clusterOf(answers: (number | AppError)[]) {
  const asked: ClusterRequest[] = [];
  const cluster: Cluster = {
    url: 'http://x:9200',
    close: async () => {},
    request: async (request) => {
      asked.push(request);
      const next = answers.shift() ?? 200;
      if (next instanceof AppError) throw next;
      const { accept = [] } = request;
      if (next >= 400 && accept !== 'any' && !accept.includes(next))
        throw next === 400
          ? new AppError('request-failed', { request: 'GET /', reason: 'HTTP 400' })
          : new AppError('cluster-starting', { address: 'x:9200', status: next });
      return { status: next, body: {}, headers: {} };
    },
  };
  return { asked, cluster: withRetries(cluster, policy) };
}
const GET = { method: 'GET', path: '/' } as const;

test('what may pass is waited out', async () => {
  const { cluster, asked } = clusterOf([away(), 503, 429, 502, 504, away()]);
  expect((await settled(cluster.request(GET))).status).toBe(200);
  expect(asked).toHaveLength(7);
});

test('what stays is told at once', async () => {
  const { cluster, asked } = clusterOf([400]);
  await expect(settled(cluster.request(GET))).rejects.toMatchObject({ code: 'request-failed' });
  const refused = clusterOf([new AppError('sign-in-refused', { address: 'x', user: 'y' })]);
  await expect(refused.cluster.request(GET)).rejects.toMatchObject({ code: 'sign-in-refused' });
  expect([asked.length, refused.asked.length]).toEqual([1, 1]);
});

test('what must not be done twice is asked once', async () => {
  const { cluster, asked } = clusterOf([away()]);
  await expect(cluster.request({ ...GET, retryable: false })).rejects.toMatchObject({
    code: 'connection-refused',
  });
  expect(asked).toHaveLength(1);
});

test('a status that the caller takes is no trouble', async () => {
  const { cluster } = clusterOf([503]);
  expect((await cluster.request({ ...GET, accept: [503] })).status).toBe(503);
});

test('a cluster that stays away is waited for once, not for each request, until it answers again', async () => {
  const { cluster, asked } = clusterOf(Array.from({ length: 10_000 }, away));
  await expect(settled(cluster.request(GET))).rejects.toMatchObject({ code: 'connection-refused' });
  expect(asked.length).toBeGreaterThan(3);
  for (let round = 0; round < 3; round++) {
    const before = asked.length;
    await expect(settled(cluster.request(GET))).rejects.toMatchObject({ code: 'connection-refused' });
    expect(asked.length - before).toBeLessThanOrEqual(2);
  }
});

test('a cluster that has answered again is waited for again', async () => {
  const aways: (number | AppError)[] = Array.from({ length: 10_000 }, away);
  const { cluster, asked } = clusterOf(aways);
  await expect(settled(cluster.request(GET))).rejects.toMatchObject({ code: 'connection-refused' });
  aways.length = 0;
  expect((await settled(cluster.request(GET))).status).toBe(200);
  aways.push(...Array.from({ length: 5 }, away));
  const before = asked.length;
  expect((await settled(cluster.request(GET))).status).toBe(200);
  expect(asked.length - before).toBe(6);
});

test.each([
  ['a minute, where nothing else is set', undefined, 60_000],
  ['as long as is set', 5_000, 5_000],
])('work that keeps failing is given up after %s', async (_, giveUpMs, longest) => {
  // Waits of at most 100 ms, so that the end is known to 100 ms.
  const patience = { signal, random: () => 0.01, giveUpMs };
  const start = performance.now();
  const failing = retryUntil(async () => Promise.reject(away()), patience).catch(
    () => performance.now() - start,
  );
  const lasted = await settled(failing);
  expect(lasted).toBeGreaterThan(longest);
  expect(lasted).toBeLessThanOrEqual(longest + 100);
});

test('a stop ends the waiting', async () => {
  const stop = new AbortController();
  const waiting = retryUntil(async () => Promise.reject(away()), { signal: stop.signal, random: () => 1 });
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'connection-refused' });
});

test('a block is waited out only where that is asked for', async () => {
  let tries = 0;
  const blocked = async () => {
    if (++tries < 3) throw new AppError('writes-blocked', { index: 'x', reason: 'read-only' });
    return tries;
  };
  await expect(retryUntil(blocked, policy)).rejects.toMatchObject({ code: 'writes-blocked' });
  expect(await settled(retryUntil(blocked, { ...policy, waitForUnblock: true }))).toBe(3);
});
