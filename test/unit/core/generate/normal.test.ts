import { beforeAll, describe, expect, it } from 'vitest';
import { expectedSessions, keptStarts } from '../../../../src/core/generate/customers/arrivals.ts';
import { type GeneratedTransaction, slotRange } from '../../../../src/core/generate/index.ts';
import { CONNECTION_HOLD_S } from '../../../../src/core/plan/baseline.ts';
import { HOUR_MS } from '../../../../src/core/plan/durations.ts';
import { DAY_PARTS, trafficAt } from '../../../../src/core/plan/index.ts';
import { TRANSIENT_CODES } from '../../../../src/core/plan/latency.ts';
import { stream } from '../../../../src/core/plan/random.ts';
import { failed, planWith, quantileOf, transactionsOf } from '../../../helpers/generated.ts';

const BIN = 20 * 60_000;

describe('normal operation', () => {
  const plan = planWith({ seed: 21, days: 3 });
  let documents: GeneratedTransaction[] = [];
  let calm: GeneratedTransaction[] = [];
  beforeAll(() => {
    documents = transactionsOf(plan);
    calm = documents.filter(({ incident }) => incident < 0);
  }, 60_000);

  it('takes 200 to 800 ms, heavy on the right: p50 near 300, p99 under 900', () => {
    const times = calm.map(({ source }) => source.response_time_ms);
    const [p1 = 0, p50 = 0, p95 = 0, p99 = 0] = [0.01, 0.5, 0.95, 0.99].map((share) =>
      quantileOf(times, share),
    );
    expect(p1).toBeGreaterThanOrEqual(185);
    expect(Math.abs(p50 - 300)).toBeLessThan(30);
    expect(p99).toBeLessThan(900);
    expect(p99).toBeGreaterThan(600);
    // Skewed: the right half is much longer than the left.
    expect(p95 - p50).toBeGreaterThan(1.8 * (p50 - quantileOf(times, 0.05)));
  });

  it('has a tail: two or three requests of a thousand take a second or more, some more than ten', () => {
    const slower = (ms: number) =>
      calm.filter(({ source }) => source.status === 'success' && source.response_time_ms >= ms);
    const share = slower(1250).length / calm.length;
    expect(share).toBeGreaterThan(0.002);
    expect(share).toBeLessThan(0.004);
    expect(slower(10_000).length).toBeGreaterThan(3);
    // In any of their parts.
    const most = slower(3000).map(({ source: s }) => {
      const parts = [s.upstream_response_time_ms ?? 0, s.database_query_time_ms ?? 0];
      return parts.findIndex((ms) => ms > s.response_time_ms / 2);
    });
    expect(new Set(most)).toEqual(new Set([-1, 0, 1]));
  });

  it('waits a little for connections, rarely long', () => {
    const waits = calm.flatMap(({ source }) => source.db_connection_wait_ms ?? []);
    expect(waits.filter((ms) => ms > 0).length / waits.length).toBeGreaterThan(0.03);
    expect(quantileOf(waits, 0.99)).toBeLessThan(40);
    const long = waits.filter((ms) => ms >= 50).length / waits.length;
    expect(long).toBeGreaterThan(0.0001);
    expect(long).toBeLessThan(0.003);
  });

  it('holds connections at least as long as the query, and as long as the pool counts on', () => {
    const held = calm.flatMap(({ source }) => source.db_connection_usage_ms ?? []);
    expect(held.reduce((sum, ms) => sum + ms, 0) / held.length / 1000).toBeCloseTo(CONNECTION_HOLD_S, 2);
  });

  it('bends with load', () => {
    const p50 = (from: number, to: number) =>
      quantileOf(
        calm
          .filter(({ ms }) => trafficAt(plan, ms) >= from && trafficAt(plan, ms) < to)
          .map(({ source }) => source.response_time_ms),
        0.5,
      );
    expect(p50(9, 12)).toBeLessThan(p50(28, 34));
    expect(p50(28, 34)).toBeLessThan(p50(52, 61));
    expect(p50(52, 61) - p50(28, 34)).toBeGreaterThan(0.7 * (p50(28, 34) - p50(9, 12)));
  });

  it('fails 1 to 2 % of the time, with codes of its own', () => {
    const errors = calm.filter(failed);
    expect(errors.length / calm.length).toBeGreaterThan(0.01);
    expect(errors.length / calm.length).toBeLessThan(0.02);
    expect([...new Set(errors.map(({ source }) => source.error_code))].sort()).toEqual([
      'CARD_DECLINED',
      'CARD_EXPIRED',
      'INVALID_ADDRESS',
      'OUT_OF_STOCK',
      ...Object.values(TRANSIENT_CODES).sort(),
    ]);
    const passing = errors.filter(({ source }) => source.error_code?.startsWith('UPSTREAM_'));
    expect(Math.abs(passing.length / calm.length - 0.0005)).toBeLessThan(0.0002);
  });

  it('is out of stock of few products at a time, for hours', () => {
    const missed = calm.filter(({ source }) => source.error_code === 'OUT_OF_STOCK');
    const spells = new Set(
      missed.map(({ ms, source }) => `${source.product_id} ${Math.floor(ms / HOUR_MS)}`),
    );
    expect(missed.length).toBeGreaterThan(150);
    // Spread evenly over 160 products and 72 hours, nearly each would be alone.
    expect(spells.size).toBeLessThan(0.5 * missed.length);
  });

  it('carries the traffic of the schedule in every twenty minutes, within the error of chance', () => {
    const bins = new Map<number, number>();
    for (const { ms } of documents) {
      const bin = Math.floor((ms - plan.startMs) / BIN);
      bins.set(bin, (bins.get(bin) ?? 0) + 1);
    }
    for (const [bin, count] of bins) {
      const minute = (bin * 20) % 1440;
      const part = DAY_PARTS.find(({ toHour }) => minute < toHour * 60);
      if (!part || plan.startMs + (bin + 1) * BIN > plan.endMs) continue;
      // Joins between parts of the day take ten minutes on both sides.
      if (part.toHour * 60 - minute <= 20 || minute - part.fromHour * 60 < 20) continue;
      const tps = (count * plan.parameters.sample) / 1200;
      // Sessions come at random, not documents (2.6 = mean square over mean of theirs), and the rate wanders by 4 %.
      const error = 3 * tps * Math.sqrt(2.6 / count + 0.04 ** 2);
      expect(tps, `bin ${bin}`).toBeGreaterThan(part.min - error);
      expect(tps, `bin ${bin}`).toBeLessThan(part.max + error);
    }
  });

  it('starts with a full minute and ends with one', () => {
    const inMinute = (fromMs: number) =>
      documents.filter(({ ms }) => ms >= fromMs && ms < fromMs + 600_000).length;
    const expected = (ms: number) => (trafficAt(plan, ms) * 600) / 60;
    for (const fromMs of [plan.startMs, plan.endMs - 600_000])
      expect(Math.abs(inMinute(fromMs) - expected(fromMs + 300_000))).toBeLessThan(
        3.5 * Math.sqrt(expected(fromMs)),
      );
  });
});

describe('arrivals', () => {
  it('are Poisson: the variance of sessions started per second is their mean', () => {
    const plan = planWith({ sample: 1, days: 1, incidentsPerDay: { min: 0, max: 0 } });
    const slots = slotRange(plan);
    const perSecond = new Map<number, number>();
    // An hour at night, where the rate is steady.
    for (const { ms, source } of transactionsOf(plan, { from: slots.from + 130, to: slots.from + 190 }))
      if (source.step === 'cart_review')
        perSecond.set(Math.floor(ms / 1000), (perSecond.get(Math.floor(ms / 1000)) ?? 0) + 1);
    const counts = Array.from(
      { length: 3600 },
      (_, at) => perSecond.get(Math.floor(plan.startMs / 1000) + 7200 + at) ?? 0,
    );
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(mean).toBeGreaterThan(3.5);
    expect(variance / mean).toBeGreaterThan(0.9);
    expect(variance / mean).toBeLessThan(1.1);
  });

  it.each([1, 60])('are Poisson over ten minutes at a sample of %i', (sample) => {
    const plan = planWith({ sample });
    const random = stream(1, 'kept', sample);
    let sum = 0;
    for (let from = 0; from < 10_000; from += 10) {
      let [counted, expected] = [0, 0];
      for (let slot = from; slot < from + 10; slot++) {
        const tick = (plan.firstSlotMs + slot * plan.slotMs) / 10_000;
        for (let at = 0; at < 18; at++)
          counted += keptStarts(plan, tick + Math.floor(at / 3), at % 3, { sample, random });
        expected += expectedSessions(plan, slot);
      }
      sum += (counted - expected) ** 2 / expected;
    }
    // Chi squared over its 1,000 degrees of freedom has a standard deviation of 0.045.
    expect(Math.abs(sum / 1000 - 1)).toBeLessThan(0.2);
  });
});
