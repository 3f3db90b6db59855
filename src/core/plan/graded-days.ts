// What goes wrong on the days of the graded profile: types and levels are dealt like cards, so that no week holds many that
// are plain to see, or many of one kind. Three cards are set aside for each day, which need not take them all.
import type { Severity } from './labels.ts';
import { INCIDENT_TYPES, type IncidentType, modelOf } from './models/registry.ts';
import { type Random, stream } from './random.ts';

export interface Dealt {
  readonly type: IncidentType;
  readonly severity: Severity;
}

const PER_DAY = 3;
const [MOST_COMMON, ...OTHERS] = INCIDENT_TYPES as readonly [IncidentType, ...IncidentType[]];

/** Cards of each type, of those whose failures take many seconds, which show, and of the one that everybody would guess. */
const CARDS = 5;
const SLOW_CARDS = 3;
const MOST_COMMON_CARDS = 1;
/** Cards of incidents of the other types that are plain to see, beside those of the presets, and the share of major ones. */
const PLAIN_CARDS = 2;
const MAJOR_SHARE = 0.25;

/** The cards of a type: some that can be silent are. */
function cardsOf(type: IncidentType): Dealt[] {
  const { slowFailures, silent } = modelOf(type);
  const slow = type === MOST_COMMON ? MOST_COMMON_CARDS : SLOW_CARDS;
  return Array.from({ length: slowFailures ? slow : CARDS }, (_, card) => ({
    type,
    severity: silent && card >= CARDS / 2 ? 'silent' : 'subtle',
  }));
}

function plainCard(random: Random): Dealt {
  const type = OTHERS[random.below(OTHERS.length)] ?? MOST_COMMON;
  return { type, severity: random.next() < MAJOR_SHARE ? 'major' : 'minor' };
}

/** All cards, in an order of their own for each time they are dealt. */
function shuffled(seed: number, round: number): Dealt[] {
  const random = stream(seed, 'graded cards', round);
  const cards = [
    ...INCIDENT_TYPES.flatMap(cardsOf),
    ...Array.from({ length: PLAIN_CARDS }, () => plainCard(random)),
  ];
  for (let last = cards.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const [a, b] = [cards[last], cards[other]];
    if (a && b) [cards[last], cards[other]] = [b, a];
  }
  return cards;
}

/** The first cards of a day. @param day a number that rises by one from day to day. */
export function dealtOn(seed: number, day: number, count: number): Dealt[] {
  const size = shuffled(seed, 0).length;
  return Array.from({ length: count }, (_, index) => {
    const place = day * PER_DAY + index;
    return shuffled(seed, Math.floor(place / size))[place % size] ?? plainCard(stream(seed, 'card', place));
  });
}
