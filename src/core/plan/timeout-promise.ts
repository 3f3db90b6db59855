// The exact number of timeouts that a preset promises, as the index must hold it.

import { shopSize } from './curve.ts';
import type { PlanBasis } from './parameters.ts';
import type { ScheduledIncident } from './schedule.ts';
import { simulate } from './simulate.ts';
import { plannedTimeouts } from './timeout-target.ts';

/** The model comes this near to the number it aims at; where it stays farther below, the number is out of its reach. */
const REACH = 1.15;

/**
 * Payment timeouts of an incident in the index, a whole number: the planned number with the size of the shop and the
 * sampling applied (3,900 become 65 at one session in 60). A number that the servers' threads do not allow is lowered to
 * what the model gives. Undefined where the preset promises none.
 */
export function promisedTimeouts(basis: PlanBasis, incident: ScheduledIncident): number | undefined {
  const planned = plannedTimeouts(basis, incident);
  if (planned === undefined) return undefined;
  const simulated = simulate(basis, incident).totals.allErrors['PAYMENT_TIMEOUT'] ?? 0;
  const reached = planned <= simulated * REACH ? planned : simulated;
  return Math.round((reached * shopSize(basis.parameters)) / basis.parameters.sample);
}
