// How a request can end: codes, messages and HTTP status.
import { READ_TIMEOUTS_MS, TRANSIENT_CODES } from '../../plan/latency.ts';
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

/** The customers' own errors, all 4xx: a product that is out of stock is another one than a bad address. */
export const OUT_OF_STOCK = failure('OUT_OF_STOCK', 409, 'Item is out of stock');
export const SOLD_OUT = failure('OUT_OF_STOCK', 409, 'Item went out of stock before the order was placed');
export const BAD_ADDRESS = failure('INVALID_ADDRESS', 422, 'Shipping address could not be verified');
export const BAD_BILLING = failure('INVALID_ADDRESS', 422, 'Billing address does not match the card');
export const DECLINED: readonly Failure[] = [
  failure('CARD_DECLINED', 402, 'Card was declined: insufficient funds'),
  failure('CARD_DECLINED', 402, 'Card was declined: do not honor'),
  failure('CARD_EXPIRED', 402, 'Card has expired'),
];

/** Failures in passing, of any gateway at any time. */
export const connectionReset = ofGateway((gateway) =>
  failure(TRANSIENT_CODES.reset, 502, `Payment gateway ${gateway}: connection reset by peer`),
);

export const gatewayUnavailable = ofGateway((gateway) =>
  failure(TRANSIENT_CODES.unavailable, 503, `Payment gateway ${gateway}: 503 Service Unavailable`),
);

const READ_TIMEOUTS = new Map(
  READ_TIMEOUTS_MS.map((ms) => [
    ms,
    ofGateway((gateway) =>
      failure(TRANSIENT_CODES.timeout, 504, `Payment gateway ${gateway}: read timed out after ${ms}ms`),
    ),
  ]),
);

/** @param timeoutMs one of READ_TIMEOUTS_MS. */
export const readTimeout = (gateway: string, timeoutMs: number) => READ_TIMEOUTS.get(timeoutMs)?.(gateway);

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

/** A connection that did not come before the timeout of a full pool. @param waiting below 1000, as the reading says. */
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
