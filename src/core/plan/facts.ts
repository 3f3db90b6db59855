// What is known about an incident in numbers: the names that evidence may use instead of a number.
import type { Tally } from '../generate/tally.ts';
import { promisedTimeouts } from './promise.ts';
import type { Incident, Plan } from './types.ts';

export const FACT_NAMES = ['timeouts_planned', 'documents', 'errors', 'max_ms'] as const;
export type FactName = (typeof FACT_NAMES)[number];
export type Facts = Readonly<Record<FactName, number>>;

/** The facts of an incident. Counts come from the tally; those the plan promises come from the plan. */
export function factsOf(plan: Plan, incident: Incident, tally: Tally): Facts {
  const counted = tally.incidents[plan.incidents.indexOf(incident)]?.incident;
  return {
    timeouts_planned: promisedTimeouts(plan, incident) ?? 0,
    documents: counted?.documents ?? 0,
    errors: counted?.errors ?? 0,
    max_ms: counted?.maxResponseMs ?? 0,
  };
}
