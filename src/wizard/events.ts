// What can happen to the wizard, and what it then wants done.

import type { IndexState, RunMeta } from '../core/cluster/indexes/run-meta.ts';
import type { Connection, LadderStep } from '../core/cluster/types.ts';
import type { DashboardLink, NodeEvent, RunEvent } from '../core/events.ts';
import type { Gap } from '../core/live/gap.ts';
import type { LiveCommand, LiveEvent } from '../core/live/types.ts';
import type { LoadLimits } from '../core/load/control.ts';
import type { Preset } from '../core/plan/preset.ts';
import type { AppError } from '../errors/app-error.ts';
import type { RecoveryId } from '../errors/entry.ts';
import type { Settings } from '../options/settings.ts';
import type { LiveChange } from './live-view.ts';
import type {
  CatalogEntry,
  ClimbRequest,
  Demo,
  Forecast,
  ForecastRequest,
  InstallInput,
  LiveEntry,
  LiveInput,
  MadeRun,
  RemovedRun,
  RunInput,
  ValidateInput,
} from './services.ts';
import type { ConnectField, StepName } from './steps.ts';

/** What happens to an unfinished run. */
export type StartChoice = 'resume' | 'new' | 'remove' | 'forget';

export type IndexChoice = 'new' | 'append' | 'replace' | 'checks';

/** What is typed or chosen in the connection form. */
export type ConnectIntent =
  | { readonly type: 'address'; readonly text: string }
  | { readonly type: 'username'; readonly text: string }
  | { readonly type: 'password'; readonly text: string }
  | { readonly type: 'token'; readonly text: string }
  | { readonly type: 'client-cert'; readonly text: string }
  | { readonly type: 'client-key'; readonly text: string }
  | { readonly type: 'key-passphrase'; readonly text: string }
  /** Shows the fields of the next kind of sign-in. */
  | { readonly type: 'sign-in-kind' }
  | { readonly type: 'ca-file'; readonly text: string }
  | { readonly type: 'insecure'; readonly on: boolean }
  | { readonly type: 'field'; readonly field: ConnectField };

/** What a person does. */
export type Intent =
  | { readonly type: 'start-choice'; readonly choice: StartChoice }
  /** Asks for confirmation before the index of this run is deleted. */
  | { readonly type: 'ask-remove' }
  /** Yes, delete what the run made: the unfinished one, or the one that has just ended. */
  | { readonly type: 'remove-run' }
  | ConnectIntent
  | { readonly type: 'recover'; readonly action: RecoveryId }
  | { readonly type: 'preset'; readonly id: string; readonly on: boolean }
  /** Opens the line in which the path of a preset file is typed. */
  | { readonly type: 'preset-path' }
  | { readonly type: 'preset-file'; readonly path: string }
  | { readonly type: 'demo-day'; readonly day: string | undefined }
  | {
      readonly type: 'parameter';
      readonly key: keyof Settings;
      readonly value: Settings[keyof Settings];
      /** Part of the change before it, as one more digit is; both are undone together. */
      readonly merge?: boolean;
    }
  | { readonly type: 'undo' }
  | { readonly type: 'index-choice'; readonly choice: IndexChoice }
  | { readonly type: 'index-name'; readonly name: string }
  /** Whether the companion index names each incident. */
  | { readonly type: 'mark-incidents'; readonly on: boolean }
  /** Takes the default for every parameter of the data. */
  | { readonly type: 'defaults' }
  | { readonly type: 'replace-name'; readonly name: string }
  | { readonly type: 'review-view'; readonly view: 'summary' | 'index' | 'name' }
  | { readonly type: 'forward' }
  | { readonly type: 'back' }
  | { readonly type: 'go'; readonly to: StepName }
  /** Opens the panel of a failed check. */
  | { readonly type: 'check-panel'; readonly id: string }
  | { readonly type: 'check-again' }
  | { readonly type: 'install-dashboards' }
  /** Opens the line in which the address of a Dashboards is typed. */
  | { readonly type: 'ask-dashboards' }
  /** Installs the dashboards at the address that was typed. */
  | { readonly type: 'dashboards-address'; readonly text: string }
  /** Starts a Dashboards for the local node with Docker, and installs the dashboards there. */
  | { readonly type: 'start-dashboards' }
  /** Whether the run also installs the dashboards in the Dashboards that answers on this machine. */
  | { readonly type: 'want-dashboards'; readonly on: boolean }
  | { readonly type: 'read-guide' }
  /** Lets the shop go on in real time. */
  | { readonly type: 'go-live' }
  /** Starts an incident now: a type, the id of a preset, or `red_herring`; ends it when it is running. */
  | { readonly type: 'live-incident'; readonly what: string }
  /** Ends the incident that is running. */
  | { readonly type: 'live-recover' }
  | { readonly type: 'live-choice'; readonly change: LiveChange }
  /** What happens to the time since the last document. */
  | { readonly type: 'live-gap'; readonly gap: Gap }
  /** Asks for confirmation before the local node is stopped. */
  | { readonly type: 'ask-stop-node' }
  | { readonly type: 'stop-node' }
  /** Opens an address or a file in the browser. */
  | { readonly type: 'open-link'; readonly url: string }
  | { readonly type: 'stop' }
  /** Pauses the load, or resumes it. */
  | { readonly type: 'pause' }
  /** One worker more or less at most. */
  | { readonly type: 'senders'; readonly by: 1 | -1 }
  | { readonly type: 'interrupt' }
  /** Asked from outside (SIGTERM): stop safely, then leave with this exit code. */
  | { readonly type: 'terminate'; readonly exit: number };

/** What comes back from an effect. */
type Result =
  | { readonly type: 'leftovers'; readonly index: IndexState }
  | { readonly type: 'leftovers-failed'; readonly error: AppError }
  | ({ readonly type: 'run-removed' } & RemovedRun)
  | { readonly type: 'remove-failed'; readonly error: AppError }
  | { readonly type: 'catalog'; readonly entries: readonly CatalogEntry[] }
  | { readonly type: 'catalog-failed'; readonly error: AppError }
  | { readonly type: 'preset-read'; readonly entry: CatalogEntry }
  | { readonly type: 'preset-unread'; readonly error: AppError }
  | { readonly type: 'forecast'; readonly of: 'forecast' | 'gallery'; readonly forecast: Forecast }
  | { readonly type: 'index-plan'; readonly demo: Demo }
  | { readonly type: 'forecast-failed'; readonly of: 'forecast' | 'gallery'; readonly error: AppError }
  | { readonly type: 'rung'; readonly rung: LadderStep }
  | { readonly type: 'climbed' }
  | { readonly type: 'climb-failed'; readonly error: AppError }
  | { readonly type: 'node'; readonly event: NodeEvent }
  | { readonly type: 'node-failed'; readonly error: AppError }
  | { readonly type: 'index-state'; readonly index: IndexState; readonly freeName?: string }
  | { readonly type: 'index-failed'; readonly error: AppError }
  | { readonly type: 'run'; readonly event: RunEvent }
  | { readonly type: 'run-failed'; readonly error: AppError }
  | { readonly type: 'live'; readonly event: LiveEvent }
  | { readonly type: 'live-failed'; readonly error: AppError }
  | { readonly type: 'live-catalog'; readonly entries: readonly LiveEntry[] }
  /** What a trial of the cluster's speed has shown. */
  | { readonly type: 'tried'; readonly url: string; readonly documentsPerSecond: number }
  | { readonly type: 'dashboards-found'; readonly url: string }
  /** None answers on this machine; `docker` when one can be started. */
  | { readonly type: 'dashboards-absent'; readonly docker: boolean }
  | { readonly type: 'dashboards-started'; readonly url: string }
  | { readonly type: 'dashboards-not-started'; readonly error: AppError }
  | { readonly type: 'guide-read'; readonly lines: readonly string[] }
  | { readonly type: 'node-stopped' }
  | { readonly type: 'node-not-stopped'; readonly error: AppError }
  | { readonly type: 'dashboards-installed'; readonly links: readonly DashboardLink[] }
  | { readonly type: 'dashboards-failed'; readonly error: AppError }
  /** Whether a browser was opened. */
  | { readonly type: 'link-opened'; readonly ok: boolean }
  | { readonly type: 'disarm-interrupt' };

export type WizardEvent = Intent | Result;

/** Each kind of effect runs at most once at a time: a new one takes the place of the old one. */
export type Effect =
  | { readonly type: 'load-planner' }
  | { readonly type: 'inspect-leftovers'; readonly connection: Connection; readonly name: string }
  | { readonly type: 'remove-run'; readonly run: MadeRun; readonly connection: Connection }
  | { readonly type: 'forget-run'; readonly id: string }
  | {
      readonly type: 'remember';
      /** Left out, those that were kept before stay. */
      readonly settings?: Settings;
      readonly speeds: Readonly<Record<string, number>>;
    }
  | { readonly type: 'forecast'; readonly request: ForecastRequest }
  | { readonly type: 'gallery'; readonly request: ForecastRequest }
  | ({ readonly type: 'climb'; readonly delayMs: number } & ClimbRequest)
  | { readonly type: 'try-speed'; readonly connection: Connection }
  | { readonly type: 'start-local-node' }
  | { readonly type: 'read-preset'; readonly path: string }
  | { readonly type: 'inspect-index'; readonly connection: Connection; readonly name: string }
  | { readonly type: 'run'; readonly request: RunInput }
  /** Makes the plan again that an index remembers. */
  | { readonly type: 'plan-index'; readonly index: string; readonly meta: RunMeta }
  | { readonly type: 'validate-index'; readonly request: ValidateInput }
  /** `docker`: where none answers, finds out whether one can be started. */
  | { readonly type: 'find-dashboards'; readonly connection: Connection; readonly docker: boolean }
  | { readonly type: 'start-dashboards'; readonly nodeUrl: string }
  | { readonly type: 'stop-node' }
  | { readonly type: 'live'; readonly request: LiveInput }
  | { readonly type: 'load-live-catalog'; readonly presets: readonly Preset[] }
  | { readonly type: 'live-command'; readonly command: LiveCommand }
  | { readonly type: 'live-gap'; readonly gap: Gap }
  /** Asks the live shop to stop; its last events are still wanted. */
  | { readonly type: 'stop-live' }
  | { readonly type: 'read-guide'; readonly path: string }
  | ({ readonly type: 'install-dashboards' } & InstallInput)
  | { readonly type: 'open-link'; readonly url: string }
  | { readonly type: 'disarm-interrupt'; readonly delayMs: number }
  /** Ends these and ignores what they still say. */
  | { readonly type: 'cancel'; readonly effects: readonly Effect['type'][] }
  | { readonly type: 'set-limits'; readonly limits: LoadLimits }
  /** Asks the run to stop; its last events are still wanted. */
  | { readonly type: 'stop-run' }
  | { readonly type: 'quit'; readonly exit: number };
