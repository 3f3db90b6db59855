// Everything the wizard knows at a moment. Plain data, but for the errors and the chart series of a forecast.

import type { IndexState } from '../core/cluster/indexes/run-meta.ts';
import type { AppError } from '../errors/app-error.ts';
import type { Settings } from '../options/settings.ts';
import type { Answers } from './answers.ts';
import type { ConnectionState, LocalNode } from './connection-state.ts';
import type { LiveView } from './live-view.ts';
import type { RunView } from './run-view.ts';
import type { CatalogEntry, Forecast, OpenRun } from './services.ts';
import type { ConnectStep, Step } from './steps.ts';

type Catalog =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly entries: readonly CatalogEntry[] }
  | { readonly state: 'failed'; readonly error: AppError };

type ForecastState =
  | { readonly state: 'none' }
  | { readonly state: 'ready'; readonly forecast: Forecast }
  | { readonly state: 'failed'; readonly error: AppError };

type IndexStatus =
  | { readonly state: 'unknown' }
  | { readonly state: 'looking'; readonly sinceMs: number }
  | {
      readonly state: 'free';
      /** What its templates and policies will do to it. */
      readonly notes?: readonly string[];
    }
  | { readonly state: 'taken'; readonly index: IndexState; readonly freeName?: string }
  | { readonly state: 'failed'; readonly error: AppError };

/** What is known of the index that an unfinished run loaded into. */
type Leftovers =
  /** Only a sign-in would tell, and nobody has asked for one yet. */
  | { readonly state: 'unasked' }
  | { readonly state: 'looking' }
  | { readonly state: 'known'; readonly index: IndexState }
  | { readonly state: 'failed'; readonly error: AppError };

/** An unfinished run that is being resumed, and the answers before it. */
interface Resuming {
  readonly run: OpenRun;
  readonly before: Pick<WizardState, 'answers' | 'nowMs'>;
}

/** Documents a second of a cluster, and what is known about it from. */
export interface Speed {
  readonly documentsPerSecond: number;
  readonly from: 'load' | 'trial';
}

/** OpenSearch Dashboards, as long as the dashboards are not installed there. */
type DashboardsState =
  | { readonly state: 'unknown' }
  /** None answers on this machine; `docker` when one can be started, `error` when that has failed. */
  | { readonly state: 'absent'; readonly docker: boolean; readonly error?: AppError }
  | { readonly state: 'starting'; readonly sinceMs: number }
  | { readonly state: 'found'; readonly url: string }
  | { readonly state: 'installing'; readonly url: string }
  | { readonly state: 'failed'; readonly url: string; readonly error: AppError };

export interface WizardState {
  readonly step: Step;
  /** Runs that did not end, the latest first. */
  readonly unfinished: readonly OpenRun[];
  readonly leftovers: Leftovers;
  readonly resuming: Resuming | undefined;
  readonly answers: Answers;
  readonly connection: ConnectionState;
  readonly node: LocalNode;
  readonly catalog: Catalog;
  /** The data as it will be. */
  readonly forecast: ForecastState;
  /** All presets of the catalog, chosen or not, for their charts. */
  readonly gallery: ForecastState;
  readonly indexStatus: IndexStatus;
  readonly run: RunView | undefined;
  /** The shop going on in real time, or the last time it did. */
  readonly live: LiveView | undefined;
  readonly dashboards: DashboardsState;
  /** Address of a Dashboards that answers on this machine, offered before the load. */
  readonly offered: string | undefined;
  /** True once the wizard has started a Dashboards in a container, which stays. */
  readonly container: boolean;
  /** True once the local node was stopped from here. */
  readonly nodeStopped: boolean;
  /** The investigation guide, once it was read. */
  readonly guide: readonly string[] | undefined;
  /** Chance of this wizard, 0 to 1; becomes part of the id of a run. */
  readonly random: number;
  /** Documents a second that a cluster took in its last load, by address. */
  readonly speeds: Readonly<Record<string, number>>;
  /** Documents a second that a cluster would take, from a trial that wrote nothing; by address. */
  readonly trials: Readonly<Record<string, number>>;
  /** Some of the first answers are those of the last time. */
  readonly remembered: boolean;
  /** Settings before each change in Tune, the latest last. */
  readonly undo: readonly Settings[];
  /** One sentence about what just changed, until the next key. */
  readonly notice: string | undefined;
  /** When Ctrl+C was pressed once. */
  readonly interruptedMs: number | undefined;
  /** Leave with this exit code as soon as the work has stopped. */
  readonly leaving: number | undefined;
  /** The moment the data is planned for. */
  readonly nowMs: number;
  readonly ended: boolean;
}

/** How fast this cluster is: as its last load showed, or a trial; undefined while neither is known. */
export function speedHere({ speeds, trials, answers }: WizardState): Speed | undefined {
  const { url } = answers.settings;
  const loaded = speeds[url];
  if (loaded !== undefined) return { documentsPerSecond: loaded, from: 'load' };
  const tried = trials[url];
  return tried === undefined ? undefined : { documentsPerSecond: tried, from: 'trial' };
}

/** The data as it will be, as far as it is planned. */
export function plannedOf({ forecast }: WizardState): Forecast | undefined {
  return forecast.state === 'ready' ? forecast.forecast : undefined;
}

/** The catalog's entries that are part of the data, in the catalog's order. */
export function chosenEntries({ catalog, answers }: WizardState): readonly CatalogEntry[] {
  if (catalog.state !== 'ready') return [];
  const { presets } = answers.settings;
  return catalog.entries.filter(({ preset, flag }) =>
    presets.length === 0 ? preset.id === flag : presets.includes(flag) || presets.includes(preset.id),
  );
}

/** The same state with something changed about the first step; elsewhere nothing changes. */
export function onConnect(state: WizardState, changes: Partial<ConnectStep>): WizardState {
  return state.step.name === 'connect' ? { ...state, step: { ...state.step, ...changes } } : state;
}
