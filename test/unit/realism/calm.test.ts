// What gave normal operation away, each as a rule: thresholds were set before the data were looked at.
import { describe, expect, it } from 'vitest';
import { ShopState } from '../../../src/core/generate/customers/shop-state.ts';
import { generateDocuments, isTransaction, tallyOf } from '../../../src/core/generate/index.ts';
import { READING_MS } from '../../../src/core/plan/durations.ts';
import type { Plan } from '../../../src/core/plan/index.ts';
import { SERVER_COUNT } from '../../../src/core/plan/shop.ts';
import { planWith, quantileOf } from '../../helpers/generated.ts';
import { correlation, dispersion, mean, median, sum } from '../../helpers/statistics.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Saturday 16:00; the week before it has each day once. */
const week = planWith(
  { seed: 201, timeZone: 'UTC', incidentsPerDay: { min: 0, max: 0 } },
  Date.parse('2026-03-15T23:59:00Z'),
  [],
);
const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

describe('a week (4)', () => {
  const { byHour } = tallyOf(week);
  const hourOf = (day: string, hour: number) =>
    byHour[new Date(midnight(day) + hour * HOUR).toISOString()] ?? 0;

  it('has a Saturday that is no Tuesday', () => {
    const apart = (a: string, b: string) =>
      mean(
        Array.from({ length: 18 }, (_, at) => at + 6).map(
          (hour) => Math.abs(hourOf(a, hour) - hourOf(b, hour)) / hourOf(b, hour),
        ),
      );
    expect(apart('2026-03-14', '2026-03-10')).toBeGreaterThan(1.5 * apart('2026-03-11', '2026-03-10'));
  });

  it('has workdays that vary as much as chance has it, or more', () => {
    const days = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'];
    const spread = Array.from({ length: 24 }, (_, hour) => dispersion(days.map((day) => hourOf(day, hour))));
    expect(mean(spread)).toBeGreaterThan(0.83);
  });
});

describe('gauges (6, 7)', () => {
  const plan = planWith(
    { seed: 202, timeZone: 'UTC', sample: 1, days: 1, incidentsPerDay: { min: 0, max: 0 } },
    Date.parse('2026-03-12T14:00:00Z'),
    [],
  );

  it('follow the load: processor time and requests of a minute correlate within half hours', {
    timeout: 60_000,
  }, () => {
    const perMinute = new Map<number, { requests: number; cpu: number[] }>();
    const from = (midnight('2026-03-12') + 8 * HOUR - plan.firstSlotMs) / plan.slotMs;
    for (const document of generateDocuments(plan, { from, to: from + 122 })) {
      if (!isTransaction(document)) continue;
      const minute = Math.floor(document.ms / MINUTE);
      const held = perMinute.get(minute) ?? { requests: 0, cpu: [] };
      held.requests++;
      held.cpu.push(document.source.cpu_usage_percent ?? Number.NaN);
      perMinute.set(minute, held);
    }
    const minutes = [...perMinute.values()].slice(1, -1);
    const within = Array.from({ length: 4 }, (_, half) => minutes.slice(30 * half, 30 * half + 30)).map(
      (part) =>
        correlation(
          part.map(({ requests }) => requests),
          part.map(({ cpu }) => mean(cpu)),
        ),
    );
    expect(mean(within)).toBeGreaterThanOrEqual(0.4);
  });

  it('differ between servers', () => {
    const state = new ShopState(plan);
    const means = Array.from({ length: SERVER_COUNT }, (_, server) =>
      mean(
        Array.from(
          { length: 360 },
          (_, at) => state.readingOf(plan.startMs + 12 * HOUR + at * READING_MS, server).cpu,
        ),
      ),
    );
    expect(Math.max(...means) - Math.min(...means)).toBeGreaterThan(3);
  });

  it('show a heap that allocation fills: its period at 10 TPS is at least 2.5 times that at 60', () => {
    const { collections: night } = teeth(plan, plan.startMs + 2 * HOUR, 3 * HOUR);
    const evening = planWith(
      { seed: 202, timeZone: 'UTC', days: 1, incidentsPerDay: { min: 0, max: 0 } },
      Date.parse('2026-03-12T20:00:00Z'),
      [],
    );
    const { collections: busy } = teeth(evening, evening.startMs + 18 * HOUR, HOUR);
    expect((3 * HOUR) / night / (HOUR / busy)).toBeGreaterThanOrEqual(2.5);
  });

  it('show a pause where the heap falls, and none elsewhere', () => {
    const { falls, pauses, both } = teeth(plan, plan.startMs + 9 * HOUR, 2 * HOUR);
    expect(both / falls).toBeGreaterThan(0.95);
    expect(both / pauses).toBeGreaterThan(0.95);
  });
});

/** Falls of the heap and pauses of the first server. */
function teeth(plan: Plan, fromMs: number, lengthMs: number) {
  const state = new ShopState(plan);
  let before = 100;
  const found = { falls: 0, pauses: 0, both: 0, collections: 0 };
  for (let ms = fromMs; ms < fromMs + lengthMs; ms += READING_MS) {
    const { heap, gcMs } = state.readingOf(ms, 0);
    const falls = heap < before - 15 && ms > fromMs;
    if (falls) found.falls++;
    if (gcMs > 0 && ms > fromMs) found.pauses++;
    if (falls && gcMs > 0) found.both++;
    before = heap;
  }
  return { ...found, collections: found.falls };
}

describe('documents of a calm day (5, 8, 9)', () => {
  const plan = planWith(
    { seed: 203, timeZone: 'UTC', sample: 4, days: 1, incidentsPerDay: { min: 0, max: 0 } },
    Date.parse('2026-03-12T20:00:00Z'),
    [],
  );
  const documents = [...generateDocuments(plan)].filter(isTransaction).map(({ source }) => source);
  const share = (fits: (source: (typeof documents)[number]) => boolean) =>
    documents.filter(fits).length / documents.length;

  it('have a tail: slow requests, transient failures, retries, waits', () => {
    expect(share(({ response_time_ms }) => response_time_ms > 1500)).toBeGreaterThan(0.0005);
    expect(share(({ response_time_ms }) => response_time_ms > 1500)).toBeLessThan(0.006);
    expect(share(({ response_time_ms }) => response_time_ms > 10_000)).toBeGreaterThan(0.00002);
    expect(share(({ response_code }) => response_code >= 500)).toBeGreaterThan(0.0001);
    expect(share(({ response_code }) => response_code >= 500)).toBeLessThan(0.002);
    expect(share(({ retry_count }) => retry_count > 0)).toBeGreaterThan(0.0005);
    expect(share(({ db_connection_wait_ms }) => (db_connection_wait_ms ?? 0) > 5)).toBeGreaterThan(0.002);
  });

  it('are still calm: half of them near 300 ms, most between 200 and 800', () => {
    const times = documents.map(({ response_time_ms }) => response_time_ms);
    expect(Math.abs(quantileOf(times, 0.5) - 300)).toBeLessThan(60);
    expect(quantileOf(times, 0.03)).toBeGreaterThan(120);
    expect(quantileOf(times, 0.97)).toBeLessThan(900);
  });

  it('are sums of parts that vary by themselves: the gateway has 0.2 to 0.8 of a payment', () => {
    const parts = documents.flatMap(({ upstream_response_time_ms: upstream, response_time_ms, status }) =>
      upstream === undefined || status === 'error' ? [] : [upstream / response_time_ms],
    );
    expect(quantileOf(parts, 0.03)).toBeLessThan(0.3);
    expect(quantileOf(parts, 0.97)).toBeGreaterThan(0.7);
    expect(parts.filter((part) => part < 0.2).length / parts.length).toBeGreaterThan(0.003);
    expect(parts.filter((part) => part > 0.8).length / parts.length).toBeGreaterThan(0.003);
    const byGateway = ['stripe', 'paypal', 'square'].map((gateway) =>
      median(
        documents.flatMap(({ payment_gateway, upstream_response_time_ms }) =>
          payment_gateway === gateway ? (upstream_response_time_ms ?? []) : [],
        ),
      ),
    );
    expect(Math.max(...byGateway) / Math.min(...byGateway)).toBeGreaterThan(1.3);
  });

  it('have bestsellers, and checkouts that half of the carts end in', () => {
    const countBy = (of: (source: (typeof documents)[number]) => string) => {
      const counts = new Map<string, number>();
      for (const source of documents)
        if (source.step === 'cart_review') counts.set(of(source), (counts.get(of(source)) ?? 0) + 1);
      return [...counts.values()].sort((a, b) => b - a);
    };
    const products = countBy(({ product_id }) => product_id);
    expect(sum(products.slice(0, Math.ceil(products.length / 10))) / sum(products)).toBeGreaterThan(0.25);
    const steps = (step: string) =>
      documents.filter((source) => source.step === step && source.status === 'success').length;
    const carts = documents.filter(({ step }) => step === 'cart_review').length;
    expect(steps('order_confirmation') / carts).toBeGreaterThan(0.45);
    expect(steps('order_confirmation') / carts).toBeLessThan(0.6);
  });
});
