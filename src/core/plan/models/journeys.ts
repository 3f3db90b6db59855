// Requests that reach one server when some of its customers fail on the way: who fails at the cart does not pay.
import { CONFIRMING_SHARE, DOCUMENTS_PER_SESSION, PAYING_SHARE } from '../shop.ts';
import { DelayLine } from './delay-line.ts';

/** Seconds from the cart to the payment, and from there to the confirmation, on average. */
const CART_TO_PAYMENT_S = 22;
const PAYMENT_TO_CONFIRMATION_S = 6;

/** The journeys of one server in expectation. Call arrive() and then end() once for each second, in order. */
export class Journeys {
  private readonly paying = new DelayLine();
  private readonly confirming = new DelayLine();
  private carts = 0;
  private payments = 0;

  /** @param load documents a second of the server in normal operation, as it was before the first second. */
  constructor(load: number) {
    const sessions = load / DOCUMENTS_PER_SESSION;
    for (let second = 0; second < CART_TO_PAYMENT_S; second++)
      this.paying.add(second, sessions * PAYING_SHARE);
    for (let second = 0; second < PAYMENT_TO_CONFIRMATION_S; second++)
      this.confirming.add(second, sessions * PAYING_SHARE * CONFIRMING_SHARE);
  }

  /** Requests of a second, when this many documents a second would come in normal operation. */
  arrive(second: number, load: number): number {
    this.carts = load / DOCUMENTS_PER_SESSION;
    this.payments = this.paying.take(second);
    return this.carts + this.payments + this.confirming.take(second);
  }

  /** Moves on those who did not fail. @param admitted share that was accepted. @param failing share of those that failed. */
  end(second: number, admitted: number, failing: number): void {
    const going = admitted * (1 - failing);
    this.paying.add(second + CART_TO_PAYMENT_S, this.carts * going * PAYING_SHARE);
    this.confirming.add(second + PAYMENT_TO_CONFIRMATION_S, this.payments * going * CONFIRMING_SHARE);
  }
}
