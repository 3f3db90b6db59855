// Aims a gateway incident at its target error rate.
import { backgroundShare } from '../baseline.ts';
import type { PlanBasis } from '../parameters.ts';
import { settingFor, TOLERANCE } from './calibrate.ts';
import { type GatewayTrouble, runGateway } from './gateway.ts';
import type { ModelIncident } from './incident-model.ts';
import { errorShare } from './totals.ts';

/** Two knobs: how persistently it is retried, 0 to 1, and how many seconds late the trouble begins. */
export type TroubleOf = (persistence: number, onset: number) => GatewayTrouble;

/** The persistence that usually gives the error rate `at`, and how it grows with the rate. */
export interface Guess {
  readonly at: number;
  readonly persistence: number;
  readonly slope: number;
}

/**
 * The trouble whose window fails at the incident's target rate. Retries are turned up or down first; where even without
 * them too much fails, the trouble begins later in the window. Payments on one gateway are less than a quarter of all
 * transactions, so rates above about 45 % are out of reach: the model then gives the highest rate it can.
 */
export function aimAtErrorRate(
  basis: PlanBasis,
  incident: ModelIncident,
  guess: Guess,
  troubleOf: TroubleOf,
): GatewayTrouble {
  const background = backgroundShare(basis, incident.startMs);
  const window = (incident.endMs - incident.startMs) / 1000;
  const wanted = incident.targetErrorRate;
  const rate = (persistence: number, onset: number) =>
    errorShare(runGateway(basis, incident, troubleOf(persistence, onset)), background);
  const usual = Math.min(1, Math.max(0, guess.persistence + guess.slope * (wanted - guess.at)));
  const search = { low: 0, high: 1, guess: usual, tolerance: TOLERANCE };
  const persistence = settingFor((p) => rate(p, 0), wanted, search);
  if (persistence > 0) return troubleOf(persistence, 0);
  const lasting = { low: 0.05, high: 1, guess: Math.min(1, wanted / 0.3), tolerance: TOLERANCE };
  const part = settingFor((p) => rate(0.2, (1 - p) * window), wanted, lasting);
  return troubleOf(0.2, (1 - part) * window);
}

/** Seconds by which the trouble reaches each server later than the first: health checks and connections differ. */
export function lags(order: number): readonly number[] {
  const all = [
    [0, 6, 13],
    [6, 0, 13],
    [13, 6, 0],
    [6, 13, 0],
    [0, 13, 6],
    [13, 0, 6],
  ] as const;
  return all[Math.floor(order * all.length)] ?? all[0];
}
