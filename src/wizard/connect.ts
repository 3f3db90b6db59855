// The first step: an address, a ladder that is climbed on Enter, and a local node when nothing answers.

import { addressOf, isLoopback } from '../core/cluster/address.ts';
import { type LadderStep, RUNGS } from '../core/cluster/types.ts';
import type { NodeEvent } from '../core/events.ts';
import { asAppError } from '../errors/app-error.ts';
import type { RecoveryId } from '../errors/entry.ts';
import type { Settings } from '../options/settings.ts';
import { nodesOf, parseUrls } from '../options/values.ts';
import { atAddress } from './at-address.ts';
import { discardRun } from './discard-run.ts';
import type { Intent } from './events.ts';
import { climbLadder, retry } from './ladder.ts';
import { leaveConnect } from './leave-connect.ts';
import { WAIT_MS } from './recovery.ts';
import { type Answers, type ConnectField, hasCredentials, type WizardState } from './state.ts';
import { onConnect, START } from './steps.ts';
import { andThen, next, type Transition } from './transition.ts';

/** How long typing must rest before the address is tried. */
const DEBOUNCE_MS = 400;

/** New answers about the connection: what was known about the old cluster no longer counts. */
function changed(state: WizardState, answers: Answers): WizardState {
  const base = discardRun(state, 'The cluster changed');
  // What may happen to an index was decided about the index of the cluster before.
  const onConflict = state.indexStatus.state === 'taken' ? 'fail' : base.answers.settings.onConflict;
  const settings: Settings = { ...answers.settings, onConflict };
  return {
    ...onConnect(base, { edited: true, advanceWhenReady: false, view: 'form' }),
    answers: { ...answers, settings, replace: undefined },
    indexStatus: { state: 'unknown' },
    connection: { state: 'idle', rungs: [] },
  };
}

/** The rungs below the sign-in: what is typed about a user does not change them. */
function lowerRungs({ connection }: WizardState): readonly LadderStep[] {
  if (connection.state === 'unreadable') return [];
  const below = RUNGS.slice(0, RUNGS.indexOf('sign-in'));
  return connection.rungs.filter(({ rung, state }) => below.includes(rung) && state !== 'checking');
}

/** Nothing typed in part leaves this machine: the ladder waits for Enter. */
function typed(state: WizardState, answers: Answers, rungs: readonly LadderStep[] = []): Transition {
  const after: WizardState = { ...changed(state, answers), connection: { state: 'idle', rungs } };
  return next(after, { type: 'cancel', effects: ['climb'] });
}

/** The answers with another address, and a word where something of a sign-in went with the old one. */
function readdressed(state: WizardState, text: string): { answers: Answers; notice: string | undefined } {
  const moved = atAddress({ ...state.answers, address: text }, { url: parseUrls(text), local: false });
  const lost = (['password', 'token'] as const).find(
    (secret) => state.answers[secret] !== undefined && moved[secret] === undefined,
  );
  return { answers: moved, notice: lost && `The address changed: the ${lost} was cleared` };
}

function editAddress(state: WizardState, text: string, nowMs: number): Transition {
  const answers = { ...state.answers, address: text };
  try {
    const { answers: moved, notice } = readdressed(state, text);
    const idle = typed(notice ? { ...state, notice } : state, moved);
    const { url, nodes = [] } = nodesOf(moved.settings.url);
    // What stays on this machine may be tried while it is typed.
    const here = [url, ...nodes].every((each) => isLoopback(addressOf({ url: each }).host.toLowerCase()));
    return here ? climbLadder(idle.state, nowMs, { delayMs: DEBOUNCE_MS }) : idle;
  } catch (error) {
    const unreadable: WizardState = {
      ...onConnect(state, { edited: true, advanceWhenReady: false, view: 'form' }),
      answers,
      connection: { state: 'unreadable', error: asAppError(error) },
    };
    return next(unreadable, { type: 'cancel', effects: ['climb'] });
  }
}

const withSettings = ({ answers }: WizardState, changes: Partial<Settings>): Answers => ({
  ...answers,
  settings: { ...answers.settings, ...changes },
});

/** A user name that is typed takes the place of a token or of signed requests: one kind counts. */
function asUser(state: WizardState, username: string): Answers {
  const others = { tokenFile: undefined, awsRegion: undefined, awsService: undefined };
  if (username === '') return withSettings(state, { username: undefined });
  return { ...withSettings(state, { username, ...others }), token: undefined };
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
      return intent.text === answers.address ? next(state) : editAddress(state, intent.text, nowMs);
    case 'username':
      return typed(state, asUser(state, intent.text), lowerRungs(state));
    case 'password':
      return typed(state, { ...answers, password: intent.text || undefined }, lowerRungs(state));
    case 'ca-file':
      return typed(state, withSettings(state, { caFile: intent.text || undefined }));
    case 'insecure':
      return typed(state, withSettings(state, { insecure: intent.on, fingerprint: undefined }));
    case 'field':
      return next(onConnect(state, { field: intent.field }));
  }
}

/** True when a user name was typed and Enter leads to its password. */
export function wantsPassword({ step, connection, answers }: WizardState): boolean {
  const { username, local } = answers.settings;
  const typing = step.name === 'connect' && step.view === 'form' && step.field === 'username';
  return typing && connection.state === 'idle' && !local && Boolean(username) && !answers.password;
}

/** Enter in the connection form: on to the next step, or to what stands in the way. Only this signs in. */
export function submitConnect(state: WizardState, nowMs: number): Transition {
  if (state.step.name !== 'connect' || state.node.state === 'starting') return next(state);
  if (wantsPassword(state)) return next(onConnect(state, { field: 'password' }));
  const { connection } = state;
  const going = onConnect(state, { advanceWhenReady: true });
  if (connection.state === 'climbing' && (connection.signIn || !hasCredentials(state))) return next(going);
  if (connection.state === 'climbing' || connection.state === 'idle')
    return climbLadder(going, nowMs, { signIn: true });
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
  const answers = atAddress({ ...state.answers, address: event.url }, { url: event.url, local: true });
  const advanceWhenReady = state.step.name === 'connect' && state.step.advanceWhenReady;
  const after = climbLadder(
    changed({ ...state, node: { state: 'off' }, nodeStopped: false }, answers),
    nowMs,
  );
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
  return climbLadder(changed(state, withSettings(state, changes)), nowMs, { signIn: true });
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
    case 'allow-http':
      return trust(state, { allowHttp: true }, nowMs);
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
      if (typeof url !== 'string') return next(state);
      const { answers, notice } = readdressed(state, url);
      return climbLadder(changed({ ...state, notice }, answers), nowMs, { signIn: true });
    }
    default:
      return next(state);
  }
}
