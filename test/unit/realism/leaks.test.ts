// A leak is felt before it fails much: response times rise with the errors, not long after them. The threshold was set last.
import { expect, it } from 'vitest';
import { documentsAround, failed, inWindow, planWith, quantileOf } from '../../helpers/generated.ts';
import { median } from '../../helpers/statistics.ts';

const MINUTE = 60_000;
const SEEDS = [611, 612, 613, 614, 615, 616, 617];

it('the p95 of a leak has risen to three times that of calm when most requests fail', () => {
  const slower = SEEDS.map((seed) => {
    const plan = planWith({ seed, days: 3, sample: 4, incidentsPerDay: { min: 0, max: 0 } });
    const incident = plan.incidents.find(({ preset }) => preset === 'memory-pressure');
    if (!incident) throw new Error('no leak');
    const documents = documentsAround(plan, incident);
    const p95 = (fromMs: number, toMs: number) =>
      quantileOf(
        documents.filter(({ ms }) => ms >= fromMs && ms < toMs).map(({ source }) => source.response_time_ms),
        0.95,
      );
    const minutes = Map.groupBy(inWindow(documents, incident), ({ ms }) => Math.floor(ms / MINUTE) * MINUTE);
    const [most = 0] = [...minutes]
      .filter(([, held]) => held.filter(failed).length > 0.6 * held.length)
      .map(([ms]) => ms);
    return p95(most, most + MINUTE) / p95(incident.startMs - 5 * MINUTE, incident.startMs);
  });
  expect(median(slower)).toBeGreaterThan(3);
});
