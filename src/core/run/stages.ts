// What the stages of a run pass on: each adds what the next ones need.
import type { Clock } from '../async/clock.ts';
import type { Cluster } from '../cluster/client.ts';
import type { Tally } from '../generate/count/tally.ts';
import type { Plan } from '../plan/index.ts';
import type { OpenRecord } from './open-record.ts';
import type { PreparedIndex } from './prepare-index.ts';
import type { RunRequest } from './request.ts';
import type { RunResult } from './run-result.ts';

/** What every stage is given. */
export interface RunContext {
  readonly request: RunRequest;
  /** Filled in by the stages. */
  readonly result: RunResult;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** A run whose plan is made and whose cluster answers. */
export interface ConnectedRun extends RunContext {
  readonly plan: Plan;
  /** Retries what fails for a moment. */
  readonly cluster: Cluster;
  /** Ends these retries: once a run has failed, cleaning up does not wait for the cluster. */
  readonly stopRetrying: () => void;
}

/** A run that is remembered and whose index is ready to be loaded. */
export interface PreparedRun extends ConnectedRun {
  readonly record: OpenRecord;
  readonly prepared: PreparedIndex;
  /** How many documents are likely to come. */
  readonly expected: number;
}

/** A run whose documents are in the index. */
export interface LoadedRun extends PreparedRun {
  /** What was generated; empty when a file was loaded. */
  readonly tally: Tally;
}
