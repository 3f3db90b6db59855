// How long calls take, to a gateway in trouble and to the database: what the models and the documents agree on.

/** Timeout of a call to a gateway. */
export const GATEWAY_TIMEOUT_MS = 30_000;
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

/** Median time of a failing call. */
export const FAILURE_MS: Readonly<Record<CallFailure, number>> = {
  timeout: GATEWAY_TIMEOUT_MS,
  unreachable: CONNECT_TIMEOUT_MS,
  bad_gateway: BAD_GATEWAY_MS,
};
