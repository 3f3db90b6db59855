// How a request can end: codes, messages and HTTP status.
import { CONNECT_TIMEOUT_MS, GATEWAY_ERROR } from '../../plan/models/call-times.ts';
import { CONNECTIONS } from '../../plan/shop.ts';

export interface Failure {
  /** From 1; failures that read the same have the same. */
  readonly number: number;
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

let numbered = 0;
const failure = (code: string, status: number, message: string): Failure => ({
  number: ++numbered,
  code,
  status,
  message,
});

/** One failure for each gateway, made on first use. */
function ofGateway(make: (gateway: string) => Failure): (gateway: string) => Failure {
  const made = new Map<string, Failure>();
  return (gateway) => {
    const known = made.get(gateway) ?? make(gateway);
    made.set(gateway, known);
    return known;
  };
}

/** Errors of normal operation, by step: the customer's own, all 4xx. */
export const BACKGROUND: readonly (readonly Failure[])[] = [
  [
    failure('OUT_OF_STOCK', 409, 'Item is out of stock'),
    failure('INVALID_ADDRESS', 422, 'Shipping address could not be verified'),
  ],
  [
    failure('CARD_DECLINED', 402, 'Card was declined: insufficient funds'),
    failure('CARD_DECLINED', 402, 'Card was declined: do not honor'),
    failure('CARD_EXPIRED', 402, 'Card has expired'),
  ],
  [
    failure('OUT_OF_STOCK', 409, 'Item went out of stock before the order was placed'),
    failure('INVALID_ADDRESS', 422, 'Billing address does not match the card'),
  ],
];

const TIMEOUTS = new Map<string, Failure>();

/** @param timeoutMs the timeout that the shop has set for the gateway. */
export function gatewayTimeout(gateway: string, timeoutMs: number): Failure {
  const key = `${gateway} ${timeoutMs}`;
  const message = `Payment gateway ${gateway}: request aborted, timeout being reached (${timeoutMs}ms)`;
  const known = TIMEOUTS.get(key) ?? failure('PAYMENT_TIMEOUT', 504, message);
  TIMEOUTS.set(key, known);
  return known;
}

export const breakerOpen = ofGateway((gateway) =>
  failure(
    'CIRCUIT_BREAKER_OPEN',
    503,
    `CircuitBreaker 'payment-gateway-${gateway}' is OPEN and does not permit further calls`,
  ),
);

export const breakerHalfOpen = ofGateway((gateway) =>
  failure(
    GATEWAY_ERROR,
    503,
    `CircuitBreaker 'payment-gateway-${gateway}' is HALF_OPEN and does not permit further calls`,
  ),
);

export const gatewayUnreachable = ofGateway((gateway) =>
  failure(
    GATEWAY_ERROR,
    502,
    `Payment gateway ${gateway}: connection timed out after ${CONNECT_TIMEOUT_MS}ms`,
  ),
);

export const badGateway = ofGateway((gateway) =>
  failure(GATEWAY_ERROR, 502, `Payment gateway ${gateway}: 502 Bad Gateway`),
);

const EXHAUSTED = new Map<number, Failure>();

/** @param waiting below 1000. */
export function poolExhausted(waitedMs: number, waiting: number): Failure {
  const key = waitedMs * 1000 + waiting;
  const known =
    EXHAUSTED.get(key) ??
    failure(
      'DB_CONN_EXHAUSTED',
      503,
      `HikariPool-1 - Connection is not available, request timed out after ${waitedMs}ms (total=${CONNECTIONS}, active=${CONNECTIONS}, idle=0, waiting=${waiting})`,
    );
  EXHAUSTED.set(key, known);
  return known;
}

export const OUT_OF_MEMORY = failure('MEMORY_EXHAUSTED', 500, 'java.lang.OutOfMemoryError: Java heap space');
