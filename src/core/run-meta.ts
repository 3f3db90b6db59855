// What an index remembers of the run that made it, and how a plan is made from that again.
import type { RunMeta } from './cluster/types.ts';
import { makePlan, type Plan } from './plan/index.ts';
import type { Preset } from './plan/preset.ts';
import type { PlanParameters } from './plan/types.ts';

/** The `_meta` of an index or a mapping file. */
export function metaOf({
  plan,
  presets,
  toolVersion,
  run,
}: {
  plan: Plan;
  presets: readonly Preset[];
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
    presets,
  };
}

/** The plan of the run that made an index. */
export function planOf(meta: RunMeta): Plan {
  return makePlan({
    parameters: meta.parameters as unknown as PlanParameters,
    presets: meta.presets as readonly Preset[],
    nowMs: Date.parse(meta.now),
  });
}
