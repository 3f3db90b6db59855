// The exact numbers of a preset, as they are found in the index.
import type { Frame } from './baseline.ts';
import { shopSize } from './curve.ts';
import type { Scheduled } from './schedule.ts';
import { simulate } from './simulate.ts';
import { plannedTimeouts } from './timeout-target.ts';

/** The model comes this near to the number it aims at; where it stays farther below, the number is out of its reach. */
const REACH = 1.05;

/**
 * Payment time-outs of an incident in the index, a whole number: the planned number with the size of the shop and the
 * sampling applied (3,900 become 65 at one session in 60). A number that the servers' threads do not allow is lowered to
 * what the model gives. Undefined where the preset promises none.
 */
export function promisedTimeouts(frame: Frame, incident: Scheduled): number | undefined {
  const planned = plannedTimeouts(frame, incident);
  if (planned === undefined) return undefined;
  const simulated = simulate(frame, incident).totals.allErrors['PAYMENT_TIMEOUT'] ?? 0;
  const reached = planned <= simulated * REACH ? planned : simulated;
  return Math.round((reached * shopSize(frame.parameters)) / frame.parameters.sample);
}
