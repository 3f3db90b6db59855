// The wizard outside any front: holds the state, runs what the reducer wants done, notifies its listeners.
import { asAppError } from '../errors/app-error.ts';
import { type Beginning, begin } from './begin.ts';
import type { Memory } from './effects/context.ts';
import { runEffect } from './effects/run-effect.ts';
import type { Effect, Intent, WizardEvent } from './events.ts';
import { reduce } from './reducer.ts';
import type { Services } from './services.ts';
import type { WizardState } from './state.ts';
import type { Transition } from './transition.ts';

export interface Session {
  /** Calls the listener after each change; returns how to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => WizardState;
  readonly send: (intent: Intent) => void;
  /** The exit code, once the wizard is left. */
  readonly ended: Promise<number>;
  readonly services: Services;
}

export interface SessionOptions extends Beginning {
  readonly services: Services;
}

/** A plan that takes longer than this is not waited for. */
const PLANNING_MS = 40;

/** A wizard. It begins to work with the first listener, so that nothing comes before the first frame. */
export function createSession({ services, ...beginning }: SessionOptions): Session {
  const listeners = new Set<() => void>();
  const running = new Map<Effect['type'], AbortController>();
  const memory: Memory = {};
  let leave: (exit: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    leave = resolve;
  });

  const stop = (type: Effect['type']) => {
    running.get(type)?.abort();
    running.delete(type);
  };

  const start = (effect: Effect) => {
    stop(effect.type);
    const controller = new AbortController();
    const { signal } = controller;
    running.set(effect.type, controller);
    // A stopped run is listened to until its last event; of everything else nothing more is heard.
    const current = () => running.get(effect.type) === controller;
    const dispatch = (event: WizardEvent) => {
      if (current()) apply(reduce(state, event, services.now()));
    };
    runEffect({ effect, services, memory, signal, dispatch }).catch((error: unknown) => {
      dispatch({ type: 'run-failed', error: asAppError(error) });
    });
  };

  const carryOut = (effect: Effect) => {
    switch (effect.type) {
      case 'cancel':
        effect.effects.forEach(stop);
        break;
      case 'stop-run':
        running.get('run')?.abort();
        break;
      case 'stop-live':
        running.get('live')?.abort();
        break;
      case 'quit':
        for (const type of [...running.keys()]) stop(type);
        leave(effect.exit);
        break;
      default:
        start(effect);
    }
  };

  let planning: NodeJS.Timeout | undefined;
  const notify = () => {
    clearTimeout(planning);
    planning = undefined;
    for (const listener of [...listeners]) listener();
  };

  const apply = ({ state: after, effects }: Transition) => {
    const changed = after !== state;
    state = after;
    effects.forEach(carryOut);
    // A changed answer and the plan that follows from it arrive together, so that one frame shows both.
    if (effects.some(({ type }) => type === 'forecast')) planning ??= setTimeout(notify, PLANNING_MS);
    else if (changed) notify();
  };

  const first = begin(beginning, services.now());
  let state = first.state;
  let waiting: readonly Effect[] = first.effects;
  const beginOnce = () => {
    const effects = waiting;
    waiting = [];
    effects.forEach(carryOut);
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      beginOnce();
      return () => listeners.delete(listener);
    },
    getSnapshot: () => state,
    send: (intent) => apply(reduce(state, intent, services.now())),
    ended,
    services,
  };
}
