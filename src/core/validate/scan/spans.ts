// Which documents are compared: all of them, or, of a large data set, those of some stretches of time.
import type { Slots } from '../../generate/index.ts';
import type { Plan } from '../../plan/index.ts';

/** A larger data set is compared in samples unless all of it is asked for: about 15 s on two cores. */
const MOST_DOCUMENTS = 2_000_000;

/** How much of a larger one is compared, in how many stretches. */
const SAMPLED_DOCUMENTS = 1_000_000;
const STRETCHES = 100;

/** The slots whose documents are compared, in order; all of them when `deep`. @param documents of the plan. */
export function comparedSlots({ slotCount }: Plan, documents: number, deep: boolean): readonly Slots[] {
  if (deep || documents <= MOST_DOCUMENTS) return [{ from: 0, to: slotCount }];
  const long = Math.max(1, Math.floor((slotCount * SAMPLED_DOCUMENTS) / documents / STRETCHES));
  const every = slotCount / STRETCHES;
  if (long >= every) return [{ from: 0, to: slotCount }];
  return Array.from({ length: STRETCHES }, (_, stretch) => {
    const from = Math.floor(stretch * every + (every - long) / 2);
    return { from, to: from + long };
  });
}
