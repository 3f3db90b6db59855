// The customers of a shop. None is stored: each follows from a number, so that millions cost nothing.
import { curveAt, scaleRate } from '../../plan/curve.ts';
import { DAY_MS, HOUR_MS } from '../../plan/durations.ts';
import { hashText, noise, type Random } from '../../plan/random.ts';
import { DOCUMENTS_PER_SESSION } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';
import { agentsOf } from './agents.ts';
import { PLACES } from './places.ts';
import { Whereabouts } from './whereabouts.ts';

export interface Person {
  /** Eight digits. */
  user: number;
  /** IPv4 address as a number of 32 bits, with a sign. */
  address: number;
  /** Index into agentsOf the plan. */
  agent: number;
  /** Index into PLACES. */
  place: number;
}

/** Share of sessions of customers who come for the first time. */
const NEW_SHARE = 0.3;
/** Regulars for each session that is kept of a day: one comes six times in five weeks on average. */
const REGULARS_PER_DAILY_SESSION = 4;

/** User numbers: eight digits that do not tell who came first. */
const FIRST_USER = 10_000_000;
const USERS = 90_000_000;
/** Has no divisor in common with USERS, so that different customers have different numbers. */
const SCATTER = 48_271_009;

/** Draws the customers of a plan. */
export class People {
  private readonly seed: number;
  private readonly whereabouts: Whereabouts;
  /** How many regulars live in each place, and the first of them. */
  private readonly regulars: Uint32Array;
  private readonly first: Uint32Array;
  private readonly known: number;
  /** Indexes of agents, each as often as its weight. */
  private readonly agents: Uint8Array;

  constructor(plan: Plan) {
    this.seed = plan.parameters.seed;
    this.whereabouts = new Whereabouts(plan);
    const wanted = REGULARS_PER_DAILY_SESSION * sessionsPerDay(plan);
    const weights = PLACES.reduce((sum, { weight }) => sum + weight, 0);
    this.regulars = Uint32Array.from(PLACES, ({ weight }) =>
      Math.min((0.5 * USERS * weight) / weights, Math.ceil((wanted * weight) / weights)),
    );
    let known = 0;
    this.first = this.regulars.map((count) => {
      known += count;
      return known - count;
    });
    this.known = known;
    this.agents = Uint8Array.from(
      agentsOf(plan).flatMap(({ weight }, index) => new Array<number>(weight).fill(index)),
    );
  }

  /**
   * Draws the customer of a session. How often regulars come is gamma distributed (shape 1), so that their counts are
   * negative binomial: the product of two uniform numbers is the rank of a draw in proportion to such rates.
   */
  draw(ms: number, random: Random, into: Person): void {
    const place = this.whereabouts.at(ms, random.next());
    const isNew = random.next() < NEW_SHARE;
    const rank = random.next() * random.next();
    const customer = isNew
      ? this.known + random.below(USERS - this.known)
      : (this.first[place] ?? 0) + Math.floor(rank * (this.regulars[place] ?? 0));
    into.place = place;
    into.user = FIRST_USER + ((customer * SCATTER + this.seed) % USERS);
    into.address = addressOf(place, noise(this.seed, customer, 61) * 4294967296);
    into.agent = this.agents[Math.floor(noise(this.seed, customer, 62) * this.agents.length)] ?? 0;
  }
}

/** Sessions of a usual day after sampling. */
function sessionsPerDay({ offsets, parameters, startMs }: Plan): number {
  let sum = 0;
  for (let hour = 0; hour < 168; hour++)
    sum += scaleRate(curveAt(offsets, startMs + (hour + 0.5) * HOUR_MS), parameters);
  return ((sum / 168) * DAY_MS) / 1000 / DOCUMENTS_PER_SESSION / parameters.sample;
}

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

/** An address in one of the networks of a place. @param hash 32 bits. */
function addressOf(place: number, hash: number): number {
  const network = NETWORKS[place]?.[hash & 1] ?? 0;
  return (network * 65_536 + ((hash >>> 1) & 255) * 256 + 1 + ((hash >>> 9) % 254)) | 0;
}
