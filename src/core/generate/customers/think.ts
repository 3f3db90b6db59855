// How long customers and the service take between two requests. Logarithms of waits are normal.
import { RETRY_FAILED_MS, RETRY_REFUSED_MS } from '../../plan/models/call-times.ts';
import { quantileTable, type Random } from '../../plan/random.ts';

/** Median, ms, and spread of the time between the cart and the payment, and between payment and confirmation. */
const PAYMENT = { medianMs: 18_000, spread: 0.6 };
const CONFIRMATION = { medianMs: 5000, spread: 0.5 };
/** Looking for another card. */
const DECLINED = { medianMs: 22_000, spread: 0.5 };

const medianWait = ({ medianMs, spread }: typeof PAYMENT, z: number) =>
  Math.round(medianMs * Math.exp(spread * z));
const [PAYMENTS, CONFIRMATIONS, DECLINES] = [PAYMENT, CONFIRMATION, DECLINED].map((wait) =>
  quantileTable((z) => medianWait(wait, z)),
) as [Float64Array, Float64Array, Float64Array];

export const beforePayment = (random: Random) => Math.round(random.of(PAYMENTS));
/** Time until a customer whose card was declined tries again. */
export const retryAfterDecline = (random: Random) => Math.round(random.of(DECLINES));
export const beforeConfirmation = (random: Random) => Math.round(random.of(CONFIRMATIONS));

/** Waits before payment, each typical of a fifth of the customers. */
export const PAYMENT_WAITS_MS = [-1.4, -0.53, 0, 0.53, 1.4].map((z) => medianWait(PAYMENT, z));
export const CONFIRMATION_WAIT_MS = medianWait(CONFIRMATION, 0);

/** Time until the service tries a failed call again: twice as long each time, half of it jitter. */
export const retryAfterFailure = (attempt: number, random: Random) =>
  Math.round(RETRY_FAILED_MS * (0.5 + 0.5 * random.next()) * 2 ** attempt);

/** Time until a customer who was rejected at once tries again. */
export const retryAfterRefusal = (random: Random) => Math.round(RETRY_REFUSED_MS * (0.5 + random.next()));
