// Everything a run needs to know; the pipeline asks no questions.

import type { Clock } from '../async/clock.ts';
import type { Connection } from '../cluster/types.ts';
import type { SignIn } from '../dashboards/server.ts';
import type { Directories, Environment } from '../directories.ts';
import type { LoadControl } from '../load/index.ts';
import type { PlanParameters } from '../plan/parameters.ts';
import type { Preset } from '../plan/preset.ts';
import type { Part } from '../plan/types.ts';

export interface RunRequest {
  readonly id: string;
  readonly connection: Connection;
  /** Use the local node, whatever the connection says. */
  readonly local: boolean;
  readonly index: string;
  readonly onConflict: ConflictPolicy;
  /** True when the name of an index that this tool did not make was typed to replace it. */
  readonly replaceConfirmed: boolean;
  readonly parameters: PlanParameters;
  readonly presets: readonly Preset[];
  readonly nowMs: number;
  readonly part: Part | undefined;
  /** Load this bulk NDJSON file, generated earlier from the same plan, instead of generating. */
  readonly dataFile?: string;
  /** Also make the companion index, which names each incident. */
  readonly markIncidents?: boolean;
  /** Compare every document with the plan, however many there are. @default false */
  readonly deep?: boolean;
  /** Install the dashboards in the OpenSearch Dashboards at this address. */
  readonly dashboards?: string | undefined;
  /** Credentials for it alone; left out, those of the cluster. */
  readonly dashboardsSignIn?: SignIn | undefined;
  /** Also write the files of `generate` there. */
  readonly outputDir: string | undefined;
  readonly splitMb: number | undefined;
  readonly directories: Directories;
  readonly environment: Environment;
  readonly toolVersion: string;
  /** The settings as the record of the run keeps them; never a password. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The line that repeats the run. */
  readonly command: string;
  /** The line that resumes it, given the index that it loads. */
  readonly resumeCommand: (index: string) => string;
  /** Pauses the load or limits its senders while it runs. */
  readonly control?: LoadControl;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  /** How long one bulk request may take, ms. @default 60000 */
  readonly requestMs?: number;
  /** How long the cluster may take nothing at all, ms. @default 60000 */
  readonly giveUpMs?: number;
  /** Fixed size of a bulk request, bytes; left out, the load finds the best one. */
  readonly batchBytes?: number;
  /** How many threads generate beside the main one, for so many documents; left out, none do. */
  readonly threads?: (documents: number) => number;
  /** @default the clock of this machine */
  readonly clock?: Clock;
}

/** What may happen when the index exists. */
export const CONFLICT_POLICIES = ['fail', 'new', 'append', 'replace'] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];
