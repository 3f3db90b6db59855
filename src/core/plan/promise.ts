// Exact numbers that a preset promises.
import type { Frame } from './calm.ts';
import { curveAt, scaleRate, shopSize } from './curve.ts';
import type { Scheduled } from './schedule.ts';

/** Middle of the default range of error rates in incidents. */
const DEFAULT_ERROR_RATE = 0.325;

/**
 * Payment time-outs of an incident at the size of the default shop, before sampling; undefined where the preset
 * promises none. The setting `timeouts` is the number at default traffic and error rates. It grows in proportion to
 * the traffic of the window, and to the middle of the range of incident error rates (or the preset's own error_rate).
 */
export function plannedTimeouts(frame: Frame, incident: Scheduled): number | undefined {
  const { timeouts, error_rate: own } = incident.settings;
  if (typeof timeouts !== 'number') return undefined;
  const { parameters, offsets } = frame;
  const curve = curveAt(offsets, (incident.startMs + incident.endMs) / 2);
  const traffic = scaleRate(curve, parameters) / curve / shopSize(parameters);
  const { min, max } = parameters.errorRateIncident;
  const rate = typeof own === 'number' ? own / 100 : (min + max) / 200;
  return (timeouts * traffic * rate) / DEFAULT_ERROR_RATE;
}

/** The same in the index: the size of the shop and the sampling applied, a whole number. */
export function promisedTimeouts(frame: Frame, incident: Scheduled): number | undefined {
  const planned = plannedTimeouts(frame, incident);
  if (planned === undefined) return undefined;
  return Math.round((planned * shopSize(frame.parameters)) / frame.parameters.sample);
}
