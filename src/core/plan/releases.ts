// What the shop's own people do to it on any day: releases that go from server to server, settings that change, a host that
// is patched. Most of it is harmless; a day of it follows from the seed and the date alone.
import { HOUR_MS } from './durations.ts';
import { localDayNumber, midnightOfDay, weekdayAt } from './local-time.ts';
import type { Occasion } from './marker-words.ts';
import type { PlanBasis, PlanParameters } from './parameters.ts';
import { type Random, stream } from './random.ts';
import { WATCHED_GAP_MS } from './rolling.ts';
import { SERVER_COUNT } from './shop.ts';

/** Something that was done to the shop. */
export interface Change {
  readonly occasion: Occasion;
  /** When each server gets it, by index into SERVERS; undefined for one that does not. */
  readonly at: readonly (number | undefined)[];
  /** What is set to what, of a setting. */
  readonly what?: string;
}

type Basis = Pick<PlanBasis, 'offsets' | 'parameters'>;

/** Chances of no, one, two releases on a working day. */
const RELEASES = [0.3, 0.45, 0.25];
const WEEKEND_RELEASE = 0.1;
const PATCHED_HOST = 0.35;
const SETTINGS = [
  'feature flag new-cart-layout set to 25 %',
  'feature flag new-cart-layout set to 50 %',
  'search suggestions enabled for all customers',
  'log level of cart set to INFO',
  'shipping rates updated',
  'campaign banner switched',
  'tax table updated',
];

const days = new WeakMap<PlanParameters, Map<number, readonly Change[]>>();

/** The routine changes of a local day, in order of time. @param day in days since 1970. */
export function routineChanges(basis: Basis, day: number): readonly Change[] {
  const known = days.get(basis.parameters) ?? new Map<number, readonly Change[]>();
  days.set(basis.parameters, known);
  const changes = known.get(day) ?? drawChanges(basis, day);
  known.set(day, changes);
  return changes;
}

function drawChanges({ offsets, parameters }: Basis, day: number): Change[] {
  const midnightMs = midnightOfDay(offsets, day);
  const weekday = weekdayAt(offsets, midnightMs + 12 * HOUR_MS);
  const weekend = weekday === 0 || weekday === 6;
  const random = stream(parameters.seed, 'changes', day);
  const between = (fromHour: number, toHour: number) =>
    Math.floor(midnightMs + (fromHour + (toHour - fromHour) * random.next()) * HOUR_MS);
  const changes: Change[] = [];
  const chance = random.next();
  const releases = weekend
    ? Number(chance < WEEKEND_RELEASE)
    : chance < (RELEASES[0] ?? 0)
      ? 0
      : chance < 1 - (RELEASES[2] ?? 0)
        ? 1
        : 2;
  for (let release = 0; release < releases; release++)
    changes.push({
      occasion: 'release',
      at: rollingFrom(between(9.5, 16.5), random),
    });
  for (let change = random.below(3); change > 0; change--)
    changes.push({
      occasion: 'setting',
      at: new Array(SERVER_COUNT).fill(between(9, 18)),
      what: SETTINGS[random.below(SETTINGS.length)] ?? '',
    });
  if (random.next() < PATCHED_HOST) {
    const server = random.below(SERVER_COUNT);
    const ms = between(2, 5);
    changes.push({
      occasion: 'patched',
      at: Array.from({ length: SERVER_COUNT }, (_, index) => (index === server ? ms : undefined)),
    });
  }
  return changes.sort((a, b) => firstMs(a) - firstMs(b));
}

/** When the first server gets a change. */
export const firstMs = ({ at }: Pick<Change, 'at'>) =>
  Math.min(...at.map((ms) => ms ?? Number.POSITIVE_INFINITY));

/** Server after server, in any order. */
function rollingFrom(ms: number, random: Random): number[] {
  const at = new Array<number>(SERVER_COUNT).fill(ms);
  const first = random.below(SERVER_COUNT);
  let next = ms;
  for (let turn = 0; turn < SERVER_COUNT; turn++) {
    at[(first + turn) % SERVER_COUNT] = next;
    next += WATCHED_GAP_MS.min + random.below(WATCHED_GAP_MS.max - WATCHED_GAP_MS.min);
  }
  return at;
}

/** Instants in `[fromMs, toMs)` at which a routine change restarts a server. @param server index into SERVERS. */
export function restartsOf(basis: Basis, server: number, fromMs: number, toMs: number): number[] {
  const found: number[] = [];
  for (
    let day = localDayNumber(basis.offsets, fromMs) - 1;
    day <= localDayNumber(basis.offsets, toMs);
    day++
  ) {
    for (const { occasion, at } of routineChanges(basis, day)) {
      const ms = at[server];
      if (occasion !== 'setting' && ms !== undefined && ms >= fromMs && ms < toMs) found.push(ms);
    }
  }
  return found;
}
