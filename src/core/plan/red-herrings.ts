// What looks like trouble and is none, in the graded profile: three to five a day. Those of a day follow from the seed and
// the date alone; rates, response times and gauges ask here what is going on at an instant.
import { HOUR_MS, MINUTE_MS, READING_MS } from './durations.ts';
import type { Component, Reason, RedHerring } from './labels.ts';
import { localDayNumber, midnightOfDay } from './local-time.ts';
import type { PlanBasis, PlanParameters } from './parameters.ts';
import { type Random, stream } from './random.ts';
import { CHECKOUT_STEPS, SERVERS } from './shop.ts';

/** What a red herring does while it lasts. */
export interface HerringEffect {
  /** Factor on the sessions that start. */
  readonly traffic: number;
  /** Share of payments that are declined besides the usual ones. */
  readonly declines: number;
  /** Factor on the time of database queries. */
  readonly database: number;
  /** Factor on the share of carts that go on to pay. */
  readonly paying: number;
  /** A pause of one server, ms, and which, by index into SERVERS. */
  readonly pauseMs: number;
  readonly server: number;
}

type Effected = RedHerring & { readonly effect: HerringEffect };

const NONE: HerringEffect = { traffic: 1, declines: 0, database: 1, paying: 1, pauseMs: 0, server: -1 };

interface Kind {
  readonly reason: Reason;
  readonly component: Component;
  readonly title: string;
  /** Length, minutes, and local hours in which it begins. */
  readonly minutes: readonly [number, number];
  readonly hours: readonly [number, number];
  readonly steps: readonly string[];
  readonly effect: (random: Random) => Partial<HerringEffect>;
}

/** Share of payments that an issuer's outage declines, at most. */
export const MOST_DECLINES = 0.1;

const KINDS: readonly Kind[] = [
  {
    reason: 'flash_sale',
    component: 'traffic',
    title: 'Flash sale',
    minutes: [12, 30],
    hours: [9, 22],
    steps: CHECKOUT_STEPS,
    effect: (random) => ({ traffic: 2.2 + 0.6 * random.next() }),
  },
  {
    reason: 'issuer_outage',
    component: 'card_issuer',
    title: 'A card issuer declines more',
    minutes: [10, 45],
    hours: [7, 23],
    steps: ['payment_processing'],
    effect: (random) => ({ declines: MOST_DECLINES * (0.6 + 0.4 * random.next()) }),
  },
  {
    reason: 'bot_traffic',
    component: 'traffic',
    title: 'A bot fills carts',
    minutes: [15, 60],
    hours: [0, 23],
    steps: ['cart_review'],
    effect: (random) => ({ traffic: 1.4 + 0.4 * random.next(), paying: 0.66 }),
  },
  {
    reason: 'full_collection',
    component: 'service_memory',
    title: 'A full collection pauses a server',
    // One reading long: see below.
    minutes: [1 / 6, 1 / 6],
    hours: [0, 23.9],
    steps: CHECKOUT_STEPS,
    effect: (random) => ({
      pauseMs: Math.round(1500 + 2000 * random.next()),
      server: random.below(SERVERS.length),
    }),
  },
];
const BACKUP: Kind = {
  reason: 'nightly_backup',
  component: 'backup_job',
  title: 'Nightly backup',
  minutes: [25, 55],
  hours: [2, 3.5],
  steps: CHECKOUT_STEPS,
  effect: (random) => ({ database: 1.3 + 0.25 * random.next() }),
};

/** Besides the backup of each night. */
const OTHERS = { min: 2, max: 4 };

const days = new WeakMap<PlanParameters, Map<number, readonly Effected[]>>();

type Basis = Pick<PlanBasis, 'offsets' | 'parameters'>;

function herringsOfDay(basis: Basis, day: number): readonly Effected[] {
  const known = days.get(basis.parameters) ?? new Map<number, readonly Effected[]>();
  days.set(basis.parameters, known);
  const herrings = known.get(day) ?? drawHerrings(basis, day);
  known.set(day, herrings);
  return herrings;
}

function drawHerrings({ offsets, parameters }: Basis, day: number): Effected[] {
  const random = stream(parameters.seed, 'red herrings', day);
  const midnightMs = midnightOfDay(offsets, day);
  const between = ([low, high]: readonly [number, number]) => low + (high - low) * random.next();
  const found: Effected[] = [];
  const wanted = OTHERS.min + random.below(OTHERS.max - OTHERS.min + 1);
  const kinds = [
    BACKUP,
    ...Array.from({ length: wanted }, () => KINDS[random.below(KINDS.length)] ?? BACKUP),
  ];
  for (const { reason, component, title, minutes, hours, steps, effect } of kinds) {
    // At a reading, so that it shows what happened.
    const startMs = Math.floor((midnightMs + between(hours) * HOUR_MS) / READING_MS) * READING_MS;
    const endMs = startMs + Math.round(between(minutes) * 60) * 1000;
    if (found.some((other) => startMs < other.endMs + GAP_MS && other.startMs < endMs + GAP_MS)) continue;
    const id = `herring-${new Date(midnightMs + 12 * HOUR_MS).toISOString().slice(0, 10)}-${reason.replaceAll('_', '-')}-${found.length + 1}`;
    found.push({
      id,
      title,
      component,
      reason,
      startMs,
      endMs,
      servers: SERVERS,
      steps,
      effect: { ...NONE, ...effect(random) },
    });
  }
  return found.sort((a, b) => a.startMs - b.startMs);
}

const GAP_MS = 10 * MINUTE_MS;

/** What the red herrings of an instant do. */
export function herringAt(basis: Basis, ms: number): HerringEffect {
  if (basis.parameters.profile !== 'graded') return NONE;
  const day = localDayNumber(basis.offsets, ms);
  const herring = herringsOfDay(basis, day).find(({ startMs, endMs }) => ms >= startMs && ms < endMs);
  return herring?.effect ?? NONE;
}

/** The red herrings that begin in `[fromMs, toMs)`, in order of time; none in the demo profile. */
export function redHerringsIn(basis: Basis, fromMs: number, toMs: number): RedHerring[] {
  if (basis.parameters.profile !== 'graded') return [];
  const found: RedHerring[] = [];
  for (let day = localDayNumber(basis.offsets, fromMs); day <= localDayNumber(basis.offsets, toMs); day++)
    for (const { effect: _, ...herring } of herringsOfDay(basis, day))
      if (herring.startMs >= fromMs && herring.startMs < toMs) found.push(herring);
  return found;
}
