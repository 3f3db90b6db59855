// What is not seen of the servers in the graded profile (13.4): gaps of gauges, an agent that stops, a clock that runs ahead.
import { describe, expect, it } from 'vitest';
import { tallyOf } from '../../../src/core/generate/index.ts';
import type { Plan } from '../../../src/core/plan/index.ts';
import { SERVERS } from '../../../src/core/plan/shop.ts';
import { NOW, planWith, transactionsOf } from '../../helpers/generated.ts';
import { sum } from '../../helpers/statistics.ts';

const MINUTE = 60_000;
const GAUGES = [
  'thread_pool_active',
  'memory_usage_percent',
  'cpu_usage_percent',
  'db_pool_active',
  'db_pool_pending',
  'gc_pause_ms',
  'heap_used_percent',
] as const;

const plan = planWith({ seed: 401, profile: 'graded', days: 3 });
const documents = transactionsOf(plan);

const isInGap = ({ sight }: Plan, server: string, ms: number) =>
  sight.gaps.some((gap) => SERVERS[gap.server] === server && ms >= gap.startMs && ms < gap.endMs);

describe('gaps', () => {
  it('are some a day, one or two of them minutes long, and none of the demo profile', () => {
    const long = plan.sight.gaps.filter(({ startMs, endMs }) => endMs - startMs >= 4 * MINUTE);
    expect(long.length).toBeGreaterThanOrEqual(2);
    expect(long.length).toBeLessThanOrEqual(8);
    expect(plan.sight.gaps.length).toBeGreaterThan(3 * 4);
    expect(planWith({ seed: 401 }).sight).toEqual({ clock: null, gaps: [] });
  });

  it('leave out every gauge of the server, and nothing else does', () => {
    const missing = documents.filter(({ source }) => source.cpu_usage_percent === undefined);
    expect(missing.length).toBeGreaterThan(50);
    for (const { ms, source } of documents) {
      const reported = GAUGES.filter((name) => source[name] !== undefined).length;
      expect(reported).toBe(isInGap(plan, source.server_instance, ms) ? 0 : GAUGES.length);
    }
  });

  it('are left out of the sums and the maxima of the tally', () => {
    const tally = tallyOf(plan);
    for (const name of GAUGES)
      expect(tally.sums[name]).toBe(sum(documents.map(({ source }) => source[name] ?? 0)));
  });

  it('spare what a preset shows, and what is compared with it', () => {
    for (const { startMs, recoveredMs } of plan.incidents.filter(({ preset }) => preset !== null))
      for (const gap of plan.sight.gaps)
        expect(gap.endMs <= startMs - 10 * MINUTE || gap.startMs >= recoveredMs).toBe(true);
  });

  it('of the past do not depend on now', () => {
    const later = planWith({ seed: 401, profile: 'graded', days: 3 }, NOW + 6 * 60 * MINUTE);
    expect(later.sight.clock).toEqual(plan.sight.clock);
    expect(later.sight.gaps.slice(0, plan.sight.gaps.length)).toEqual(plan.sight.gaps);
  });

  it('stand in the key: an agent that stops is a red herring', () => {
    const stops = plan.redHerrings.filter(({ reason }) => reason === 'agent_stopped');
    const long = plan.sight.gaps.filter(({ cause }) => cause === 'agent_stopped');
    expect(stops.map(({ startMs, endMs }) => [startMs, endMs])).toEqual(
      long.map(({ startMs, endMs }) => [startMs, endMs]),
    );
  });
});

describe('the clock of one server', () => {
  it('runs 50 to 800 ms ahead, and is not always that of the same server', () => {
    const clocks = [1, 2, 3, 4, 5, 6].map(
      (seed) => planWith({ seed, profile: 'graded', days: 1 }).sight.clock,
    );
    for (const clock of clocks) {
      expect(clock?.aheadMs).toBeGreaterThanOrEqual(50);
      expect(clock?.aheadMs).toBeLessThanOrEqual(800);
    }
    expect(new Set(clocks.map((clock) => clock?.server)).size).toBeGreaterThan(1);
  });

  it('moves the documents of that server and of no other', () => {
    const { clock } = plan.sight;
    const straight: Plan = { ...plan, sight: { ...plan.sight, clock: null } };
    const calm = (one: Plan) => {
      const to = plan.incidents[0]?.startMs ?? plan.endMs;
      return transactionsOf(one, { from: 0, to: 60 }).filter(({ ms }) => ms < to - 10 * MINUTE);
    };
    const before = new Map(calm(straight).map((document) => [document.source.transaction_id, document]));
    const moved = calm(plan).flatMap((document) => {
      const other = before.get(document.source.transaction_id);
      // The first request of a session: what follows may be another draw.
      if (!other || document.source.step !== 'cart_review') return [];
      return [{ server: document.source.server_instance, ms: document.ms - other.ms }];
    });
    expect(moved.length).toBeGreaterThan(50);
    for (const { server, ms } of moved) {
      const wanted = clock && SERVERS[clock.server] === server ? clock.aheadMs : 0;
      // What a minute's noise makes of a request that begins a little later is a few ms.
      expect(Math.abs(ms - wanted)).toBeLessThan(40);
    }
  });
});
