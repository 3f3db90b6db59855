// The first step: an address, a ladder that fills in as it is typed, and a local node when nothing answers.
import type { NodeEvent } from '../core/events.ts';
import { asAppError } from '../errors/app-error.ts';
import type { Settings } from '../options/settings.ts';
import { parseUrls } from '../options/values.ts';
import { dropWork } from './discard-run.ts';
import type { Intent } from './events.ts';
import { climb, retry } from './ladder.ts';
import { goOn } from './leave-connect.ts';
import { type RecoveryId, WAIT_MS } from './recovery.ts';
import type { Answers, ConnectField, Wizard } from './state.ts';
import { onConnect, START } from './steps.ts';
import { chain, type Transition, to } from './transition.ts';

/** How long typing must rest before the address is tried. */
const DEBOUNCE_MS = 400;

/** New answers about the connection: what was known about the old cluster no longer counts. */
function reconnect(state: Wizard, answers: Answers, nowMs: number, delayMs: number): Transition {
  const base = dropWork(state, 'The cluster changed');
  // What may happen to an index was decided about the index of the cluster before.
  const onConflict = state.place.state === 'taken' ? 'fail' : base.answers.settings.onConflict;
  const settings: Settings = { ...answers.settings, onConflict };
  const changed: Wizard = {
    ...onConnect(base, { touched: true, going: false, view: 'form' }),
    answers: { ...answers, settings, replace: undefined },
    place: { state: 'unknown' },
  };
  return climb(changed, nowMs, delayMs);
}

function editAddress(state: Wizard, text: string, nowMs: number, delayMs: number): Transition {
  const answers = { ...state.answers, address: text };
  try {
    const url = parseUrls(text);
    const { fingerprint } = answers.settings;
    // A certificate is trusted at one address only.
    const trusted = url === answers.settings.url ? fingerprint : undefined;
    const settings: Settings = { ...answers.settings, url, local: false, fingerprint: trusted };
    return reconnect(state, { ...answers, settings }, nowMs, delayMs);
  } catch (error) {
    const unreadable: Wizard = {
      ...onConnect(state, { touched: true, going: false, view: 'form' }),
      answers,
      link: { state: 'unreadable', error: asAppError(error) },
    };
    return to(unreadable, { type: 'cancel', effects: ['climb'] });
  }
}

function editSettings(state: Wizard, changes: Partial<Settings>, nowMs: number): Transition {
  const settings = { ...state.answers.settings, ...changes };
  return reconnect(state, { ...state.answers, settings }, nowMs, DEBOUNCE_MS);
}

type ConnectIntent = Extract<
  Intent,
  { type: 'address' | 'username' | 'password' | 'ca-file' | 'insecure' | 'field' }
>;

/** Typing in the connection form. Outside that step nothing happens. */
export function typeConnection(state: Wizard, intent: ConnectIntent, nowMs: number): Transition {
  if (state.step.name !== 'connect') return to(state);
  const { answers } = state;
  switch (intent.type) {
    case 'address':
      return intent.text === answers.address
        ? to(state)
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
      return to(onConnect(state, { field: intent.field }));
  }
}

/** Enter in the connection form: on to the next step, or to what stands in the way. */
export function leaveConnect(state: Wizard, nowMs: number): Transition {
  if (state.step.name !== 'connect' || state.node.state === 'starting') return to(state);
  if (state.link.state === 'climbing') return to(onConnect(state, { going: true }));
  if (state.link.state === 'idle') return climb(onConnect(state, { going: true }), nowMs);
  if (state.link.state === 'down') return to(onConnect(state, { view: 'problem' }));
  if (state.link.state === 'unreadable') return to(state);
  return goOn(state, nowMs);
}

/** One step back inside the form: out of the panel, or away from a node that is starting. */
export function backInConnect(state: Wizard): Transition {
  if (state.node.state !== 'off') {
    return to({ ...state, node: { state: 'off' } }, { type: 'cancel', effects: ['start-node'] });
  }
  const { link } = state;
  const inForm = state.step.name === 'connect' && state.step.view === 'form';
  if (inForm && link.state === 'climbing') {
    const idle: Wizard = {
      ...onConnect(state, { touched: true, going: false }),
      link: { state: 'idle', rungs: [] },
    };
    return to(idle, { type: 'cancel', effects: ['climb'] });
  }
  if (inForm && state.unfinished.length > 0 && !state.work) return to({ ...state, step: START });
  const quiet = link.state === 'down' && link.retry;
  const next = onConnect(state, { view: 'form', touched: true, going: false });
  if (!quiet) return to(next);
  const { retry: _, ...still } = link;
  return to({ ...next, link: still }, { type: 'cancel', effects: ['climb'] });
}

/** A local node on its way up; when it is ready its address becomes the answer. */
export function nodeEvent(state: Wizard, event: NodeEvent, nowMs: number): Transition {
  if (state.node.state !== 'starting') return to(state);
  if (event.phase !== 'ready' || !event.url) {
    const events = [...state.node.events.filter(({ phase }) => phase !== event.phase), event];
    return to({ ...state, node: { ...state.node, events } });
  }
  const settings: Settings = { ...state.answers.settings, url: event.url, local: true };
  const answers = { ...state.answers, address: event.url, settings };
  const going = state.step.name === 'connect' && state.step.going;
  const next = reconnect({ ...state, node: { state: 'off' } }, answers, nowMs, 0);
  return { ...next, state: onConnect(next.state, { going }) };
}

/** Starts the local node; its address will be the answer. */
export function startNode(state: Wizard, nowMs: number): Transition {
  const node = { state: 'starting', events: [], sinceMs: nowMs } as const;
  return to({ ...state, node }, { type: 'start-node' });
}

const focus = (state: Wizard, field: ConnectField): Transition =>
  to(onConnect({ ...state, node: { state: 'off' } }, { view: 'form', field, touched: true }));

/** Trusts something else from now on, and tries again at once. */
function trust(state: Wizard, changes: Partial<Settings>, nowMs: number): Transition {
  const { answers } = state;
  return reconnect(state, { ...answers, settings: { ...answers.settings, ...changes } }, nowMs, 0);
}

/** Carries out an action of the connection's error panel. */
export function recoverConnection(state: Wizard, action: RecoveryId, nowMs: number): Transition {
  switch (action) {
    case 'start-node':
      return chain(backInConnect({ ...state, node: { state: 'off' } }), (calm) => startNode(calm, nowMs));
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
      const shown = state.link.state === 'down' ? state.link.error.values['fingerprint'] : undefined;
      if (typeof shown !== 'string') return to(state);
      return trust(state, { fingerprint: shown, insecure: false, caFile: undefined }, nowMs);
    }
    case 'other-url': {
      const url = state.link.state === 'down' ? state.link.error.values['otherUrl'] : undefined;
      return typeof url === 'string' ? editAddress(state, url, nowMs, 0) : to(state);
    }
    default:
      return to(state);
  }
}
