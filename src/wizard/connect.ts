// The first step: an address, a ladder that is climbed on Enter, and a local node when nothing answers.

import type { NodeEvent } from '../core/events.ts';
import type { RecoveryId } from '../errors/entry.ts';
import type { Settings } from '../options/settings.ts';
import { hasCredentials } from './answers.ts';
import { atAddress } from './at-address.ts';
import { climbLadder, retry } from './ladder.ts';
import { leaveConnect } from './leave-connect.ts';
import { WAIT_MS } from './recovery.ts';
import { changeSettings, fieldsOfKind, signInKind } from './sign-in.ts';
import type { WizardState } from './state.ts';
import { onConnect } from './state.ts';
import type { ConnectField } from './steps.ts';
import { START } from './steps.ts';
import { andThen, next, type Transition } from './transition.ts';
import { changed, readdressed } from './type-connection.ts';

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
  if (connection.state === 'climbing' && (connection.signIn || !hasCredentials(state.answers)))
    return next(going);
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
  return climbLadder(changed(state, changeSettings(state.answers, changes)), nowMs, { signIn: true });
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
      return focus(state, fieldsOfKind(signInKind(state))[0]);
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
