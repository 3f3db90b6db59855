// What every incident must show, whether or not a preset claims it. A new type is a module beside this file and a line
// here. Numbers come from the tally, times from the plan's timeline.
import { type IncidentType, modelOf } from '../plan/models/registry.ts';
import type { Evidence } from '../plan/preset.ts';
import { circuitBreakerEvidence } from './circuit-breaker.ts';
import { databasePoolExhaustionEvidence } from './database-pool-exhaustion.ts';
import { commonEvidence } from './evidence-common.ts';
import { memoryPressureEvidence } from './memory-pressure.ts';
import { paymentGatewayTimeoutEvidence } from './payment-gateway-timeout.ts';
import type { CountedIncident, TypeEvidence } from './type-evidence.ts';
import { upstreamDegradationEvidence } from './upstream-degradation.ts';

const EVIDENCE: Readonly<Record<IncidentType, TypeEvidence>> = {
  payment_gateway_timeout: paymentGatewayTimeoutEvidence,
  database_pool_exhaustion: databasePoolExhaustionEvidence,
  memory_pressure: memoryPressureEvidence,
  circuit_breaker: circuitBreakerEvidence,
  upstream_degradation: upstreamDegradationEvidence,
};

/** The evidence that follows from an incident's type. */
export function evidenceByType(counted: CountedIncident): readonly Evidence[] {
  const { type } = counted.incident;
  return [...commonEvidence(modelOf(type).codes), ...EVIDENCE[type](counted)];
}
