// What an index remembers of the run that made it, and how a plan is made from that again.
import manifest from '../../../package.json' with { type: 'json' };
import { AppError } from '../../errors/app-error.ts';
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import { DAY_MS } from '../plan/durations.ts';
import { makePlan, type Plan } from '../plan/index.ts';
import { MOST_LIVE_MS } from '../plan/live-incidents.ts';
import type { PlanInput } from '../plan/make-plan.ts';
import { checkParameters, PARAMETERS } from '../plan/parameters.ts';
import { unpackLive } from './packed-live.ts';
import { packPresets, unpackPresets } from './packed-presets.ts';

/** The `_meta` of an index or a mapping file. */
export function metaOf({
  plan,
  toolVersion,
  run,
}: {
  plan: Plan;
  toolVersion: string;
  run: string;
}): RunMeta {
  return {
    tool: 'incident-demo',
    version: toolVersion,
    run,
    key: plan.key,
    seed: plan.parameters.seed,
    now: new Date(plan.nowMs).toISOString(),
    parameters: { ...plan.parameters },
    presets: packPresets(plan.presets),
  };
}

/**
 * The plan of the run that made an index. Throws AppError `not-a-run` when what the index remembers is not whole, and
 * `other-plan` when another version made it, whose plans were others.
 */
export function planOf(index: string, meta: RunMeta): Plan {
  const plan = wholePlan(index, meta);
  assertSamePlan(index, meta, plan);
  return plan;
}

/** Throws AppError `other-plan` where a plan is not that of the run that made an index. */
export function assertSamePlan(index: string, meta: RunMeta, { key }: Pick<Plan, 'key'>): void {
  if (key !== meta.key)
    throw new AppError('other-plan', { index, made: meta.version, here: manifest.version });
}

/** What this version makes of what an index remembers. Throws AppError `not-a-run` when that is not whole. */
export function wholePlan(index: string, meta: RunMeta): Plan {
  try {
    return makePlan(inputFrom(meta));
  } catch (error) {
    throw new AppError('not-a-run', { index }, { cause: error });
  }
}

/** Data reaches from the demo day to now; each end may lie up to a day away by its time zone. */
const MAX_DAYS = PARAMETERS.days.max + 2;

/** What the plan of an index is made from. Throws AppError `not-a-run` when what the index remembers is not whole. */
export function planInputOf(index: string, meta: RunMeta): PlanInput {
  try {
    return inputFrom(meta);
  } catch (error) {
    throw new AppError('not-a-run', { index }, { cause: error });
  }
}

function inputFrom(meta: RunMeta): PlanInput {
  const { parameters } = meta;
  const presets = unpackPresets(meta.presets);
  const live = meta.live === undefined ? undefined : unpackLive(meta.live);
  const nowMs = Date.parse(meta.now);
  checkParameters(parameters);
  const reachMs = Math.abs(nowMs - Date.parse(parameters.demoDay ?? meta.now));
  if (!(reachMs <= MAX_DAYS * DAY_MS)) throw new RangeError('the clock of the run is not near its demo day');
  if (live && !(live.untilMs - nowMs <= MOST_LIVE_MS))
    throw new RangeError('the shop cannot have been live for so long');
  return { parameters, presets, nowMs, live };
}
