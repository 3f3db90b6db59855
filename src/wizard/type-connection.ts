// Typing in the connection form: what it changes, and that nothing typed in part leaves this machine.
import { addressOf, isLoopback } from '../core/cluster/address.ts';
import { type LadderStep, RUNGS } from '../core/cluster/types.ts';
import { asAppError } from '../errors/app-error.ts';
import type { Settings } from '../options/settings.ts';
import { nodesOf, parseUrls } from '../options/values.ts';
import type { Answers } from './answers.ts';
import { atAddress } from './at-address.ts';
import type { ConnectionState } from './connection-state.ts';
import { discardRun } from './discard-run.ts';
import type { ConnectIntent } from './events.ts';
import { climbLadder } from './ladder.ts';
import {
  asUser,
  changeSettings,
  fieldsOfKind,
  otherKind,
  unusable,
  withCertificate,
  withToken,
} from './sign-in.ts';
import type { WizardState } from './state.ts';
import { onConnect } from './state.ts';
import { next, type Transition } from './transition.ts';

/** How long typing must rest before the address is tried. */
const DEBOUNCE_MS = 400;

/** New answers about the connection: what was known about the old cluster no longer counts. */
export function changed(state: WizardState, answers: Answers): WizardState {
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
  const error = unusable(answers);
  const connection: ConnectionState = error ? { state: 'unreadable', error } : { state: 'idle', rungs };
  const after: WizardState = { ...changed(state, answers), connection };
  return next(after, { type: 'cancel', effects: ['climb'] });
}

/** The answers with another address, and a word where something of a sign-in went with the old one. */
export function readdressed(
  state: WizardState,
  text: string,
): { answers: Answers; notice: string | undefined } {
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
    return here && idle.state.connection.state === 'idle'
      ? climbLadder(idle.state, nowMs, { delayMs: DEBOUNCE_MS })
      : idle;
  } catch (error) {
    const unreadable: WizardState = {
      ...onConnect(state, { edited: true, advanceWhenReady: false, view: 'form' }),
      answers,
      connection: { state: 'unreadable', error: asAppError(error) },
    };
    return next(unreadable, { type: 'cancel', effects: ['climb'] });
  }
}

/** Typing in the connection form. Outside that step nothing happens. */
export function typeConnection(state: WizardState, intent: ConnectIntent, nowMs: number): Transition {
  if (state.step.name !== 'connect') return next(state);
  const { answers } = state;
  switch (intent.type) {
    case 'address':
      return intent.text === answers.address ? next(state) : editAddress(state, intent.text, nowMs);
    case 'username':
      return typed(state, asUser(answers, intent.text), lowerRungs(state));
    case 'password':
      return typed(state, { ...answers, password: intent.text || undefined }, lowerRungs(state));
    case 'token':
      return typed(state, withToken(answers, intent.text), lowerRungs(state));
    case 'client-cert':
      return typed(state, withCertificate(answers, 'clientCert', intent.text));
    case 'client-key':
      return typed(state, withCertificate(answers, 'clientKey', intent.text));
    case 'key-passphrase':
      return typed(state, withCertificate(answers, 'keyPassphrase', intent.text));
    case 'sign-in-kind': {
      const kind = otherKind(state);
      return next(onConnect(state, { kind, field: fieldsOfKind(kind)[0], edited: true }));
    }
    case 'ca-file':
      return typed(state, changeSettings(answers, { caFile: intent.text || undefined }));
    case 'insecure':
      return typed(state, changeSettings(answers, { insecure: intent.on, fingerprint: undefined }));
    case 'field':
      return next(onConnect(state, { field: intent.field }));
  }
}
