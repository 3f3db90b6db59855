// An answer with status 200 may be of a part of the documents only.
import { expect, test } from 'vitest';
import type { Cluster } from '../../../../src/core/cluster/client.ts';
import { runCheck } from '../../../../src/core/validate/check.ts';

const check = {
  id: 'count',
  title: 'Documents',
  query: { method: 'GET', path: 'demo/_search' },
  expected: '1',
  judge: () => ({ ok: true, found: '1' }),
} as const;

const answering = (body: object): Cluster => ({
  url: 'http://localhost:9200',
  request: async () => ({ status: 200, body, headers: {} }),
  close: async () => {},
});
const REASON = { type: 'circuit_breaking_exception', reason: '[parent] Data too large' };

test.each<[source: string, body: object, ok: boolean, found: string]>([
  ['all of them', { _shards: { total: 2, failed: 0 }, timed_out: false }, true, '1'],
  [
    'open-metadata/OpenMetadata#32255',
    { _shards: { total: 2, failed: 2 } },
    false,
    '2 of 2 shards failed: no reason given',
  ],
  [
    'telekom-security/tpotce#879',
    { _shards: { total: 137, failed: 45, failures: [{ shard: 0, reason: REASON }] } },
    false,
    '45 of 137 shards failed: [parent] Data too large',
  ],
  [
    'a search that was cut off',
    { timed_out: true },
    false,
    'the cluster gave up before it had searched everything',
  ],
])('%s', async (_, body, ok, found) => {
  expect(await runCheck(answering(body), check, new AbortController().signal)).toMatchObject({ ok, found });
});
