// What a degraded gateway must show: errors on that gateway, and breakers that follow their states if any opens.
import { breakerEvidence, gatewayEvidence } from './gateway-evidence.ts';
import type { TypeEvidence } from './type-evidence.ts';

export const upstreamDegradationEvidence: TypeEvidence = (counted) => [
  ...gatewayEvidence(counted),
  ...breakerEvidence(counted),
];
