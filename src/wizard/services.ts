// What the wizard asks of the rest of the program. The real services stand with the commands; tests bring their own.

import type { IndexState, RunMeta } from '../core/cluster/indexes/run-meta.ts';
import type { Connection, LadderStep } from '../core/cluster/types.ts';
import type { DashboardLink, NodeEvent, RunEvent } from '../core/events.ts';
import type { LiveControl } from '../core/live/control.ts';
import type { LiveEvent } from '../core/live/types.ts';
import type { LoadControl } from '../core/load/index.ts';
import type { Preset } from '../core/plan/preset.ts';
import type { Preview, PreviewRequest } from '../core/plan/preview.ts';
import type { Incident, Plan } from '../core/plan/types.ts';
import type { Secrets } from '../options/connection.ts';
import type { Settings } from '../options/settings.ts';

/** A preset that can be picked, and what `--preset` takes for it: its id, or the file it was read from. */
export interface CatalogEntry {
  readonly preset: Preset;
  readonly flag: string;
}

/** Both series have exactly as many values as the points requested. */
export type Series = Pick<Preview, 'tps' | 'p95Ms'>;

/** What the data will look like, from the plan itself. */
export interface Forecast extends Pick<Plan, 'demoDay' | 'key' | 'startMs' | 'endMs' | 'omitted'> {
  readonly timeZone: string;
  /** Midnight at the beginning of the demo day, in that zone. */
  readonly demoDayStartMs: number;
  /** Expected number of documents. */
  readonly documents: number;
  /** Expected size of the bulk text in bytes. */
  readonly bytes: number;
  readonly incidents: readonly Pick<
    Incident,
    'id' | 'title' | 'type' | 'preset' | 'startMs' | 'endMs' | 'recoveredMs'
  >[];
  series(window: PreviewRequest): Series;
}

/** The plan of the data that can be presented, with the presets it was made from. */
export interface Demo {
  readonly forecast: Forecast;
  readonly presets: readonly Preset[];
}

export interface ForecastRequest {
  /** `seed` is always set; `demoDay` and `timeZone` may be left to the planner. */
  readonly settings: Settings;
  readonly presets: readonly Preset[];
  readonly nowMs: number;
}

/** Loaded after the first frame, so that the wizard appears at once; from then on everything is synchronous. */
export interface Planner {
  /** The built-in presets and those given by file, in the order they are shown. */
  readonly catalog: readonly CatalogEntry[];
  /** Pure and fast enough to be called on each key (well under 100 ms). Throws AppError. */
  forecast(request: ForecastRequest): Forecast;
  /** The plan that an index of this name remembers. Throws AppError `not-a-run` when it is not whole. */
  demoOf(index: string, meta: RunMeta): Demo;
}

/** A run that began to load and did not end. */
export interface OpenRun extends Secrets {
  readonly id: string;
  /** ISO time. */
  readonly startedAt: string;
  /** Seed, clock and zone are set; it adds to its index. */
  readonly settings: Settings;
  readonly presets: readonly Preset[];
}

/** A run by its id and the index that it made. */
export interface MadeRun {
  readonly id: string;
  readonly settings: Pick<Settings, 'index'>;
}

/** What was deleted of a run. */
export interface RemovedRun {
  readonly documents: number;
  /** What could not be deleted, in a sentence. */
  readonly left?: string;
}

export interface RunInput extends ForecastRequest {
  /** The run's id; a resumed run keeps it. */
  readonly id: string;
  readonly connection: Connection;
  /** True when the name of an index that this tool did not make was typed to replace it. */
  readonly replaceConfirmed: boolean;
}

/** How the command `live` begins. */
export interface LiveStart {
  readonly presets: readonly Preset[];
  /** One of so many sessions is kept; left out, as many as the index has. */
  readonly sample: number | undefined;
}

/** Something that can be started while it is live. */
export interface LiveEntry {
  /** A type of incident, the id of a preset, or `red_herring`. */
  readonly what: string;
  readonly title: string;
  /** `type` draws its settings, `preset` has those of its preset. */
  readonly kind: 'type' | 'preset' | 'red-herring';
  /** True for what can be of severity `silent` too. */
  readonly silent: boolean;
  /** What to say and where to look while it runs, for whoever presents it. */
  readonly notes: readonly string[];
}

export interface LiveInput {
  readonly settings: Settings;
  readonly presets: readonly Preset[];
  readonly connection: Connection;
  /** From Next the index is there, and the local node runs. */
  readonly from: 'next' | 'command';
  /** One of so many sessions is kept from now on; left out, as many as the index has. */
  readonly sample: number | undefined;
}

export interface ValidateInput {
  readonly settings: Settings;
  readonly connection: Connection;
}

export interface ClimbRequest {
  readonly connection: Connection;
  readonly settings: Settings;
  readonly signIn: boolean;
}

export interface InstallInput {
  /** Address of Dashboards. */
  readonly url: string;
  readonly index: string;
  readonly connection: Connection;
}

export interface Services {
  /** How this program is started here, for command lines to copy: `incident-demo`, or `npm start --`. */
  readonly program: string;
  /** The clock, ms since the epoch. */
  now(): number;
  /** Throws AppError `preset` or `file-unreadable` when a preset file is wrong. */
  loadPlanner(): Promise<Planner>;
  /** Reads a preset file. Throws AppError `preset` or `file-unreadable`. */
  readPreset(path: string): Promise<CatalogEntry>;
  /** Rung by rung; ends after the first failed rung, and before credentials are sent where `signIn` is false. */
  climb(request: ClimbRequest, signal: AbortSignal): AsyncGenerator<LadderStep>;
  /** Documents a second that the cluster would take, found out without writing; undefined when it cannot be. */
  trySpeed(connection: Connection, signal: AbortSignal): Promise<number | undefined>;
  /** The last event has phase `ready` and the url. Throws AppError. */
  startLocalNode(signal: AbortSignal): AsyncGenerator<NodeEvent>;
  /** Throws AppError. */
  inspectIndex(connection: Connection, name: string, signal: AbortSignal): Promise<IndexState>;
  /** A name that no index has yet, made from this one. Throws AppError. */
  freeIndexName(connection: Connection, name: string, signal: AbortSignal): Promise<string>;
  /** Plan, generate, load, check; the last event is `done`, also when it failed or was aborted. */
  run(request: RunInput, signal: AbortSignal, control: LoadControl): AsyncGenerator<RunEvent>;
  /** The shop in real time, until the signal; the last event is `done`, also when it failed or was aborted. */
  live(request: LiveInput, control: LiveControl, signal: AbortSignal): AsyncGenerator<LiveEvent>;
  /** What can be started in it. */
  liveCatalog(presets: readonly Preset[]): Promise<readonly LiveEntry[]>;
  /** As inspectIndex, with every document counted that an interrupted load has brought. Throws AppError. */
  inspectLeftovers(connection: Connection, name: string, signal: AbortSignal): Promise<IndexState>;
  /** Deletes what a run made: its dashboards and its index; forgets the run. Throws AppError. */
  removeRun(run: MadeRun, connection: Connection, signal: AbortSignal): Promise<RemovedRun>;
  /** Forgets an unfinished run; what it loaded stays. */
  forgetRun(id: string): void;
  /**
   * Keeps address, user name, parameters and speeds for the next time; never a password, nor what was given by a flag for
   * this time. Without settings those that were kept before stay.
   */
  remember(settings: Settings | undefined, speeds: Readonly<Record<string, number>>): void;
  /** The address of a Dashboards that answers on this machine; undefined when none does. Never rejects. */
  findDashboards(connection: Connection, signal: AbortSignal): Promise<string | undefined>;
  /** Stores the dashboards of an index; returns their links. Throws AppError. */
  installDashboards(request: InstallInput, signal: AbortSignal): Promise<readonly DashboardLink[]>;
  /** True when the Docker of this machine answers. Never rejects. */
  dockerAnswers(signal: AbortSignal): Promise<boolean>;
  /** The command that starts a Dashboards for the local node at this address. */
  dashboardsDocker(nodeUrl: string): string;
  /** Starts it with Docker and waits until it answers; returns its address. Throws AppError. */
  startDashboards(nodeUrl: string, signal: AbortSignal): Promise<string>;
  /** Ends the local node; its data are kept. Throws AppError. */
  stopNode(): Promise<void>;
  /** The lines of a guide. Throws AppError `file-unreadable`. */
  readGuide(path: string): Promise<readonly string[]>;
  /** Opens an address or a file in the browser of this machine; rejects when there is none. */
  openLink(url: string): Promise<void>;
  /** The checks alone, on an index this tool made; the last event is `done`. */
  validateIndex(request: ValidateInput, signal: AbortSignal): AsyncGenerator<RunEvent>;
}
