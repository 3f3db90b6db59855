// The shop that the data is about: its servers, balancers, gateways and the steps of a checkout.

export const SERVERS = ['checkout-service-01', 'checkout-service-02', 'checkout-service-03'] as const;
export const SERVER_COUNT = SERVERS.length;

export const BALANCERS = ['lb-west-01', 'lb-east-01'] as const;
/** Share of the customers behind each balancer, roughly; it shifts with the hour. */
const BALANCER_SHARES: readonly number[] = [0.45, 0.55];

/** Share of the customers behind a balancer; 1 for all of them. */
export const balancerShare = (balancer: string | undefined): number =>
  BALANCER_SHARES[(BALANCERS as readonly (string | undefined)[]).indexOf(balancer)] ?? 1;

export const GATEWAYS = ['stripe', 'paypal', 'square'] as const;
/** Share of payments on each gateway. */
export const GATEWAY_SHARES: readonly number[] = [0.7, 0.2, 0.1];

/** The currency of the US, and of Canada. */
export const CURRENCIES = ['USD', 'CAD'] as const;
/** Canadian dollars for one of the US: the shop's price list is made once a season, not each day. */
export const CAD_PER_USD = 1.38;

export const CHECKOUT_STEPS = ['cart_review', 'payment_processing', 'order_confirmation'] as const;
/**
 * Payments (with the retries of declined cards) to a cart, and confirmations to a payment, in normal operation: 57 orders are
 * confirmed of 100 carts that are reviewed.
 */
export const PAYING_SHARE = 0.6;
export const CONFIRMING_SHARE = 0.95;
/** Documents of a session in normal operation, on average. */
export const DOCUMENTS_PER_SESSION = 1 + PAYING_SHARE + PAYING_SHARE * CONFIRMING_SHARE;

/** Threads and database connections of one server. */
export const THREADS = 100;
export const CONNECTIONS = 10;

export const BREAKER_STATES = ['closed', 'open', 'half_open'] as const;

/** From the start of a session to the end of its last request: no session lasts longer. */
export const MAX_SESSION_MS = 360_000;
