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

export const CHECKOUT_STEPS = ['cart_review', 'payment_processing', 'order_confirmation'] as const;
/** Share of carts that reach payment, and of paid orders that are confirmed. */
export const PAYING_SHARE = 0.85;
export const CONFIRMING_SHARE = 0.9;
/** Documents of a session in normal operation, on average: 1 + 0.85 + 0.85 · 0.9. */
export const DOCUMENTS_PER_SESSION = 1 + PAYING_SHARE + PAYING_SHARE * CONFIRMING_SHARE;

/** Threads and database connections of one server. */
export const THREADS = 100;
export const CONNECTIONS = 10;

export const BREAKER_STATES = ['closed', 'open', 'half_open'] as const;

/** From the start of a session to the end of its last request: no session lasts longer. */
export const MAX_SESSION_MS = 360_000;
