// The shop goes on in real time after the load: incidents are started and ended by key.
import type { Gap } from '../core/live/gap.ts';
import type { LiveCommand, LiveEvent } from '../core/live/types.ts';
import { INCIDENT_MINUTES, RED_HERRING } from '../core/live-control/limits.ts';
import { SEVERITIES } from '../core/plan/labels.ts';
import type { AppError } from '../errors/app-error.ts';
import { EXIT } from '../errors/exit.ts';
import { grouped } from '../text/numbers.ts';
import { wizardConnection } from './answers.ts';
import type { LiveChange, LiveChoice, LiveView } from './live-view.ts';
import { isLate, liveProgress, newLiveView, runningHerring, runningIncident } from './live-view.ts';
import type { LiveEntry, LiveInput, LiveStart } from './services.ts';
import { chosenEntries, type WizardState } from './state.ts';
import type { Step } from './steps.ts';
import { NEXT } from './steps.ts';
import { next, type Transition } from './transition.ts';

const LIVE: Step = { name: 'live' };

/** People watch: with one session in so many, an incident shows within seconds of its key. */
const SHOWN_SAMPLE = 5;

/** How the next incident is, to begin with. */
const firstChoice = ({ answers: { settings } }: WizardState): LiveChoice => ({
  severity: settings.severity,
  minutes: settings.minutes,
  presets: false,
});

/** True when the index of the run can go on living: it is there, loaded and ours. */
export function livable({ run, nodeStopped }: WizardState): boolean {
  return run?.status === 'ended' && run.done !== undefined && run.removed === undefined && !nodeStopped;
}

/** The live shop of this index that was stopped before. */
const earlierIn = ({ live }: WizardState, index: string): LiveView | undefined =>
  live?.begun?.index === index ? live : undefined;

function started(
  state: WizardState,
  {
    from,
    index,
    presets,
    sample,
  }: Pick<LiveInput, 'from' | 'presets' | 'sample'> & { readonly index: string },
): Transition {
  const { answers } = state;
  const request: LiveInput = {
    settings: { ...answers.settings, index },
    presets,
    connection: wizardConnection(answers),
    ...{ from, sample },
  };
  const live = newLiveView(from, state.live?.choice ?? firstChoice(state), earlierIn(state, index));
  return next(
    { ...state, live, step: LIVE, notice: undefined },
    { type: 'live', request },
    { type: 'load-live-catalog', presets },
  );
}

/** From Next: the index of this run goes on from its last minute. */
export function goLive(state: WizardState): Transition {
  const { step, run, answers } = state;
  if (step.name !== 'next' || step.view !== 'advice' || !livable(state)) return next(state);
  const presets = chosenEntries(state).map(({ preset }) => preset);
  const sample = Math.min(SHOWN_SAMPLE, answers.settings.sample);
  return started(state, {
    from: 'next',
    index: run?.done?.index || answers.settings.index,
    ...{ presets, sample },
  });
}

/** The command `live`: nothing comes before the screen. */
export function beginLive(state: WizardState, { presets, sample }: LiveStart): Transition {
  return started(state, { from: 'command', index: state.answers.settings.index, presets, sample });
}

/** What can be started is known. */
export function catalogOfLive(state: WizardState, catalog: readonly LiveEntry[]): Transition {
  const { live } = state;
  if (!live) return next(state);
  const hasPresets = catalog.some(({ kind }) => kind === 'preset');
  const choice = { ...live.choice, presets: live.choice.presets && hasPresets };
  return next({ ...state, live: { ...live, catalog, choice } });
}

/** How it ended, and why when it failed. */
interface LiveEnd {
  readonly exit: number;
  readonly error?: { readonly message: string } | undefined;
}

/** An event of the live shop; after the last one the program is left, or Next is shown again. */
export function liveEvent(state: WizardState, event: LiveEvent): Transition {
  const { live } = state;
  if (!live || live.status === 'ended') return next(state);
  const after: WizardState = { ...state, live: liveProgress(live, event) };
  switch (event.type) {
    case 'command-refused':
      return next({ ...after, notice: event.reason });
    case 'notice':
      return next({ ...after, notice: event.text });
    case 'live-presets':
      return next(after, { type: 'load-live-catalog', presets: event.presets });
    case 'tick':
      return next(afterTick(after));
    case 'done':
      return ended(after, event);
    default:
      return next(after);
  }
}

/** What was said has been read after so many ticks. */
const READ_TICKS = 10;

/** The status line is cleared once it has been read; while the index is late, what is wrong stays. */
function afterTick(state: WizardState): WizardState {
  const { live, notice } = state;
  if (!live || notice === undefined) return state;
  const ticks = live.said?.notice === notice ? live.said.ticks + 1 : 0;
  if (ticks >= READ_TICKS && !isLate(live)) return { ...state, notice: undefined };
  return { ...state, live: { ...live, said: { notice, ticks } } };
}

function ended(state: WizardState, { exit, error }: LiveEnd): Transition {
  const { live, leaving } = state;
  // A stop that was asked for is no failure.
  const failed = error !== undefined && exit < EXIT.interrupted;
  if (leaving !== undefined || live?.from === 'command')
    return next({ ...state, ended: true }, { type: 'quit', exit: failed ? exit : (leaving ?? exit) });
  return next({ ...state, step: NEXT, notice: failed ? error.message : stoppedWords(live) });
}

/** What remains of it, once Next is shown again. */
function stoppedWords(live: LiveView | undefined): string {
  const added = live?.done?.documents.acknowledged ?? 0;
  return `Live stopped; ${grouped(added)} documents were added`;
}

/** A live shop never throws; when it does all the same, this is how it ends. */
export function liveFailed(state: WizardState, error: AppError): Transition {
  const { live } = state;
  if (!live) return next(state);
  const { message } = error;
  const failure = { message, actions: error.explain().actions };
  const failed: WizardState = { ...state, live: { ...live, status: 'ended', failure } };
  return ended(failed, { exit: error.exit, error });
}

/** Sends one at a time: it is carried out within a second. */
function sent(state: WizardState, command: LiveCommand): Transition {
  const { live } = state;
  if (!live || live.asked) return next(state);
  return next(
    { ...state, live: { ...live, asked: command }, notice: undefined },
    { type: 'live-command', command },
  );
}

/** Starts an incident with the choice that was made before; the same key ends it again. */
export function startIncident(state: WizardState, what: string): Transition {
  const { live } = state;
  if (live?.status !== 'running') return next(state);
  const running = runningIncident(live);
  if (running && isIt(running, what)) return endIncident(state);
  const herring = what === RED_HERRING ? runningHerring(live) : undefined;
  if (herring) return next({ ...state, notice: `${herring.title} is under way already, and ends by itself` });
  const { severity, minutes } = live.choice;
  const entry = live.catalog.find((one) => one.what === what);
  if (severity === 'silent' && entry?.silent === false)
    return next({ ...state, notice: `${entry.title} cannot be silent: s changes the severity` });
  return sent(state, { type: 'start', what, severity, durationMinutes: minutes });
}

/** What happens to the time since the last document. */
export function chooseGap(state: WizardState, gap: Gap): Transition {
  const { live } = state;
  if (live?.status !== 'asking') return next(state);
  return next({ ...state, live: { ...live, status: 'starting' } }, { type: 'live-gap', gap });
}

const isIt = ({ type, preset }: { type: string; preset?: string | null }, what: string) =>
  type === what || preset === what;

/** Ends the incident that is running. */
export function endIncident(state: WizardState): Transition {
  const { live } = state;
  return live?.status === 'running' && runningIncident(live) ? sent(state, { type: 'recover' }) : next(state);
}

/** What the next incident is like. */
export function chooseLive(state: WizardState, change: LiveChange): Transition {
  const { live } = state;
  if (!live) return next(state);
  const { severity, minutes, presets } = live.choice;
  const place = (SEVERITIES.indexOf(severity) + (change.severity ?? 0)) % SEVERITIES.length;
  const choice: LiveChoice = {
    severity: SEVERITIES[place] ?? severity,
    minutes: Math.max(INCIDENT_MINUTES.min, Math.min(INCIDENT_MINUTES.max, minutes + (change.minutes ?? 0))),
    presets: change.presets ?? presets,
  };
  return next({ ...state, live: { ...live, choice } });
}

/** True from its first event to its last. */
export const isLive = ({ live }: WizardState): boolean => live !== undefined && live.status !== 'ended';

/** Stops the live shop: what is on its way is still indexed. @param leaving exit code, when the program is left then. */
export function stopLive(state: WizardState, leaving?: number): Transition {
  const { live } = state;
  if (!live || live.status === 'ended') return next(state);
  const after: WizardState = leaving === undefined ? state : { ...state, leaving };
  if (live.status === 'stopping') return next(after);
  return next({ ...after, live: { ...live, status: 'stopping' } }, { type: 'stop-live' });
}

/** The dashboard of now, which refreshes itself; undefined where no dashboards are installed. */
export function liveLink({ live }: WizardState): string | undefined {
  return live?.begun?.dashboard;
}
