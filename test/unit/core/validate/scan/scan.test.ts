// A cluster whose answers do not add up ends the comparison; it does not go on for ever.
import { expect, it } from 'vitest';
import type { Cluster } from '../../../../../src/core/cluster/client.ts';
import { TRANSACTIONS } from '../../../../../src/core/generate/signals/transactions.ts';
import { NoComparison } from '../../../../../src/core/validate/scan/page.ts';
import { scan } from '../../../../../src/core/validate/scan/scan.ts';
import { runScope } from '../../../../../src/core/validate/scope.ts';
import { planWith } from '../../../../helpers/generated.ts';

const plan = planWith({ days: 1, sample: 5000 }, Date.parse('2026-03-14T01:00:00Z'), []);

/** How the comparison ends where each search brings this, and after how many searches. */
async function endOf(total: number, hits: readonly object[]): Promise<{ error: unknown; searches: number }> {
  let searches = 0;
  const body = Buffer.from(JSON.stringify({ hits: { total: { value: total, relation: 'eq' }, hits } }));
  const cluster = {
    request: async () => {
      searches++;
      return { status: 200, body, headers: {} };
    },
  } as unknown as Cluster;
  const slots = [{ from: 0, to: plan.slotCount }];
  const { signal } = new AbortController();
  const scope = runScope(TRANSACTIONS, 'any', plan, true);
  const error = await scan({ cluster, scope, plan, slots, made: true, signal }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, searches };
}

it('ends at once where fewer documents come than are counted', async () => {
  const { error, searches } = await endOf(1_000_000, [{ _id: 'a', _source: {} }]);
  expect(error).toBeInstanceOf(NoComparison);
  expect(String(error)).toContain('1 of 1,000,000 documents');
  expect(searches).toBe(1);
});

it('ends after some searches where every time holds more documents than a search returns', async () => {
  const full = Array.from({ length: 10_000 }, (_, at) => ({ _id: String(at) }));
  const { error, searches } = await endOf(20_000, full);
  expect(String(error)).toContain('far more documents than planned');
  expect(searches).toBeLessThan(1100);
});
