// Everything the wizard knows at a moment. Plain data, but for the errors and the chart series of a forecast.

import { signsIn } from '../core/cluster/credentials.ts';
import type { IndexState } from '../core/cluster/indexes/run-meta.ts';
import type { Connection, LadderStep } from '../core/cluster/types.ts';
import type { CheckResult, LoadProgress, NodeEvent, RefusedGroup, RunDone } from '../core/events.ts';
import type { LoadLimits } from '../core/load/control.ts';
import type { AppError } from '../errors/app-error.ts';
import { bearerToken, connectionOf, type Secrets } from '../options/connection.ts';
import type { Settings } from '../options/settings.ts';
import { defaultSettings } from '../options/table.ts';
import type { LiveView } from './live-view.ts';
import type { CatalogEntry, Demo, Forecast, OpenRun } from './services.ts';

export const STEPS = ['connect', 'scenario', 'tune', 'review', 'load', 'check', 'next'] as const;
export type StepName = (typeof STEPS)[number];

/** The fields of the connection form. */
export type ConnectField =
  | 'address'
  | 'username'
  | 'password'
  | 'token'
  | 'clientCert'
  | 'clientKey'
  | 'keyPassphrase'
  | 'caFile'
  | 'insecure';

/** The kinds of sign-in that the connection form offers. */
export type SignInKind = 'user' | 'token' | 'certificate';

export type Step =
  | {
      /** Before the first step, when a run did not end. */
      readonly name: 'start';
      readonly view: 'choices' | 'remove' | 'removing' | 'problem';
      readonly error?: AppError;
    }
  | {
      readonly name: 'connect';
      readonly view: 'form' | 'problem';
      readonly field: ConnectField;
      /** The kind of sign-in that was asked for; left out, it follows from the answers. */
      readonly kind?: SignInKind;
      /** Something was typed or chosen: a failed attempt no longer opens the panel by itself. */
      readonly edited: boolean;
      /** Go on as soon as the cluster answers. */
      readonly advanceWhenReady: boolean;
    }
  | {
      readonly name: 'scenario';
      /** `file`: the path of a preset of one's own is being typed. */
      readonly view: 'list' | 'file';
      /** Why the file that was typed last cannot be used. */
      readonly error?: AppError;
    }
  | { readonly name: 'tune' }
  | {
      readonly name: 'review';
      readonly view: 'summary' | 'index' | 'name' | 'replace' | 'problem';
      /** Load as soon as the second look at the index shows no change. */
      readonly advanceWhenReady: boolean;
    }
  | { readonly name: 'load'; readonly view: 'progress' | 'leave' | 'silent' | 'problem' }
  | {
      readonly name: 'check';
      /** Id of a failed check whose panel is open. */
      readonly failed?: string;
    }
  | {
      readonly name: 'next';
      /**
       * `remove` and `stop` ask for confirmation before the index is deleted and the local node stopped; in `address`
       * that of a Dashboards is typed.
       */
      readonly view: 'advice' | 'remove' | 'removing' | 'stop' | 'stopping' | 'address' | 'problem';
      /** Why what was typed is no address. */
      readonly wrong?: string;
      readonly error?: AppError;
    }
  /** Beside the steps: the shop goes on in real time. */
  | { readonly name: 'live' };

/** The presets, as one comes to them. */
export const SCENARIO: Step = { name: 'scenario', view: 'list' };

/** What the person said. Going back changes none of it. */
export interface Answers extends Secrets {
  /** As typed; `settings.url` follows it as long as it can be read. */
  readonly address: string;
  /** `seed` is always set. */
  readonly settings: Settings;
  /** The name of the index that may be replaced, typed by the person. */
  readonly replace: string | undefined;
}

export type ConnectionState =
  | { readonly state: 'unreadable'; readonly error: AppError }
  /** Not tried yet, or no longer: Enter tries it. */
  | { readonly state: 'idle'; readonly rungs: readonly LadderStep[] }
  | {
      readonly state: 'climbing';
      readonly rungs: readonly LadderStep[];
      /** When the rung that is being checked was reached. */
      readonly sinceMs: number;
      /** Enter was pressed: credentials are sent, too. Without it the ladder ends before them. */
      readonly signIn: boolean;
    }
  | { readonly state: 'up'; readonly rungs: readonly LadderStep[] }
  | {
      readonly state: 'down';
      readonly rungs: readonly LadderStep[];
      readonly error: AppError;
      /** It is being tried again, or will be at this time; the panel stays in view meanwhile. */
      readonly retry?: Retry;
    };

interface Retry {
  readonly atMs: number;
  /** Tried again and again, this far apart; left out, only once. */
  readonly everyMs?: number;
  readonly rungs: readonly LadderStep[];
}

export type LocalNode =
  | { readonly state: 'off' }
  | { readonly state: 'starting'; readonly events: readonly NodeEvent[]; readonly sinceMs: number }
  | { readonly state: 'failed'; readonly error: AppError };

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

/** The speed at one moment of the load, for its chart. */
export interface Rate {
  readonly elapsedMs: number;
  readonly documentsPerSecond: number;
  readonly throttled: boolean;
}

/** A run, or the checks alone, from its first event to its last. */
export interface RunView {
  readonly kind: 'run' | 'check';
  /** Of the run; for the checks alone, of the run that made the index. */
  readonly id: string;
  /** `checking`: only the checks are running, which changes nothing in the cluster. */
  readonly status: 'running' | 'checking' | 'stopping' | 'ended';
  readonly startedMs: number;
  readonly url?: string;
  readonly index?: { readonly name: string; readonly action: 'created' | 'replaced' | 'appended' };
  /** Expected number of documents, then the exact one. */
  readonly planned?: number;
  readonly progress?: LoadProgress;
  readonly rates: readonly Rate[];
  readonly limits: LoadLimits;
  /** A cluster that has been silent for this long is worth a question, ms. */
  readonly patienceMs: number;
  /** Why documents were refused, and the file that keeps them. */
  readonly refusals: readonly RefusedGroup[];
  readonly refusedFile?: string;
  readonly loaded: boolean;
  /** Number of checks to come. */
  readonly total?: number;
  readonly checks: readonly CheckResult[];
  readonly log: readonly string[];
  /** For the checks alone: what the index remembers of the plan it was made from. */
  readonly demo?: Demo;
  readonly done?: RunDone;
  /** Documents that were deleted again afterwards, with the index that the run had made. */
  readonly removed?: number;
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

/** What the cluster is reached with. The local node listens on this machine only and knows no sign-in. */
export function wizardConnection({ settings, password, token, keyPassphrase }: Answers): Connection {
  if (settings.local) return { url: settings.url };
  return connectionOf(settings, {
    keyPassphrase,
    token: token === undefined ? undefined : bearerToken(token),
    password: settings.username ? password : undefined,
  });
}

/** True when what is known so far would be shown to the cluster as credentials. */
export const hasCredentials = ({ answers }: WizardState): boolean => signsIn(wizardConnection(answers));

/** How fast this cluster is: as its last load showed, or a trial; undefined while neither is known. */
export function speedHere({ speeds, trials, answers }: WizardState): Speed | undefined {
  const { url } = answers.settings;
  const loaded = speeds[url];
  if (loaded !== undefined) return { documentsPerSecond: loaded, from: 'load' };
  const tried = trials[url];
  return tried === undefined ? undefined : { documentsPerSecond: tried, from: 'trial' };
}

/** The settings of the run: the local node is found again by itself, whatever port it has then. */
export function runSettings({ settings }: Answers): Settings {
  return settings.local ? { ...settings, url: defaultSettings().url } : settings;
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
