// The types of incident. A new one is a module beside this file and a line here, and its evidence in ground-truth. An
// investigation of its own, in validate/guide, is optional.
import { circuitBreaker } from './circuit-breaker.ts';
import { databasePoolExhaustion } from './database-pool-exhaustion.ts';
import type { IncidentModel } from './incident-model.ts';
import { memoryPressure } from './memory-pressure.ts';
import { paymentGatewayTimeout } from './payment-gateway-timeout.ts';
import { upstreamDegradation } from './upstream-degradation.ts';

/** The first is the most common among random incidents; the others come equally often. */
export const MODELS = [
  paymentGatewayTimeout,
  databasePoolExhaustion,
  memoryPressure,
  circuitBreaker,
  upstreamDegradation,
] as const satisfies readonly IncidentModel[];

export type IncidentType = (typeof MODELS)[number]['type'];

/** The names of the types, in the order of MODELS. */
export const INCIDENT_TYPES: readonly IncidentType[] = MODELS.map(({ type }) => type);

/** Error codes that only incidents bring. */
export const INCIDENT_CODES: readonly string[] = [...new Set(MODELS.flatMap(({ codes }) => [...codes]))];

/** The model of a type. Throws RangeError for a name that is none. */
export function modelOf(type: IncidentType): IncidentModel {
  const model = MODELS.find((one) => one.type === type);
  if (!model) throw new RangeError(`${type} is no type of incident`);
  return model;
}
