// Who comes to the shop and what is in the cart.
import type { Random } from '../../plan/random.ts';
import type { Plan } from '../../plan/types.ts';
import { type Basket, currencyOf, drawItems, orderCents } from './basket.ts';
import { BAD_ADDRESS, BAD_BILLING, DECLINED, type Failure, OUT_OF_STOCK, SOLD_OUT } from './failures.ts';
import { People, type Person } from './people.ts';
import { PLACES } from './places.ts';
import { type Product, Products } from './products.ts';

/** The customer of a session, and what is bought. */
export interface Shopper extends Person, Basket {}

const PLACE_CURRENCIES = PLACES.map(currencyOf);

/** As many carts fail for other reasons as for stock when this share of usual sales is out of stock. */
const EVEN_OUT_SHARE = 0.004;

/** Draws the shoppers of a plan, and the errors that are their own. */
export class Shoppers {
  /** The latest one. */
  readonly shopper: Shopper;
  private readonly people: People;
  private readonly products: Products;

  constructor(plan: Plan) {
    this.people = new People(plan);
    this.products = new Products(plan.parameters.seed);
    const product = this.products.all[0] as Product;
    this.shopper = { user: 0, address: 0, agent: 0, place: 0, product, items: 1, currency: 0, cents: 0 };
  }

  /** Draws the customer and the cart of a session that begins at an instant. */
  draw(ms: number, random: Random): void {
    const { shopper } = this;
    this.people.draw(ms, random, shopper);
    shopper.items = drawItems(random);
    this.take(this.products.inStock(ms, random));
  }

  private take(product: Product): void {
    const { shopper } = this;
    const place = PLACES[shopper.place];
    if (!place) return;
    shopper.product = product;
    shopper.currency = PLACE_CURRENCIES[shopper.place] ?? 0;
    const unitCents = product.cents[shopper.currency] ?? 0;
    shopper.cents = orderCents(unitCents, shopper.items, place.salesTax, shopper.currency);
  }

  /** Why a cart fails: some product is out of stock, and then it is that one, or the address is bad. */
  cartFailure(ms: number, random: Random): Failure {
    const out = this.products.outShare(ms);
    const product =
      random.next() * (out + EVEN_OUT_SHARE) < out ? this.products.outOfStock(ms, random.next()) : undefined;
    if (!product) return BAD_ADDRESS;
    this.take(product);
    return OUT_OF_STOCK;
  }

  paymentFailure(random: Random): Failure {
    return DECLINED[random.below(DECLINED.length)] as Failure;
  }

  /** Why a confirmation fails, if it does: an item that has sold out meanwhile cannot be bought. @param chance of another reason. */
  confirmationFailure(ms: number, random: Random, chance: number): Failure | undefined {
    const fails = random.next() < chance;
    if (this.products.isOut(this.shopper.product.index, ms)) return SOLD_OUT;
    return fails ? BAD_BILLING : undefined;
  }
}
