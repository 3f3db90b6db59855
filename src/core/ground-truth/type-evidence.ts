// What the evidence of an incident type is made from.
import type { Tally } from '../generate/count/tally.ts';
import type { Evidence } from '../plan/preset.ts';
import type { Incident, Plan } from '../plan/types.ts';
import type { Facts } from './facts.ts';

/** An incident and the exact counts of its documents. */
export interface CountedIncident {
  readonly plan: Plan;
  readonly incident: Incident;
  readonly facts: Facts;
  readonly tally: Tally;
}

/** What every incident of one type must show, besides what all incidents show. */
export type TypeEvidence = (counted: CountedIncident) => readonly Evidence[];
