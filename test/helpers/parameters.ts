// The parameters of the contract, a fixed seed and zone: what tests and the bench begin with.
import type { PlanParameters } from '../../src/core/plan/index.ts';

export const DEFAULTS: PlanParameters = {
  days: 7,
  incidentsPerDay: { min: 2, max: 3 },
  baseTps: 20,
  peakMultiplier: 2.5,
  errorRateNormal: { min: 1, max: 2 },
  errorRateIncident: { min: 25, max: 40 },
  sample: 60,
  seed: 1,
  timeZone: 'Europe/Berlin',
  labelDocuments: false,
};
