// What gave the incidents away, each as a rule: thresholds were set before the data were looked at.
import { describe, expect, it } from 'vitest';
import { type GeneratedTransaction, tallyOf } from '../../../src/core/generate/index.ts';
import { breakerStays } from '../../../src/core/plan/breaker-stays.ts';
import { READING_MS } from '../../../src/core/plan/durations.ts';
import type { Incident, Plan } from '../../../src/core/plan/index.ts';
import { SERVERS } from '../../../src/core/plan/shop.ts';
import { documentsAround, inWindow, planWith, quantileOf, transactionsOf } from '../../helpers/generated.ts';
import { correlation, dispersion, mean, median, pairsOf } from '../../helpers/statistics.ts';

const SEEDS = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110];
const plans = SEEDS.map((seed) => planWith({ seed }));
const graded = SEEDS.slice(0, 3).map((seed) => planWith({ seed, profile: 'graded' }));
const MINUTE = 60_000;

function presetOf(plan: Plan, id: string): Incident {
  const incident = plan.incidents.find(({ preset }) => preset === id);
  if (!incident) throw new Error(`${id} is not planned`);
  return incident;
}

/** Values in each part of an incident, in the mean of the documents. */
function profile(
  documents: readonly GeneratedTransaction[],
  { startMs, endMs }: Incident,
  parts: number,
  of: (document: GeneratedTransaction) => number,
): number[] {
  const width = (endMs - startMs) / parts;
  return Array.from({ length: parts }, (_, part) => {
    const held = documents.filter(({ ms }) => Math.floor((ms - startMs) / width) === part).map(of);
    return held.length > 0 ? mean(held) : 0;
  });
}

describe('severity, place and hour (1, 12, 17, 18)', () => {
  const random = plans.flatMap((plan) => {
    const tally = tallyOf(plan);
    return plan.incidents.flatMap((incident, at) => {
      const window = tally.incidents[at]?.incident;
      return incident.preset === null && window && window.documents > 0
        ? [{ incident, rate: window.errors / window.documents }]
        : [];
    });
  });

  it('vary: error rates from under 10 % to over 33 %, also for degraded gateways', () => {
    const rates = random.map(({ rate }) => rate);
    expect(quantileOf(rates, 0.15)).toBeLessThan(0.12);
    expect(quantileOf(rates, 0.9)).toBeGreaterThan(0.33);
    const grey = random.filter(({ incident }) => incident.type === 'upstream_degradation');
    expect(grey.filter(({ rate }) => rate < 0.25).length).toBeGreaterThan(0);
  });

  it('are not all one gateway, all servers, all day', () => {
    const gateways = random.flatMap(({ incident }) => incident.gateway ?? []);
    expect(gateways.filter((gateway) => gateway === 'stripe').length / gateways.length).toBeLessThan(0.9);
    expect(random.filter(({ incident }) => incident.servers.length < SERVERS.length).length).toBeGreaterThan(
      random.length / 20,
    );
    const hours = random.map(({ incident }) => new Date(incident.startMs).getUTCHours());
    expect(hours.filter((hour) => hour < 8 || hour >= 16).length).toBeGreaterThan(random.length / 10);
  });

  it('number two to three a day, presets among them, and all five types in a week', () => {
    for (const plan of plans) {
      const byDay = new Map<string, number>();
      for (const { startMs } of plan.incidents) {
        const day = new Intl.DateTimeFormat('en-CA', { timeZone: plan.parameters.timeZone }).format(startMs);
        byDay.set(day, (byDay.get(day) ?? 0) + 1);
      }
      expect(Math.max(...byDay.values())).toBeLessThanOrEqual(3);
      expect(new Set(plan.incidents.map(({ type }) => type)).size).toBe(5);
    }
  });
});

describe('shapes (2)', () => {
  const PARTS = 10;
  const measures: Readonly<Record<string, (document: GeneratedTransaction) => number>> = {
    pauses: ({ source }) => source.gc_pause_ms ?? Number.NaN,
    memory: ({ source }) => source.memory_usage_percent ?? Number.NaN,
    'response times': ({ source }) => source.response_time_ms,
    failures: ({ source }) => Number(source.status === 'error'),
    'waiting requests': ({ source }) => source.db_pool_pending ?? Number.NaN,
  };
  const of = (type: string) =>
    plans
      .slice(0, 8)
      .flatMap((plan) => plan.incidents.map((incident) => ({ plan, incident })))
      .filter(({ plan, incident }) => incident.type === type && incident.endMs <= plan.endMs)
      .map(({ plan, incident }) => ({
        incident,
        documents: inWindow(documentsAround(plan, incident), incident),
      }));
  const leaks = of('memory_pressure');
  const pools = of('database_pool_exhaustion');

  it.each([
    ['leaks', 'pauses', leaks],
    ['leaks', 'memory', leaks],
    ['leaks', 'response times', leaks],
    ['leaks', 'failures', leaks],
    ['empty pools', 'waiting requests', pools],
    ['empty pools', 'memory', pools],
    ['empty pools', 'failures', pools],
  ] as const)(
    'of %s differ in their %s: over all seeds they correlate below 0.9 in the median',
    (_, name, incidents) => {
      const profiles = incidents.map(({ incident, documents }) =>
        profile(documents, incident, PARTS, measures[name] ?? (() => 0)),
      );
      expect(profiles.length).toBeGreaterThan(10);
      expect(median(pairsOf(profiles).map(([a, b]) => correlation(a, b)))).toBeLessThan(0.9);
    },
  );

  it('of memory have a longest pause of their own', () => {
    const longest = plans.map((plan) => {
      const incident = presetOf(plan, 'memory-pressure');
      return Math.max(
        ...inWindow(documentsAround(plan, incident), incident).flatMap(
          ({ source }) => source.gc_pause_ms ?? [],
        ),
      );
    });
    expect(new Set(longest).size).toBeGreaterThanOrEqual(9);
  });
});

describe('noise inside incidents (3)', () => {
  const payments = plans.map((plan) => {
    const incident = presetOf(plan, 'payment-gateway-timeout');
    return { incident, documents: inWindow(documentsAround(plan, incident), incident) };
  });

  it('is that of chance: variance over mean of the documents a minute is 0.8 to 3', () => {
    const spreads = payments.map(({ incident, documents }) =>
      dispersion(
        Array.from(
          { length: 10 },
          (_, minute) =>
            documents.filter(({ ms }) => Math.floor((ms - incident.startMs) / MINUTE) === minute).length,
        ),
      ),
    );
    expect(mean(spreads)).toBeGreaterThan(0.8);
    expect(mean(spreads)).toBeLessThan(3);
  });

  it('lets the servers differ: their busy threads are equal in few readings', () => {
    const readings = new Map<number, Map<string, number>>();
    for (const { documents } of payments.slice(0, 3))
      for (const { ms, source } of documents) {
        const tick = Math.floor(ms / READING_MS);
        const held = readings.get(tick) ?? new Map<string, number>();
        readings.set(tick, held.set(source.server_instance, source.thread_pool_active ?? Number.NaN));
      }
    const full = [...readings.values()].filter((held) => held.size === 3 && Math.min(...held.values()) < 100);
    const equal = full.filter((held) => new Set(held.values()).size === 1);
    expect(equal.length / full.length).toBeLessThan(0.3);
  });

  it('keeps the small waits for a connection of calm', () => {
    const waits = payments.flatMap(({ documents }) =>
      documents.flatMap(({ source }) => source.db_connection_wait_ms ?? []),
    );
    expect(waits.filter((ms) => ms > 0).length / waits.length).toBeGreaterThan(0.02);
  });
});

describe('errors agree with the reading beside them (13)', () => {
  it.each([
    ['demo', plans],
    ['graded', graded],
  ])('in every document of the seeds, %s profile', { timeout: 60_000 }, (_, all) => {
    const wrong = all.flatMap((plan) =>
      plan.incidents.flatMap((incident) =>
        documentsAround(plan, incident).filter(({ source }) => {
          // In a gap there is nothing beside an error.
          const { db_pool_pending: pending = Number.NaN, heap_used_percent: heap = Number.NaN } = source;
          if (source.error_code === 'DB_CONN_EXHAUSTED') {
            const [, active, waiting] =
              /active=(\d+), idle=\d+, waiting=(\d+)/.exec(source.error_message ?? '') ?? [];
            const seen =
              Number.isNaN(pending) || (source.db_pool_active === source.db_pool_max && pending > 0);
            return !(seen && Number(active) === source.db_pool_max && Number(waiting) > 0);
          }
          if (source.error_code === 'MEMORY_EXHAUSTED') return heap <= 92;
          if (source.error_code === 'CIRCUIT_BREAKER_OPEN') return source.circuit_breaker_state !== 'open';
          return pending > 0 && (source.db_pool_active ?? 0) < source.db_pool_max;
        }),
      ),
    );
    expect(wrong.map(({ id, source }) => [id, source.error_code])).toEqual([]);
  });
});

describe('breakers at full detail (14)', () => {
  it('let ten calls through while half open, and no more', { timeout: 60_000 }, () => {
    for (const seed of [101, 102]) {
      const plan = planWith({ seed, sample: 1, days: 1 });
      const incident = presetOf(plan, 'payment-gateway-timeout');
      const documents = documentsAround(plan, incident).filter(
        ({ source }) =>
          source.payment_gateway === incident.gateway && source.upstream_response_time_ms !== undefined,
      );
      let probes = 0;
      for (const [index, server] of SERVERS.entries()) {
        const stays = breakerStays(plan, incident, index).filter(({ state }) => state === 'half_open');
        expect(stays.length).toBeGreaterThan(0);
        for (const { fromMs, toMs } of stays) {
          const calls = documents.filter(({ ms, source }) => {
            const startMs = ms - source.response_time_ms;
            return source.server_instance === server && startMs >= fromMs && startMs < toMs;
          });
          expect(calls.length).toBeLessThanOrEqual(10);
          probes += calls.length;
        }
      }
      expect(probes).toBeGreaterThan(20);
    }
  });
});

describe('roots that the index shows (11)', () => {
  it('are a version for each leak, connections that are kept, and markers, most of them harmless', () => {
    for (const plan of plans.slice(0, 3)) {
      const incident = presetOf(plan, 'memory-pressure');
      const documents = documentsAround(plan, incident);
      const leaking = documents
        .filter(({ source }) => source.error_code === 'MEMORY_EXHAUSTED')
        .map(({ source }) => source.service_version);
      const before = documents
        .filter(({ ms }) => ms < incident.startMs)
        .map(({ source }) => source.service_version);
      expect(new Set(leaking).size).toBe(1);
      expect(before).not.toContain(leaking[0]);
      const pool = presetOf(plan, 'database-pool-exhaustion');
      const usage = (from: number, to: number) =>
        documentsAround(plan, pool)
          .filter(({ ms }) => ms >= from && ms < to)
          .flatMap(({ source }) => source.db_connection_usage_ms ?? []);
      expect(usage(pool.startMs, pool.endMs).length).toBeGreaterThan(50);
      const linked = plan.markers.filter(({ ms }) =>
        plan.incidents.some(({ startMs, recoveredMs }) => ms > startMs - 10 * MINUTE && ms < recoveredMs),
      );
      expect(linked.length).toBeLessThan(plan.markers.length);
      expect(plan.markers.length / 7).toBeGreaterThan(1);
      expect(plan.markers.length / 7).toBeLessThan(15);
    }
  });
});

describe('time (10, 19)', () => {
  it('is when a request ends: pool errors come half a minute after the first who wait', () => {
    for (const plan of plans.slice(0, 5)) {
      const incident = presetOf(plan, 'database-pool-exhaustion');
      const documents = documentsAround(plan, incident);
      const firstWaiting = Math.min(
        ...documents
          .filter(({ ms, source }) => ms >= incident.startMs && (source.db_pool_pending ?? 0) > 3)
          .map(({ ms }) => ms),
      );
      const firstError = Math.min(
        ...documents.filter(({ source }) => source.error_code === 'DB_CONN_EXHAUSTED').map(({ ms }) => ms),
      );
      expect(firstError - incident.startMs).toBeGreaterThan(30_000);
      expect(firstError - firstWaiting).toBeGreaterThan(15_000);
    }
  });

  it('rises from document to document, and ends before now', { timeout: 60_000 }, () => {
    const [plan] = plans;
    if (!plan) throw new Error('no plan');
    const times = transactionsOf(plan).map(({ ms }) => ms);
    expect(times.every((ms, at) => at === 0 || ms >= (times[at - 1] ?? 0))).toBe(true);
    expect(times.at(-1)).toBeLessThan(plan.nowMs);
  });
});
