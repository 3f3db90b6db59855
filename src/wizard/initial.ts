// The first state, and what is done at once.
import type { Settings } from '../options.ts';
import { startNode } from './connect.ts';
import { connectStep } from './connect-step.ts';
import { climb } from './ladder.ts';
import type { Wizard } from './state.ts';
import { chain, type Transition, to } from './transition.ts';

/** The first frame: the address is being tried (or the local node started) while it is read, and the presets are fetched behind it. */
export function begin(settings: Settings, password: string | undefined, nowMs: number): Transition {
  const state: Wizard = {
    step: connectStep({ touched: false }),
    answers: { address: settings.url, password, settings, replace: undefined },
    link: { state: 'climbing', rungs: [], sinceMs: nowMs },
    node: { state: 'off' },
    catalog: { state: 'loading' },
    outlook: { state: 'none' },
    gallery: { state: 'none' },
    place: { state: 'unknown' },
    work: undefined,
    speed: undefined,
    undo: [],
    notice: undefined,
    interruptedMs: undefined,
    leaving: undefined,
    nowMs: settings.now ? Date.parse(settings.now) : nowMs,
    ended: false,
  };
  return chain(to(state, { type: 'load-planner' }), (first) =>
    settings.local ? startNode(first, nowMs) : climb(first, nowMs),
  );
}
