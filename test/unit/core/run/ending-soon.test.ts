// A cluster that does not answer after a stop: what is left to be done is given up after some seconds, once
// (open-policy-agent/opa#3363, vectorize-io/hindsight#952).
import { expect, test } from 'vitest';
import type { Cluster } from '../../../../src/core/cluster/client.ts';
import { loadingSettings } from '../../../../src/core/cluster/indexes/load-settings.ts';
import type { ClusterRequest } from '../../../../src/core/cluster/request.ts';
import { endingSoon } from '../../../../src/core/run/ending-soon.ts';
import { installVirtualTime, settled } from '../../../helpers/virtual-time.ts';

installVirtualTime();

const PUT = { method: 'PUT', path: '/x/_settings' } as const;

/** Answers what this returns, and else never. */
function clusterThat(answers: (request: ClusterRequest) => object | undefined) {
  const asked: ClusterRequest[] = [];
  const cluster: Cluster = {
    url: 'http://x:9200',
    close: async () => {},
    request: (request) => {
      asked.push(request);
      const body = answers(request);
      if (body !== undefined) return Promise.resolve({ status: 200, body, headers: {} });
      return new Promise((_, reject) =>
        request.signal?.addEventListener('abort', () => reject(request.signal?.reason)),
      );
    },
  };
  return { asked, cluster };
}

test('ends within 5 s of the stop, and is not asked again', async () => {
  const begin = performance.now();
  const stop = new AbortController();
  const { asked, cluster } = clusterThat(() => undefined);
  const ending = endingSoon(cluster, stop.signal);
  const waiting = ending.request(PUT);
  setTimeout(() => stop.abort('SIGINT'), 60_000);
  await expect(settled(waiting)).rejects.toBe('SIGINT');
  expect(performance.now() - begin).toBeGreaterThan(60_000);
  expect(performance.now() - begin).toBeLessThan(65_000);
  await expect(ending.request(PUT)).rejects.toBe('SIGINT');
  expect(asked).toHaveLength(1);
});

test('a cluster that answers is asked for as much as there is to do', async () => {
  const stop = new AbortController();
  stop.abort('SIGTERM');
  const { asked, cluster } = clusterThat(() => ({}));
  const ending = endingSoon(cluster, stop.signal);
  for (const _ of [1, 2, 3]) expect((await ending.request(PUT)).status).toBe(200);
  expect(asked).toHaveLength(3);
});

test('loading settings whose answer is missing are put back', async () => {
  const stop = new AbortController();
  const usual = { x: { settings: { 'index.refresh_interval': '5s' } } };
  const { asked, cluster } = clusterThat(({ method, signal }) =>
    method === 'GET' ? usual : signal === stop.signal ? undefined : {},
  );
  const setting = loadingSettings(cluster, 'x', stop.signal);
  setTimeout(() => stop.abort('SIGINT'), 100);
  await expect(settled(setting)).rejects.toBe('SIGINT');
  expect(asked.at(-1)).toMatchObject({ ...PUT, body: { 'index.refresh_interval': '5s' } });
});
