// How long calls take, to a gateway in trouble and to the database: what the models and the documents agree on.
import { noise } from '../random.ts';

/** The longest timeout of a call to a gateway; that of stripe, the first gateway the shop had. */
const GATEWAY_TIMEOUT_MS = 30_000;
/** What the shop may have set for the gateways that came later. */
const LATER_TIMEOUTS_MS = [10_000, 15_000, 20_000, 30_000];

/** The timeout that a shop has set for calls to a gateway, ms. @param gateway index into GATEWAYS. */
export function gatewayTimeoutMs(seed: number, gateway: number): number {
  if (gateway <= 0) return GATEWAY_TIMEOUT_MS;
  return (
    LATER_TIMEOUTS_MS[Math.floor(noise(seed, 8, gateway) * LATER_TIMEOUTS_MS.length)] ?? GATEWAY_TIMEOUT_MS
  );
}
/** Timeout of a connection to a gateway. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** Median time until a bad instance of a gateway answers 502, and the spread of its logarithm. */
export const BAD_GATEWAY_MS = 7000;
export const BAD_GATEWAY_SPREAD = 0.5;
/** Spread of the logarithm of slow calls that work, and their mean over their median. */
export const SLOW_SPREAD = 0.6;
export const SLOW_MEAN = Math.exp(SLOW_SPREAD ** 2 / 2);
/** Mean time of a quick 502. */
export const QUICK_FAILURE_MS = 1000;
/** Time until the service tries a failed call again, and until a customer who was rejected does. */
export const RETRY_FAILED_MS = 1000;
export const RETRY_REFUSED_MS = 4000;
/** Timeout of a request that waits for a database connection: HikariCP's connectionTimeout. */
export const ACQUIRE_TIMEOUT_MS = 30_000;

/** How a call to the failing gateway fails: no answer, no connection, or a 502 after a while. */
export type CallFailure = 'timeout' | 'unreachable' | 'bad_gateway';

/** Error code of calls that a gateway, or a half-open breaker before it, does not serve. */
export const GATEWAY_ERROR = 'UPSTREAM_SERVICE_ERROR';

/** Error code of a failing call. */
export const FAILURE_CODE: Readonly<Record<CallFailure, string>> = {
  timeout: 'PAYMENT_TIMEOUT',
  unreachable: GATEWAY_ERROR,
  bad_gateway: GATEWAY_ERROR,
};

/** Median time of a failing call to a gateway, ms. @param gateway index into GATEWAYS. */
export function failureMs(failure: CallFailure, seed: number, gateway: number): number {
  if (failure === 'timeout') return gatewayTimeoutMs(seed, gateway);
  return failure === 'unreachable' ? CONNECT_TIMEOUT_MS : BAD_GATEWAY_MS;
}

/** The longest that a failing call takes, ms: so long before the end of an incident its cause must end. */
export function longestFailureMs(failure: CallFailure, seed: number, gateway: number): number {
  return failure === 'bad_gateway' ? MAX_CALL_MS : failureMs(failure, seed, gateway);
}

/** A call that works, or gets a 502, ends before the timeout. */
export const MAX_CALL_MS = GATEWAY_TIMEOUT_MS - 1000;
