// The door for libraries: a plan, its documents, its answer key, its checks, a load, and scores of detections. Everything is an input: nothing
// here reads the environment, the clock or a file, or changes the process; only the client of a load has settings of its own.
import { isDate } from 'node:util/types';
import { badArgument } from '../errors/app-error.ts';
import { STORED_TRANSACTIONS } from './documents/transactions.ts';
import type { Tally } from './generate/count/tally.ts';
import { assertPlan } from './plan/assert-plan.ts';
import { makePlan } from './plan/make-plan.ts';
import { checkParameters, DEFAULT_PARAMETERS, type PlanParameters } from './plan/parameters.ts';
import type { Preset } from './plan/preset.ts';
import { BUILT_IN, checkedPreset } from './plan/presets.ts';
import type { Plan } from './plan/types.ts';
import { quotedValue, SchemaError } from './schema/problem.ts';
import type { Check } from './validate/check.ts';
import { everyCheck } from './validate/index.ts';
import { runScope } from './validate/scope.ts';

export type { Cluster } from './cluster/client.ts';
export type { ClusterAnswer, ClusterRequest } from './cluster/request.ts';
export type { Connection } from './cluster/types.ts';
export type { CheckResult, DocumentCounts, Query } from './events.ts';
export type { Tally } from './generate/count/tally.ts';
export {
  type GeneratedDocument,
  type GeneratedTransaction,
  generateDocuments,
  isTransaction,
  type MarkerDocument,
  type SomeSlots,
  type Transaction,
  tallyOf,
} from './generate/index.ts';
export { type AnswerEntry, answerKey, type ExpectedFigures } from './ground-truth/answer-key.ts';
export { readAnswerKey } from './ground-truth/read-answer-key.ts';
export type { PlanParameters } from './plan/parameters.ts';
export type { Preset } from './plan/preset.ts';
export { readPreset } from './plan/presets.ts';
export type { Incident, Plan } from './plan/types.ts';
export { type LoadIntoOptions, type LoadOutcome, loadInto } from './run/load-into.ts';
export type { Span } from './score/alarms.ts';
export { type MinuteCounts, type Score, type ScoreRequest, score } from './score/baselines.ts';
export type { Detection } from './score/detection.ts';
export { readDetections } from './score/read-detections.ts';
export type { Figures, GroupFigures } from './score/score.ts';
export type { Check } from './validate/check.ts';

type Parameters = { readonly [Name in keyof PlanParameters]?: PlanParameters[Name] | undefined };

/** Left out and undefined both mean the default. */
export interface PlanOptions extends Parameters {
  /** Where the data ends; what the presets call today follows from it. */
  readonly now: Date;
  /** @default the built-in presets */
  readonly presets?: readonly Preset[] | undefined;
}

/**
 * Plans a data set. Parameters left out have the defaults of the command line; `seed` is then 1 and `timeZone` UTC. Equal
 * options give equal plans. Throws AppError: `argument` for an option that is missing or out of its limits, `preset` where a
 * preset is not valid or two overlap, `parameter` where the data would be empty.
 */
export function plan(options: PlanOptions): Plan {
  if (typeof options !== 'object' || options === null)
    throw badArgument(`plan takes an object with now, not ${quotedValue(options)}`);
  const { now, presets, ...given } = options;
  return makePlan({
    parameters: parametersOf(given),
    presets: presetsOf(presets),
    nowMs: millisecondsOf(now),
  });
}

function parametersOf(given: Parameters): PlanParameters {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const parameters: unknown = {
    ...DEFAULT_PARAMETERS,
    ...{ seed: 1, timeZone: 'UTC' },
    ...Object.fromEntries(set),
  };
  try {
    checkParameters(parameters);
  } catch (error) {
    if (error instanceof SchemaError) throw badArgument(error.message);
    throw error;
  }
  return parameters;
}

function presetsOf(presets: unknown): readonly Preset[] {
  if (presets === undefined) return BUILT_IN;
  if (!Array.isArray(presets)) throw badArgument(`presets: ${quotedValue(presets)} is not a list`);
  return presets.map((preset: unknown, place) => checkedPreset(preset, `presets[${place}]`));
}

const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59Z');

/** `isDate` knows a date of another realm too, such as that of a test runner. */
function millisecondsOf(now: unknown): number {
  if (!isDate(now)) throw badArgument(`now: ${quotedValue(now)} is not a Date`);
  const ms = now.getTime();
  if (Number.isNaN(ms)) throw badArgument('now: the Date is not valid');
  if (ms < FIRST_MS || ms > LAST_MS) throw badArgument('now: the year is not from 1 to 9999');
  return ms;
}

/**
 * The checks of a plan: each a claim, the query that proves it, and what the answer must show.
 * Throws AppError `argument` for what is no plan or no tally.
 * @param tally the exact counts of the plan, of `tallyOf` or `loadInto`.
 * @param index where the documents are; it may hold others besides.
 */
export function checksOf(
  plan: Plan,
  tally: Tally,
  index: string = STORED_TRANSACTIONS.index,
): readonly Check[] {
  assertPlan(plan);
  if (typeof tally !== 'object' || tally === null)
    throw badArgument(`tally: ${quotedValue(tally)} is not a tally; make one with tallyOf()`);
  return everyCheck(runScope(STORED_TRANSACTIONS, index, plan, false), plan, tally);
}
