// What a subtle incident is: 1-4 % more errors and a p95 that is 40 % higher, for 20 to 60 minutes, in 95 of 100 incidents.
// Errors are counted among all documents of the window, as the answer key and a query over the window do. Response times are
// those of working requests where the incident is felt, since what fails may take seconds. How near 40 % is near was set last.
import { describe, expect, it } from 'vitest';
import type { GeneratedTransaction } from '../../../src/core/generate/index.ts';
import type { Incident, Plan } from '../../../src/core/plan/index.ts';
import { modelOf } from '../../../src/core/plan/models/registry.ts';
import { failed, inWindow, NOW, planWith, quantileOf, transactionsOf } from '../../helpers/generated.ts';
import { mean } from '../../helpers/statistics.ts';

const SEEDS = [601, 602, 603, 604, 605];
const MINUTE = 60_000;
const ENOUGH = 0.95;

const documentsIn = (plan: Plan, { startMs, endMs }: Incident) => {
  const slotOf = (ms: number) => Math.floor((ms - plan.firstSlotMs) / plan.slotMs);
  const slots = { from: Math.max(0, slotOf(startMs)), to: slotOf(endMs) + 1 };
  return inWindow(transactionsOf(plan, slots), { startMs, endMs } as Incident);
};

/** Whether a request is one of those that meet the incident. */
const isTouched =
  ({ type, gateway, servers, balancer }: Incident) =>
  ({ source }: GeneratedTransaction) =>
    servers.includes(source.server_instance) &&
    (balancer === undefined || source.load_balancer === balancer) &&
    (modelOf(type).callFailure === undefined ||
      (source.payment_gateway === gateway && source.step === 'payment_processing'));

const p95 = (documents: readonly GeneratedTransaction[]) =>
  quantileOf(
    documents.map(({ source }) => source.response_time_ms),
    0.95,
  );

/** Each subtle incident beside the same minutes of the same seed without it. */
const subtle = SEEDS.flatMap((seed) => {
  const parameters = { seed, profile: 'graded', timeZone: 'UTC', sample: 5 } as const;
  const plan = planWith(parameters);
  const calm = planWith({ ...parameters, incidentsPerDay: { min: 0, max: 0 } }, NOW, []);
  return plan.incidents
    .filter(({ severity, endMs }) => severity === 'subtle' && endMs <= plan.endMs)
    .map((incident) => {
      const documents = documentsIn(plan, incident);
      const usual = documentsIn(calm, incident);
      const touched = isTouched(incident);
      const works = (document: GeneratedTransaction) => touched(document) && !failed(document);
      const codes: readonly string[] = modelOf(incident.type).codes;
      return {
        incident,
        minutes: (incident.endMs - incident.startMs) / MINUTE,
        more:
          documents.filter(({ source }) => codes.includes(source.error_code ?? '')).length / documents.length,
        errors: documents.filter(failed).length / documents.length,
        usualErrors: usual.filter(failed).length / usual.length,
        slower: p95(documents.filter(works)) / p95(usual.filter(works)),
      };
    });
});

const shareOf = (fits: (one: (typeof subtle)[number]) => boolean) =>
  subtle.filter(fits).length / subtle.length;

describe('subtle incidents', () => {
  it('are of all types but the rarest, and last 20 to 60 minutes', () => {
    expect(subtle.length).toBeGreaterThan(30);
    expect(new Set(subtle.map(({ incident }) => incident.type)).size).toBeGreaterThanOrEqual(4);
    expect(subtle.filter(({ minutes }) => minutes < 20 || minutes > 60)).toEqual([]);
  });

  it('fail 1-4 % more of all documents of their window', () => {
    expect(shareOf(({ more }) => more >= 0.01 && more <= 0.04)).toBeGreaterThanOrEqual(ENOUGH);
    const beside = mean(subtle.map(({ errors, usualErrors }) => errors - usualErrors));
    expect(beside).toBeGreaterThan(0.01);
    expect(beside).toBeLessThan(0.04);
  });

  it('raise the p95 of what works by about 40 % where they are felt', () => {
    expect(shareOf(({ slower }) => slower > 1.2 && slower < 1.6)).toBeGreaterThanOrEqual(ENOUGH);
    expect(mean(subtle.map(({ slower }) => slower))).toBeGreaterThan(1.33);
    expect(mean(subtle.map(({ slower }) => slower))).toBeLessThan(1.47);
  });
});
