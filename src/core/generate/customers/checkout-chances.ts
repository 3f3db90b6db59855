// The chances on the way through a checkout. Customers' errors and their retries do not change how many documents a session
// has on average: what a failed request takes away from the later steps, more of the others make up for.
import { TRANSIENT_SHARE } from '../../plan/latency.ts';
import { CONFIRMING_SHARE, PAYING_SHARE } from '../../plan/shop.ts';

/** Share of declined customers who try again, and of those who take another gateway. */
export const RETRY_DECLINED = 0.35;
export const OTHER_GATEWAY = 0.2;
/** Chance that what was declined once is declined again. */
export const DECLINED_AGAIN = 0.4;

export interface CheckoutChances {
  /** Share of cart reviews, and of confirmations, that fail for the customer's own reasons. */
  readonly background: number;
  /** The same of first payments: fewer, because those who try again are often declined again. */
  readonly declined: number;
  /** Share of carts that work which are paid for, and of payments that work which are confirmed. */
  readonly paying: number;
  readonly confirming: number;
}

/** The chances in an hour in which a share `background` of all requests fails for the customers' own reasons, 0 to 0.1. */
export function checkoutChances(background: number): CheckoutChances {
  const [retry, again] = [RETRY_DECLINED, DECLINED_AGAIN];
  // Of a payment with at most two retries: failures for each first one, and attempts beside the first.
  const failures = 1 + retry * again * (1 + retry * again);
  const attempts = retry * (1 + retry * again);
  const wanted = background * (1 + TRANSIENT_SHARE) - TRANSIENT_SHARE;
  const declined = Math.max(0, wanted) / (failures - background * attempts);
  const documents = 1 + TRANSIENT_SHARE + declined * attempts;
  const lost = declined * (1 - retry + retry * again * (1 - retry + retry * again));
  return {
    background,
    declined,
    paying: Math.min(1, PAYING_SHARE / (1 - background) / documents),
    confirming: Math.min(1, (CONFIRMING_SHARE * documents) / (1 - lost)),
  };
}
