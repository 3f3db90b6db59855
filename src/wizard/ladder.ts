// The ladder as it is climbed: rung by rung, again on request, again and again while a cluster starts.
import type { LadderStep } from '../core/cluster/types.ts';
import type { AppError } from '../errors/app-error.ts';
import { hasCredentials, wizardConnection } from './answers.ts';
import type { Effect } from './events.ts';
import { leaveConnect } from './leave-connect.ts';
import type { WizardState } from './state.ts';
import { onConnect } from './state.ts';
import { next, type Transition } from './transition.ts';

interface Climb {
  readonly delayMs?: number;
  /** Send credentials, too; only Enter asks for that. */
  readonly signIn?: boolean;
}

function climbEffect({ answers }: WizardState, { delayMs = 0, signIn = false }: Climb): Effect {
  const { settings } = answers;
  return { type: 'climb', connection: wizardConnection(answers), settings, signIn, delayMs };
}

/** Tries the address from the first rung on. */
export function climbLadder(state: WizardState, nowMs: number, climb: Climb = {}): Transition {
  const { signIn = false } = climb;
  return next(
    { ...state, connection: { state: 'climbing', rungs: [], sinceMs: nowMs, signIn } },
    climbEffect(state, climb),
  );
}

/** Tries once more, or every so often; the panel stays in view meanwhile. */
export function retry(state: WizardState, nowMs: number, everyMs?: number): Transition {
  if (state.connection.state !== 'down') return climbLadder(state, nowMs, { signIn: true });
  const planned = { atMs: nowMs + (everyMs ?? 0), rungs: [], ...(everyMs ? { everyMs } : {}) };
  return next(
    { ...state, connection: { ...state.connection, retry: planned } },
    climbEffect(state, { delayMs: everyMs ?? 0, signIn: true }),
  );
}

/** A rung of the ladder; while the panel is in view it is kept aside. */
export function addRung(state: WizardState, rung: LadderStep, nowMs: number): Transition {
  const { connection } = state;
  const added = (rungs: readonly LadderStep[]) => [
    ...rungs.filter((known) => known.rung !== rung.rung),
    rung,
  ];
  if (connection.state === 'climbing') {
    if (rung.state === 'failed' && rung.error) return fail(state, added(connection.rungs), rung.error);
    const sinceMs = rung.state === 'checking' ? nowMs : connection.sinceMs;
    return next({ ...state, connection: { ...connection, rungs: added(connection.rungs), sinceMs } });
  }
  if (connection.state === 'down' && connection.retry) {
    const rungs = added(connection.retry.rungs);
    if (rung.state === 'failed' && rung.error) return failAgain(state, rungs, rung.error);
    return next({ ...state, connection: { ...connection, retry: { ...connection.retry, rungs } } });
  }
  return next(state);
}

/** The ladder could not be climbed at all. */
export function climbFailed(state: WizardState, error: AppError): Transition {
  const { connection } = state;
  if (connection.state === 'climbing') return fail(state, connection.rungs, error);
  return connection.state === 'down' && connection.retry
    ? failAgain(state, connection.retry.rungs, error)
    : next(state);
}

function fail(state: WizardState, rungs: readonly LadderStep[], error: AppError): Transition {
  const after: WizardState = { ...state, connection: { state: 'down', rungs, error } };
  if (state.step.name !== 'connect') return next(after);
  const open = state.step.advanceWhenReady || !state.step.edited;
  return next(
    onConnect(after, open ? { view: 'problem', advanceWhenReady: false } : { advanceWhenReady: false }),
  );
}

function failAgain(state: WizardState, rungs: readonly LadderStep[], error: AppError): Transition {
  const { connection } = state;
  const retry = connection.state === 'down' ? connection.retry : undefined;
  // A second failure can come so fast that the attempt would be invisible.
  const same = connection.state === 'down' && connection.error.code === error.code;
  const notice = same ? 'Tried again: same error' : state.notice;
  if (!retry?.everyMs) return next({ ...state, notice, connection: { state: 'down', rungs, error } });
  const after = { ...retry, atMs: retry.atMs + retry.everyMs, rungs: [] };
  return next(
    { ...state, connection: { state: 'down', rungs, error, retry: after } },
    climbEffect(state, { delayMs: retry.everyMs, signIn: true }),
  );
}

/** Every rung held that was tried. */
export function climbed(state: WizardState, nowMs: number): Transition {
  const { connection, step } = state;
  const rungs =
    connection.state === 'climbing'
      ? connection.rungs
      : connection.state === 'down'
        ? connection.retry?.rungs
        : undefined;
  if (!rungs) return next(state);
  // Up to the sign-in, which waits for Enter.
  if (connection.state === 'climbing' && !connection.signIn && hasCredentials(state.answers))
    return next({ ...state, connection: { state: 'idle', rungs } });
  const up: WizardState = { ...state, connection: { state: 'up', rungs } };
  if (step.name !== 'connect') return next(up);
  return step.advanceWhenReady
    ? leaveConnect(up, nowMs)
    : next(onConnect(up, { view: 'form', edited: true }));
}
