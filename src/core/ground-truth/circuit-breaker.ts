// What a gateway that refuses connections must show: errors on that gateway, and breakers that open, probe and open again.
import { breakerEvidence, gatewayEvidence } from './gateway-evidence.ts';
import type { TypeEvidence } from './type-evidence.ts';

export const circuitBreakerEvidence: TypeEvidence = (counted) => [
  ...gatewayEvidence(counted),
  ...breakerEvidence(counted),
];
