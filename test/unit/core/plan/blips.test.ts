import { describe, expect, it } from 'vitest';
import { ShopState } from '../../../../src/core/generate/customers/shop-state.ts';
import { READING_MS } from '../../../../src/core/plan/durations.ts';
import { BREAKER_STATES, SERVER_COUNT } from '../../../../src/core/plan/shop.ts';
import { NOW, planWith, transactionsOf } from '../../../helpers/generated.ts';

const MINUTE = 60_000;

describe('blips', () => {
  const plan = planWith({ seed: 31 });

  it('happen on every day, and keep away from incidents and from what comes before a preset', () => {
    expect(plan.blips.length).toBeGreaterThan(7 * 10);
    expect(plan.blips.length).toBeLessThan(7 * 40);
    for (const { ms, readings } of plan.blips)
      for (const { startMs, recoveredMs, preset } of plan.incidents)
        expect(
          ms > recoveredMs || ms + readings * READING_MS <= startMs - (preset === null ? 2 : 15) * MINUTE,
        ).toBe(true);
  });

  it('of the past do not depend on now', () => {
    const later = planWith({ seed: 31 }, NOW + 6 * 60 * MINUTE);
    expect(later.blips.slice(0, plan.blips.length)).toEqual(plan.blips);
  });

  it('take a breaker through its states in order, and leave the gateway that tripped it without payments', () => {
    const state = new ShopState(plan);
    const trips = plan.blips.filter(({ kind }) => kind === 'breaker');
    expect(trips.length).toBeGreaterThan(3);
    for (const { ms, readings, server } of trips) {
      const seen = Array.from(
        { length: readings + 2 },
        (_, at) => BREAKER_STATES[state.readingOf(ms + (at - 1) * READING_MS, server).breaker],
      );
      const changes = seen.filter((one, at) => one !== seen[at - 1]);
      expect(changes).toEqual(['closed', 'open', 'half_open', 'closed']);
    }
    const [first] = trips;
    if (!first) return;
    const slot = Math.floor((first.ms - plan.firstSlotMs) / plan.slotMs);
    const full = planWith({ seed: 31, sample: 1 });
    const during = transactionsOf(full, { from: slot - 1, to: slot + 3 }).filter(({ ms, source }) => {
      const startMs = ms - source.response_time_ms;
      return (
        source.server_instance.endsWith(String(first.server + 1)) &&
        source.step === 'payment_processing' &&
        startMs >= first.ms &&
        startMs < first.ms + first.readings * READING_MS
      );
    });
    expect(during.length).toBeGreaterThan(SERVER_COUNT);
    expect(during.filter(({ source }) => source.payment_gateway === 'square')).toEqual([]);
  });
});
