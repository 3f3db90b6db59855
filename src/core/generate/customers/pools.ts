// The people and products of a shop, built once from its seed.
import type { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import { hashText, type Random, stream } from '../../plan/random.ts';
import { AGENTS } from './agents.ts';
import { PLACES } from './places.ts';

export interface Person {
  /** Six digits. */
  user: number;
  /** IPv4 address as a number of 32 bits, with a sign. */
  address: number;
  /** Index into AGENTS. */
  agent: number;
  /** Index into PLACES. */
  place: number;
}

/** All customers in compact arrays: sessions read them at random, and cache misses are slow. */
class People {
  readonly count: number;
  private readonly user: Uint32Array;
  private readonly address: Int32Array;
  private readonly agent: Uint8Array;
  private readonly place: Uint8Array;

  constructor(people: readonly Person[]) {
    this.count = people.length;
    this.user = Uint32Array.from(people, ({ user }) => user);
    this.address = Int32Array.from(people, ({ address }) => address);
    this.agent = Uint8Array.from(people, ({ agent }) => agent);
    this.place = Uint8Array.from(people, ({ place }) => place);
  }

  /** Copies a customer. @param index below count. */
  read(index: number, into: Person): void {
    into.user = this.user[index] ?? 0;
    into.address = this.address[index] ?? 0;
    into.agent = this.agent[index] ?? 0;
    into.place = this.place[index] ?? 0;
  }
}

export interface Product {
  /** Of the product among all of them. */
  readonly index: number;
  readonly id: string;
  readonly category: string;
  /** US dollars. */
  readonly price: number;
}

export interface Pools {
  readonly people: People;
  readonly products: readonly Product[];
}

const PEOPLE = 20_000;
export const PRODUCTS = 160;

/** First octets that regional providers hand out to homes in North America. */
const FIRST_OCTETS = [24, 47, 50, 66, 67, 68, 71, 72, 73, 75, 76, 96, 97, 98, 99, 104, 107, 108, 172, 174];

/** The first two octets of two networks for each place, so that an address belongs to a place. */
const NETWORKS: readonly (readonly number[])[] = networks();

function networks(): number[][] {
  const taken = new Set<number>();
  return PLACES.map(({ city }) =>
    [0, 1].map((index) => {
      for (let hash = hashText(`${city} ${index}`); ; hash++) {
        const first = FIRST_OCTETS[hash % FIRST_OCTETS.length] ?? 24;
        // 172.16 to 172.31 are private.
        const second = first === 172 ? 64 + ((hash >>> 8) % 128) : (hash >>> 8) % 256;
        const network = first * 256 + second;
        if (taken.has(network)) continue;
        taken.add(network);
        return network;
      }
    }),
  );
}

/** Draws an index in proportion to weights. */
function weighted(items: readonly { readonly weight: number }[]): (random: Random) => number {
  const table = items.flatMap(({ weight }, index) => new Array<number>(weight).fill(index));
  return (random) => table[random.below(table.length)] ?? 0;
}

function makePeople(seed: number): People {
  const random = stream(seed, 'people', 0);
  const placeOf = weighted(PLACES);
  const agentOf = weighted(AGENTS);
  const people = Array.from({ length: PEOPLE }, (_, index): Person => {
    const place = placeOf(random);
    const network = NETWORKS[place]?.[random.below(2)] ?? 0;
    return {
      user: 100_000 + index * 37 + random.below(37),
      address: (network * 65_536 + random.below(256) * 256 + 1 + random.below(254)) | 0,
      agent: agentOf(random),
      place,
    };
  });
  return new People(people);
}

function makeProducts(seed: number): Product[] {
  // An instance of its own: the shared one may be seeded by others.
  const OwnFaker = english.constructor as typeof Faker;
  const faker = new OwnFaker({ locale: english.rawDefinitions, seed });
  const random = stream(seed, 'products', 0);
  return Array.from({ length: PRODUCTS }, (_, index): Product => {
    const category = faker.commerce.department();
    // Prices are lognormal around 45 dollars and end in 99 or 49 cents.
    const dollars = Math.max(4, Math.round(45 * Math.exp(0.8 * random.normal())));
    return {
      index,
      id: `prod_${faker.string.alphanumeric({ length: 6, casing: 'lower' })}${index.toString(36).padStart(3, '0')}`,
      category,
      price: dollars + (random.next() < 0.7 ? 0.99 : 0.49),
    };
  });
}

let last: { seed: number; pools: Pools } | undefined;

/** The people and products of a seed; those of the last seed are kept. */
export function poolsOf(seed: number): Pools {
  if (last?.seed !== seed) last = { seed, pools: { people: makePeople(seed), products: makeProducts(seed) } };
  return last.pools;
}
