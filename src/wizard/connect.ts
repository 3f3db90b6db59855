// The first step: an address, a ladder that fills in as it is typed, and a local node when nothing answers.
import type { NodeEvent } from '../core/events.ts';
import { asAppError } from '../errors/app-error.ts';
import type { RecoveryId } from '../errors/entry.ts';
import type { Settings } from '../options/settings.ts';
import { parseUrls } from '../options/values.ts';
import { discardRun } from './discard-run.ts';
import type { Intent } from './events.ts';
import { climbLadder, retry } from './ladder.ts';
import { leaveConnect } from './leave-connect.ts';
import { WAIT_MS } from './recovery.ts';
import type { Answers, ConnectField, WizardState } from './state.ts';
import { onConnect, START } from './steps.ts';
import { andThen, next, type Transition } from './transition.ts';

/** How long typing must rest before the address is tried. */
const DEBOUNCE_MS = 400;

/** New answers about the connection: what was known about the old cluster no longer counts. */
function reconnect(state: WizardState, answers: Answers, nowMs: number, delayMs: number): Transition {
  const base = discardRun(state, 'The cluster changed');
  // What may happen to an index was decided about the index of the cluster before.
  const onConflict = state.indexStatus.state === 'taken' ? 'fail' : base.answers.settings.onConflict;
  const settings: Settings = { ...answers.settings, onConflict };
  const changed: WizardState = {
    ...onConnect(base, { edited: true, advanceWhenReady: false, view: 'form' }),
    answers: { ...answers, settings, replace: undefined },
    indexStatus: { state: 'unknown' },
  };
  return climbLadder(changed, nowMs, delayMs);
}

function editAddress(state: WizardState, text: string, nowMs: number, delayMs: number): Transition {
  const answers = { ...state.answers, address: text };
  try {
    const url = parseUrls(text);
    const { fingerprint } = answers.settings;
    // A certificate is trusted at one address only.
    const trusted = url === answers.settings.url ? fingerprint : undefined;
    const settings: Settings = { ...answers.settings, url, local: false, fingerprint: trusted };
    return reconnect(state, { ...answers, settings }, nowMs, delayMs);
  } catch (error) {
    const unreadable: WizardState = {
      ...onConnect(state, { edited: true, advanceWhenReady: false, view: 'form' }),
      answers,
      connection: { state: 'unreadable', error: asAppError(error) },
    };
    return next(unreadable, { type: 'cancel', effects: ['climb'] });
  }
}

function editSettings(state: WizardState, changes: Partial<Settings>, nowMs: number): Transition {
  const settings = { ...state.answers.settings, ...changes };
  return reconnect(state, { ...state.answers, settings }, nowMs, DEBOUNCE_MS);
}

type ConnectIntent = Extract<
  Intent,
  { type: 'address' | 'username' | 'password' | 'ca-file' | 'insecure' | 'field' }
>;

/** Typing in the connection form. Outside that step nothing happens. */
export function typeConnection(state: WizardState, intent: ConnectIntent, nowMs: number): Transition {
  if (state.step.name !== 'connect') return next(state);
  const { answers } = state;
  switch (intent.type) {
    case 'address':
      return intent.text === answers.address
        ? next(state)
        : editAddress(state, intent.text, nowMs, DEBOUNCE_MS);
    case 'username':
      return editSettings(state, { username: intent.text || undefined }, nowMs);
    case 'password':
      return reconnect(state, { ...answers, password: intent.text || undefined }, nowMs, DEBOUNCE_MS);
    case 'ca-file':
      return editSettings(state, { caFile: intent.text || undefined }, nowMs);
    case 'insecure':
      return editSettings(state, { insecure: intent.on, fingerprint: undefined }, nowMs);
    case 'field':
      return next(onConnect(state, { field: intent.field }));
  }
}

/** Enter in the connection form: on to the next step, or to what stands in the way. */
export function submitConnect(state: WizardState, nowMs: number): Transition {
  if (state.step.name !== 'connect' || state.node.state === 'starting') return next(state);
  if (state.connection.state === 'climbing') return next(onConnect(state, { advanceWhenReady: true }));
  if (state.connection.state === 'idle')
    return climbLadder(onConnect(state, { advanceWhenReady: true }), nowMs);
  if (state.connection.state === 'down') return next(onConnect(state, { view: 'problem' }));
  if (state.connection.state === 'unreadable') return next(state);
  return leaveConnect(state, nowMs);
}

/** One step back inside the form: out of the panel, or away from a node that is starting. */
export function backInConnect(state: WizardState): Transition {
  if (state.node.state !== 'off') {
    return next({ ...state, node: { state: 'off' } }, { type: 'cancel', effects: ['start-local-node'] });
  }
  const { connection } = state;
  const inForm = state.step.name === 'connect' && state.step.view === 'form';
  if (inForm && connection.state === 'climbing') {
    const idle: WizardState = {
      ...onConnect(state, { edited: true, advanceWhenReady: false }),
      connection: { state: 'idle', rungs: [] },
    };
    return next(idle, { type: 'cancel', effects: ['climb'] });
  }
  if (inForm && state.unfinished.length > 0 && !state.run) return next({ ...state, step: START });
  const quiet = connection.state === 'down' && connection.retry;
  const after = onConnect(state, { view: 'form', edited: true, advanceWhenReady: false });
  if (!quiet) return next(after);
  const { retry: _, ...still } = connection;
  return next({ ...after, connection: still }, { type: 'cancel', effects: ['climb'] });
}

/** A local node on its way up; when it is ready its address becomes the answer. */
export function nodeEvent(state: WizardState, event: NodeEvent, nowMs: number): Transition {
  if (state.node.state !== 'starting') return next(state);
  if (event.phase !== 'ready' || !event.url) {
    const events = [...state.node.events.filter(({ phase }) => phase !== event.phase), event];
    return next({ ...state, node: { ...state.node, events } });
  }
  const settings: Settings = { ...state.answers.settings, url: event.url, local: true };
  const answers = { ...state.answers, address: event.url, settings };
  const advanceWhenReady = state.step.name === 'connect' && state.step.advanceWhenReady;
  const after = reconnect({ ...state, node: { state: 'off' } }, answers, nowMs, 0);
  return { ...after, state: onConnect(after.state, { advanceWhenReady }) };
}

/** Starts the local node; its address will be the answer. */
export function startNode(state: WizardState, nowMs: number): Transition {
  const node = { state: 'starting', events: [], sinceMs: nowMs } as const;
  return next({ ...state, node }, { type: 'start-local-node' });
}

const focus = (state: WizardState, field: ConnectField): Transition =>
  next(onConnect({ ...state, node: { state: 'off' } }, { view: 'form', field, edited: true }));

/** Trusts something else from now on, and tries again at once. */
function trust(state: WizardState, changes: Partial<Settings>, nowMs: number): Transition {
  const { answers } = state;
  return reconnect(state, { ...answers, settings: { ...answers.settings, ...changes } }, nowMs, 0);
}

/** Carries out an action of the connection's error panel. */
export function recoverConnection(state: WizardState, action: RecoveryId, nowMs: number): Transition {
  switch (action) {
    case 'start-node':
      return andThen(backInConnect({ ...state, node: { state: 'off' } }), (calm) => startNode(calm, nowMs));
    case 'edit-address': {
      const calm = backInConnect({ ...state, node: { state: 'off' } });
      return { state: focus(calm.state, 'address').state, effects: calm.effects };
    }
    case 'sign-in':
      return focus(state, 'username');
    case 'ca-file':
      return focus(state, 'caFile');
    case 'again':
      return retry(state, nowMs);
    case 'wait':
      return retry(state, nowMs, WAIT_MS);
    case 'insecure':
      return trust(state, { insecure: true, fingerprint: undefined }, nowMs);
    case 'trust': {
      const shown =
        state.connection.state === 'down' ? state.connection.error.values['fingerprint'] : undefined;
      if (typeof shown !== 'string') return next(state);
      return trust(state, { fingerprint: shown, insecure: false, caFile: undefined }, nowMs);
    }
    case 'other-url': {
      const url = state.connection.state === 'down' ? state.connection.error.values['otherUrl'] : undefined;
      return typeof url === 'string' ? editAddress(state, url, nowMs, 0) : next(state);
    }
    default:
      return next(state);
  }
}
