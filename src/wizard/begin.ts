// The first state, and what is done at once.
import type { Secrets } from '../options/connection.ts';
import type { Settings } from '../options/settings.ts';
import { startNode } from './connect.ts';
import { climbLadder } from './ladder.ts';
import { beginLive } from './live.ts';
import type { LiveStart, OpenRun } from './services.ts';
import { leftoversOf, secretsOf } from './start.ts';
import type { WizardState } from './state.ts';
import { connectStep, START } from './steps.ts';
import { andThen, next, type Transition } from './transition.ts';

/** What a wizard begins with. */
export interface Beginning extends Secrets {
  /** `seed` is set. */
  readonly settings: Settings;
  /** 0 to 1, drawn anew for each wizard: keeps runs apart that start together with the same seed. */
  readonly random: number;
  /** Runs that did not end, the latest first. */
  readonly unfinished?: readonly OpenRun[];
  /** Documents a second that a cluster took in its last load, by address. */
  readonly speeds?: Readonly<Record<string, number>>;
  /** Some of the settings are those of the last time. */
  readonly remembered?: boolean;
  /** The command `live`: its screen, and nothing before or after it. */
  readonly live?: LiveStart;
}

/** The first frame: the address is being tried without a sign-in (or the local node started) while it is read, and the presets are fetched behind it. */
export function begin(
  { settings, random, unfinished = [], speeds = {}, remembered = false, live, ...secrets }: Beginning,
  nowMs: number,
): Transition {
  const state: WizardState = {
    step: unfinished.length > 0 ? START : connectStep({ edited: false }),
    unfinished,
    leftovers: leftoversOf(unfinished).leftovers,
    resuming: undefined,
    answers: { ...secretsOf(secrets), address: settings.url, settings, replace: undefined },
    connection: { state: 'idle', rungs: [] },
    node: { state: 'off' },
    catalog: { state: 'loading' },
    forecast: { state: 'none' },
    gallery: { state: 'none' },
    indexStatus: { state: 'unknown' },
    run: undefined,
    live: undefined,
    dashboards: { state: 'unknown' },
    offered: undefined,
    container: false,
    nodeStopped: false,
    guide: undefined,
    random,
    speeds,
    trials: {},
    remembered,
    undo: [],
    notice: undefined,
    interruptedMs: undefined,
    leaving: undefined,
    nowMs: settings.now ? Date.parse(settings.now) : nowMs,
    ended: false,
  };
  if (live) return beginLive(state, live);
  return andThen(next(state, { type: 'load-planner' }, ...leftoversOf(unfinished).effects), (first) =>
    settings.local ? startNode(first, nowMs) : climbLadder(first, nowMs),
  );
}
