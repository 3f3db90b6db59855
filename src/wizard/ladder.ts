// The ladder as it is climbed: rung by rung, again on request, again and again while a cluster starts.
import type { LadderStep } from '../core/cluster/types.ts';
import type { AppError } from '../errors/app-error.ts';
import type { Effect } from './events.ts';
import { goOn } from './leave-connect.ts';
import { connectionOf, type Wizard } from './state.ts';
import { onConnect } from './steps.ts';
import { type Transition, to } from './transition.ts';

function climbEffect({ answers }: Wizard, delayMs: number): Effect {
  return { type: 'climb', connection: connectionOf(answers), settings: answers.settings, delayMs };
}

/** Tries the address from the first rung on. */
export function climb(state: Wizard, nowMs: number, delayMs = 0): Transition {
  return to(
    { ...state, link: { state: 'climbing', rungs: [], sinceMs: nowMs } },
    climbEffect(state, delayMs),
  );
}

/** Tries once more, or every so often; the panel stays in view meanwhile. */
export function retry(state: Wizard, nowMs: number, everyMs?: number): Transition {
  if (state.link.state !== 'down') return climb(state, nowMs);
  const planned = { atMs: nowMs + (everyMs ?? 0), rungs: [], ...(everyMs ? { everyMs } : {}) };
  return to({ ...state, link: { ...state.link, retry: planned } }, climbEffect(state, everyMs ?? 0));
}

/** A rung of the ladder; while the panel is in view it is kept aside. */
export function addRung(state: Wizard, rung: LadderStep, nowMs: number): Transition {
  const { link } = state;
  const added = (rungs: readonly LadderStep[]) => [
    ...rungs.filter((known) => known.rung !== rung.rung),
    rung,
  ];
  if (link.state === 'climbing') {
    if (rung.state === 'failed' && rung.error) return fail(state, added(link.rungs), rung.error);
    const sinceMs = rung.state === 'checking' ? nowMs : link.sinceMs;
    return to({ ...state, link: { ...link, rungs: added(link.rungs), sinceMs } });
  }
  if (link.state === 'down' && link.retry) {
    const rungs = added(link.retry.rungs);
    if (rung.state === 'failed' && rung.error) return failAgain(state, rungs, rung.error);
    return to({ ...state, link: { ...link, retry: { ...link.retry, rungs } } });
  }
  return to(state);
}

/** The ladder could not be climbed at all. */
export function climbFailed(state: Wizard, error: AppError): Transition {
  const { link } = state;
  if (link.state === 'climbing') return fail(state, link.rungs, error);
  return link.state === 'down' && link.retry ? failAgain(state, link.retry.rungs, error) : to(state);
}

function fail(state: Wizard, rungs: readonly LadderStep[], error: AppError): Transition {
  const next: Wizard = { ...state, link: { state: 'down', rungs, error } };
  if (state.step.name !== 'connect') return to(next);
  const open = state.step.going || !state.step.touched;
  return to(onConnect(next, open ? { view: 'problem', going: false } : { going: false }));
}

function failAgain(state: Wizard, rungs: readonly LadderStep[], error: AppError): Transition {
  const { link } = state;
  const retry = link.state === 'down' ? link.retry : undefined;
  // A second failure can come so fast that nobody would see that it was tried.
  const same = link.state === 'down' && link.error.code === error.code;
  const notice = same ? 'Tried again; it is still so' : state.notice;
  if (!retry?.everyMs) return to({ ...state, notice, link: { state: 'down', rungs, error } });
  const next = { ...retry, atMs: retry.atMs + retry.everyMs, rungs: [] };
  return to(
    { ...state, link: { state: 'down', rungs, error, retry: next } },
    climbEffect(state, retry.everyMs),
  );
}

/** Every rung held. */
export function climbed(state: Wizard, nowMs: number): Transition {
  const { link, step } = state;
  const rungs =
    link.state === 'climbing' ? link.rungs : link.state === 'down' ? link.retry?.rungs : undefined;
  if (!rungs) return to(state);
  const up: Wizard = { ...state, link: { state: 'up', rungs } };
  if (step.name !== 'connect') return to(up);
  return step.going ? goOn(up, nowMs) : to(onConnect(up, { view: 'form', touched: true }));
}
