// A scenario at a glance: what its search asks, and what the answer says in words.
import { describe, expect, it } from 'vitest';
import { STORED_TRANSACTIONS } from '../../../../../src/core/documents/transactions.ts';
import { BUILT_IN } from '../../../../../src/core/plan/presets.ts';
import { briefDql, inquireBrief, tellBrief } from '../../../../../src/core/validate/guide/brief.ts';
import { runScope } from '../../../../../src/core/validate/scope.ts';
import { NOW, planWith } from '../../../../helpers/generated.ts';

function sceneOf(id: string) {
  const presets = BUILT_IN.filter((preset) => preset.id === id);
  const plan = planWith({ days: 3, incidentsPerDay: { min: 0, max: 0 }, timeZone: 'UTC' }, NOW, presets);
  const [incident] = plan.incidents;
  if (!incident) throw new Error(`${id} is not in the plan`);
  return { plan, incident, timeZone: 'UTC' };
}

interface Code {
  readonly key: string;
  readonly count: number;
  readonly gateways?: Readonly<Record<string, number>>;
  readonly servers?: Readonly<Record<string, number>>;
}

const counts = (places: Readonly<Record<string, number>> = {}) => ({
  buckets: Object.entries(places).map(([key, doc_count]) => ({ key, doc_count })),
});

const span = (key: string, documents: number, p95Ms: number, codes: readonly Code[]) => ({
  key,
  doc_count: documents,
  p95: { values: [{ key: 95, value: p95Ms }] },
  failures: {
    doc_count: codes.reduce((sum, { count }) => sum + count, 0),
    codes: {
      buckets: codes.map(({ key: code, count, gateways, servers }) => ({
        ...{ key: code, doc_count: count, gateways: counts(gateways), servers: counts(servers) },
      })),
    },
  },
});

const answer = (...buckets: readonly object[]) => ({ aggregations: { spans: { buckets } } });
const DECLINED: Code = { key: 'CARD_DECLINED', count: 6 };

describe('a scenario at a glance', () => {
  it('counts the new codes, and the gateways that have none', () => {
    const gateways = { stripe: 65, paypal: 0, square: 0 };
    const told = tellBrief(
      answer(
        span('before', 400, 512, [DECLINED]),
        span('during', 400, 30_012, [
          { key: 'PAYMENT_TIMEOUT', count: 65, gateways },
          { key: 'CIRCUIT_BREAKER_OPEN', count: 53 },
          DECLINED,
          { key: 'OUT_OF_STOCK', count: 1 },
        ]),
      ),
      sceneOf('payment-gateway-timeout'),
      { code: 'PAYMENT_TIMEOUT' },
    );
    expect(told).toEqual({
      ...{ errorRate: 125 / 400, p95Ms: 30_012, p95BeforeMs: 512 },
      say: 'At 14:25 p95 of the checkout jumps from 0.5 s to 30 s.',
      which: '65 PAYMENT_TIMEOUT, 53 CIRCUIT_BREAKER_OPEN',
      where: 'stripe: 65 of 65; paypal 0 and square 0',
    });
  });

  it('says of what builds up that it climbs, and on which servers', () => {
    const servers = { 'checkout-service-02': 58, 'checkout-service-01': 40 };
    const told = tellBrief(
      answer(
        span('before', 600, 604, []),
        span('during', 600, 8930, [{ key: 'MEMORY_EXHAUSTED', count: 98, servers }]),
      ),
      sceneOf('memory-pressure'),
      {},
    );
    expect(told?.say).toBe(
      'From 18:30 on, p95 of the checkout climbs: 0.6 s before, 8.9 s over the incident.',
    );
    expect(told?.where).toBe('checkout-service-02 58 and checkout-service-01 40');
  });

  it('says nothing where the index has no documents from before it', () => {
    const scene = sceneOf('payment-gateway-timeout');
    expect(tellBrief(answer(span('during', 400, 30_000, [])), scene, {})).toBeUndefined();
    expect(tellBrief({}, scene, {})).toBeUndefined();
  });

  it('asks about the incident and as many minutes before it, and for values without documents too', () => {
    const scene = sceneOf('payment-gateway-timeout');
    const { span: asked, aggs } = inquireBrief(scene);
    expect(asked.toMs - asked.fromMs).toBe(2 * (scene.incident.endMs - scene.incident.startMs));
    expect(JSON.stringify(aggs)).toContain('{"field":"payment_gateway","min_doc_count":0}');
  });

  it('finds the failures in Discover by what the steps have shown', () => {
    const alone = runScope(STORED_TRANSACTIONS, 'demo', sceneOf('payment-gateway-timeout').plan, true);
    expect(briefDql(alone, { code: 'PAYMENT_TIMEOUT', gateway: 'stripe' })).toBe(
      'error_code : PAYMENT_TIMEOUT and payment_gateway : stripe',
    );
    expect(briefDql(alone, {})).toBe('status : error');
    const shared = runScope(STORED_TRANSACTIONS, 'demo', sceneOf('payment-gateway-timeout').plan, false);
    expect(briefDql(shared, {})).toMatch(/^status : error and transaction_id : \S+\*$/);
  });
});
