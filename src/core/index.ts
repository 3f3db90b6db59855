// The door for libraries: a plan, its documents, its answer key, its checks, and a load. Everything is an input: nothing
// here reads the environment, the clock or a file, or changes the process.
import { STORED_TRANSACTIONS } from './documents/transactions.ts';
import type { Tally } from './generate/count/tally.ts';
import { makePlan } from './plan/make-plan.ts';
import { checkParameters, DEFAULT_PARAMETERS, type PlanParameters } from './plan/parameters.ts';
import type { Preset } from './plan/preset.ts';
import { BUILT_IN } from './plan/presets.ts';
import type { Plan } from './plan/types.ts';
import type { Check } from './validate/check.ts';
import { everyCheck } from './validate/index.ts';
import { runScope } from './validate/scope.ts';

export type { Cluster, ClusterAnswer, ClusterRequest } from './cluster/client.ts';
export type { Connection } from './cluster/types.ts';
export type { CheckResult, DocumentCounts, Query } from './events.ts';
export type { Tally } from './generate/count/tally.ts';
export { type GeneratedDocument, generateDocuments, type Transaction, tallyOf } from './generate/index.ts';
export { type AnswerEntry, answerKey } from './ground-truth/answer-key.ts';
export type { PlanParameters } from './plan/parameters.ts';
export type { Preset } from './plan/preset.ts';
export type { Incident, Plan } from './plan/types.ts';
export { type LoadIntoOptions, type LoadOutcome, loadInto } from './run/load-into.ts';
export type { Check } from './validate/check.ts';

export interface PlanOptions extends Partial<PlanParameters> {
  /** Where the data ends; what the presets call today follows from it. */
  readonly now: Date;
  /** @default the built-in presets */
  readonly presets?: readonly Preset[];
}

/**
 * Plans a data set. Parameters left out have the defaults of the command line; `seed` is then 1 and `timeZone` UTC. Equal
 * options give equal plans. Throws SchemaError for a parameter out of its limits, AppError `preset` where presets overlap
 * and `parameter` where the data would be empty.
 */
export function plan({ now, presets = BUILT_IN, ...given }: PlanOptions): Plan {
  const parameters: unknown = { ...DEFAULT_PARAMETERS, seed: 1, timeZone: 'UTC', ...given };
  checkParameters(parameters);
  return makePlan({ parameters, presets, nowMs: now.getTime() });
}

/**
 * The checks of a plan: each a claim, the query that proves it, and what the answer must show.
 * @param tally the exact counts of the plan, of `tallyOf` or `loadInto`.
 * @param index where the documents are; it may hold others besides.
 */
export const checksOf = (plan: Plan, tally: Tally, index = STORED_TRANSACTIONS.index): readonly Check[] =>
  everyCheck(runScope(STORED_TRANSACTIONS, index, plan.key, false), plan, tally);
