// An ordinary release restarts server after server, and its documents show that as those of an incident's do. The thresholds
// were set before the data were looked at, from the restarts of a leak's rollback.
import { describe, expect, it } from 'vitest';
import type { GeneratedTransaction } from '../../../src/core/generate/index.ts';
import { SERVERS } from '../../../src/core/plan/shop.ts';
import { planWith, transactionsOf } from '../../helpers/generated.ts';
import { mean } from '../../helpers/statistics.ts';

const SECOND = 1000;

describe('a release on a calm day (11)', () => {
  const plan = planWith(
    { seed: 202, sample: 5, days: 3, timeZone: 'UTC', incidentsPerDay: { min: 0, max: 0 } },
    Date.parse('2026-03-12T20:00:00Z'),
    [],
  );
  const documents = transactionsOf(plan);
  const releases = plan.markers.filter(({ eventType }) => eventType === 'deployment');
  const following = (fromS: number, toS: number) =>
    releases.map((release) =>
      documents.filter(
        ({ ms, source }) =>
          source.server_instance === SERVERS[release.server] &&
          ms >= release.ms + fromS * SECOND &&
          ms < release.ms + toS * SECOND,
      ),
    );
  const hits = (held: readonly GeneratedTransaction[][]) =>
    mean(
      held.flat().flatMap(({ source }) => (source.cache_hit === undefined ? [] : Number(source.cache_hit))),
    );
  const count = (held: readonly GeneratedTransaction[][]) => held.flat().length;

  it('leaves a gap: a server that restarts answers nothing', () => {
    expect(releases.length).toBeGreaterThan(3);
    expect(count(following(-40, -10))).toBeGreaterThan(200);
    expect(count(following(10, 30))).toBeLessThan(count(following(-30, -10)) / 50);
    expect(count(following(45, 75))).toBeGreaterThan(count(following(-40, -10)) / 2);
  });

  it('leaves a cold cache that is warm again some minutes later', () => {
    expect(hits(following(-120, 0))).toBeGreaterThan(0.75);
    expect(hits(following(30, 60))).toBeLessThan(0.5);
    expect(hits(following(360, 480))).toBeGreaterThan(0.75);
  });
});
