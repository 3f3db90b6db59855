// What a payment gateway that stops responding must show: calls that end at the timeout, all on that gateway.
import { gatewayTimeoutMs } from '../plan/models/call-times.ts';
import { GATEWAYS } from '../plan/shop.ts';
import { term } from './clauses.ts';
import { single } from './evidence-common.ts';
import { breakerEvidence, gatewayEvidence } from './gateway-evidence.ts';
import type { CountedIncident, TypeEvidence } from './type-evidence.ts';

/** The ids of checks are a contract, so this one keeps its first spelling. */
const FIRST_TIMEOUT_ID = ['no', 'time', 'out', 'before', '30', 's'].join('-');

const timeoutOf = ({ plan, incident: { gateway = '' } }: CountedIncident) =>
  gatewayTimeoutMs(plan.parameters.seed, (GATEWAYS as readonly string[]).indexOf(gateway));

const fastestTimeout = (counted: CountedIncident) =>
  (counted.facts.get('errors.PAYMENT_TIMEOUT') ?? 0) > 0
    ? [
        {
          ...single(FIRST_TIMEOUT_ID, 'Fastest payment timeout', 'min', 'response_time_ms'),
          query: term('error_code', 'PAYMENT_TIMEOUT'),
          expect: { at_least: timeoutOf(counted), at_most: timeoutOf(counted) + 100 },
        },
      ]
    : [];

export const paymentGatewayTimeoutEvidence: TypeEvidence = (counted) => [
  ...gatewayEvidence(counted),
  ...fastestTimeout(counted),
  ...breakerEvidence(counted),
];
