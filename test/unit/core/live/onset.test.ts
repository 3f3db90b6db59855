// How soon an incident that is started by hand is felt, with one session in 5 on a weekday afternoon.
import { describe, expect, test } from 'vitest';
import { BufferPool } from '../../../../src/core/generate/encode/buffers.ts';
import { drawMinutes, type Shown, slotOf } from '../../../../src/core/live/minute.ts';
import { LiveShop } from '../../../../src/core/live/shop.ts';
import { MINUTE_MS } from '../../../../src/core/plan/durations.ts';
import type { IncidentType } from '../../../../src/core/plan/models/registry.ts';
import { DEFAULT_PARAMETERS } from '../../../../src/core/plan/parameters.ts';

const NOW_MS = Date.parse('2026-11-24T16:00:00Z');
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

const p95 = (shown: readonly Shown[]): number => {
  const times = shown.map(({ responseMs }) => responseMs).sort((a, b) => a - b);
  return times[Math.ceil(0.95 * times.length) - 1] ?? 0;
};

/** Starts an incident some seconds into a reading; returns what is shown since, and p95 of the ten minutes before. */
function started(type: IncidentType, seed: number) {
  const parameters = { ...DEFAULT_PARAMETERS, days: 1, seed, sample: 5, timeZone: 'UTC' };
  const shop = new LiveShop({ parameters, presets: [], nowMs: NOW_MS });
  const atMs = NOW_MS + 2 * MINUTE_MS + ((seed * 3) % 10) * 1000;
  const { ok } = shop.start({ type: 'start', what: type, severity: 'major', durationMinutes: 10 }, atMs);
  const plan = shop.planAt(atMs + 5 * MINUTE_MS);
  const slots = { from: slotOf(plan, atMs - 10 * MINUTE_MS), to: slotOf(plan, atMs + 5 * MINUTE_MS) };
  const shown = drawMinutes(plan, slots, new BufferPool()).shown.filter(({ marker }) => !marker);
  const between = (from: number, to: number) =>
    shown.filter(({ ms }) => ms >= atMs + from * 1000 && ms < atMs + to * 1000);
  return { ok, between, usual: p95(between(-600, 0)) };
}

const runs = (type: IncidentType) => SEEDS.map((seed) => started(type, seed)).filter(({ ok }) => ok);
const failures = (shown: readonly Shown[], code: RegExp) =>
  shown.filter(({ error }) => code.test(error)).length;

describe('within 15 s of its start', () => {
  const gateway = /^(PAYMENT_TIMEOUT|UPSTREAM_SERVICE_ERROR|CIRCUIT_BREAKER_OPEN)/;
  test.each(['payment_gateway_timeout', 'circuit_breaker', 'upstream_degradation'] as const)(
    '%s shows in p95 and in error codes',
    (type) => {
      const all = runs(type);
      expect(all.length).toBeGreaterThan(5);
      for (const { between, usual } of all) {
        expect(p95(between(0, 15)) / usual).toBeGreaterThan(1.5);
        expect(failures(between(0, 15), gateway)).toBeGreaterThan(2);
      }
    },
  );

  test('memory_pressure does, unless the heaps were read just before', () => {
    const all = runs('memory_pressure');
    const seen = all.filter(({ between, usual }) => {
      const shown = between(0, 15);
      return p95(shown) / usual > 1.3 && failures(shown, /^MEMORY_EXHAUSTED/) > 0;
    });
    expect(seen.length).toBeGreaterThanOrEqual(0.75 * all.length);
    for (const { between } of all) expect(failures(between(0, 40), /^MEMORY_EXHAUSTED/)).toBeGreaterThan(0);
  });

  test('database_pool_exhaustion shows in p95, and in error codes once its timeout of 30 s is over', () => {
    for (const { between, usual } of runs('database_pool_exhaustion')) {
      expect(p95(between(0, 15)) / usual).toBeGreaterThan(1.5);
      expect(failures(between(0, 30), /^DB_CONN_EXHAUSTED/)).toBe(0);
      expect(failures(between(30, 45), /^DB_CONN_EXHAUSTED/)).toBeGreaterThan(2);
    }
  });
});

test('the reset connections of upstream_degradation are too few for its breakers to open', () => {
  for (const { between } of runs('upstream_degradation'))
    expect(failures(between(0, 300), /^CIRCUIT_BREAKER_OPEN/)).toBe(0);
});
