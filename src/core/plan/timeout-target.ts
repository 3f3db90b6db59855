// The exact number of timeouts that a preset promises, as its model aims at it. It is a file of its own because the model
// reads it, and timeout-promise.ts reads the model.

import { curveAt, scaleRate, shopSize } from './curve.ts';
import type { ModelIncident } from './models/incident-model.ts';
import type { PlanBasis } from './parameters.ts';

/** Middle of the default range of error rates in incidents. */
const DEFAULT_ERROR_RATE = 0.325;

/** Timeouts hold a thread for 30 s each, so no shop can have many more than this times the default number. */
const MAX_OF_DEFAULT = 1.2;

/**
 * Payment timeouts that an incident's model aims at, at the size of the default shop and before sampling; undefined
 * where the preset promises none. The setting `timeouts` is the number at default traffic and error rates. It grows in
 * proportion to the traffic of the window, and to the middle of the range of incident error rates (or the preset's own
 * error_rate), up to a fifth more; a whole number.
 */
export function plannedTimeouts(
  basis: PlanBasis,
  incident: Pick<ModelIncident, 'settings' | 'startMs' | 'endMs'>,
): number | undefined {
  const { timeouts, error_rate: own } = incident.settings;
  if (typeof timeouts !== 'number') return undefined;
  const { parameters, offsets } = basis;
  const curve = curveAt(offsets, (incident.startMs + incident.endMs) / 2);
  const traffic = scaleRate(curve, parameters) / curve / shopSize(parameters);
  const { min, max } = parameters.errorRateIncident;
  const rate = typeof own === 'number' ? own / 100 : (min + max) / 200;
  return Math.round(timeouts * Math.min(MAX_OF_DEFAULT, (traffic * rate) / DEFAULT_ERROR_RATE));
}
