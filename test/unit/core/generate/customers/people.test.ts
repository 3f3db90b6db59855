import { describe, expect, it } from 'vitest';
import { People } from '../../../../../src/core/generate/customers/people.ts';
import { PLACES, ZONES } from '../../../../../src/core/generate/customers/places.ts';
import { HOUR_MS } from '../../../../../src/core/plan/durations.ts';
import { stream } from '../../../../../src/core/plan/random.ts';
import { planWith } from '../../../../helpers/generated.ts';

const plan = planWith({ timeZone: 'America/New_York' });
const drawn = (count: number, fromMs: number, lengthMs: number) => {
  const people = new People(plan);
  const random = stream(1, 'test', 0);
  return Array.from({ length: count }, (_, index) => {
    const person = { user: 0, address: 0, agent: 0, place: 0 };
    people.draw(fromMs + (lengthMs * index) / count, random, person);
    return person;
  });
};

describe('the customers of a week', () => {
  const week = drawn(120_000, plan.startMs, 7 * 24 * HOUR_MS);

  it('come more or less often: some regulars a lot, many once, and new ones all the time', () => {
    const visits = new Map<number, number>();
    for (const { user } of week) visits.set(user, (visits.get(user) ?? 0) + 1);
    const counts = [...visits.values()];
    const mean = week.length / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    // Poisson counts of those who came at least once would have a variance of less than their mean.
    expect(variance / mean).toBeGreaterThan(0.9);
    expect(counts.filter((count) => count >= 7).length).toBeGreaterThan(300);
    expect(Math.max(...counts)).toBeLessThan(40);
    const seen = new Set(week.slice(0, 100_000).map(({ user }) => user));
    const late = week.slice(100_000);
    expect(late.filter(({ user }) => !seen.has(user)).length / late.length).toBeGreaterThan(0.3);
  });

  it('are the same person each time, with eight digits', () => {
    const known = new Map<number, string>();
    let others = 0;
    for (const { user, place, address, agent } of week) {
      const who = `${place} ${address} ${agent}`;
      const before = known.get(user) ?? who;
      if (before !== who) others++;
      known.set(user, before);
      expect(user).toBeGreaterThanOrEqual(10_000_000);
      expect(user).toBeLessThan(100_000_000);
    }
    // New customers draw their numbers, so that a few may meet.
    expect(others).toBeLessThan(40);
  });

  it('of each place have addresses of its own networks', () => {
    const placeOf = new Map<number, number>();
    for (const { place, address } of week) {
      const network = address >>> 16;
      expect(placeOf.get(network) ?? place).toBe(place);
      placeOf.set(network, place);
    }
  });
});

describe('where customers are', () => {
  const shareOf = (zone: (typeof ZONES)[number], hour: number) => {
    const found = drawn(20_000, plan.startMs + hour * HOUR_MS, HOUR_MS / 2);
    return found.filter(({ place }) => ZONES[PLACES[place]?.zone ?? 0] === zone).length / found.length;
  };

  it('follows their own clocks: the west wakes and shops later than the east', () => {
    const [west, east] = [8, 22].map((hour) => ({
      los: shareOf('America/Los_Angeles', hour),
      york: shareOf('America/New_York', hour),
    }));
    expect(east?.los ?? 0).toBeGreaterThan(1.3 * (west?.los ?? 1));
    expect(west?.york ?? 0).toBeGreaterThan(1.1 * (east?.york ?? 1));
  });
});
