// Markers among the documents: changes and restarts, as the shop's tools wrote them down. They are no transactions, so they
// have no name that begins with the plan's; what finds them are their ids.
import { documentId } from './ids.ts';

export const MARKER_EVENTS = ['deployment', 'restart', 'config_change'] as const;

/** What of a plan the places of its markers follow from. */
export interface MarkedPlan {
  readonly key: string;
  readonly firstSlotMs: number;
  readonly slotMs: number;
  readonly markers: readonly { readonly ms: number }[];
}

/** No slot has so many sessions: `z000` in an id. */
const FIRST_MARKER = 35 * 36 ** 3;

/** Where marker `index` of a plan stands: in the slot of its instant, as if it were one of its last sessions. */
export function markerPlace({ firstSlotMs, slotMs, markers }: MarkedPlan, index: number) {
  const slotOf = (at: number) => Math.floor(((markers[at]?.ms ?? 0) - firstSlotMs) / slotMs);
  const slot = slotOf(index);
  let first = index;
  while (first > 0 && slotOf(first - 1) === slot) first--;
  return { ms: markers[index]?.ms ?? 0, slot, session: FIRST_MARKER + index - first, stepDigit: 0 };
}

/** The ids of a plan's markers. */
export const markerIds = (plan: MarkedPlan): string[] =>
  plan.markers.map((_, index) => documentId(plan.key, markerPlace(plan, index)));
