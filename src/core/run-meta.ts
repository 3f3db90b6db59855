// What an index remembers of the run that made it, and how a plan is made from that again.
import type { RunMeta } from './cluster/types.ts';
import { makePlan, type Plan } from './plan/index.ts';
import type { Preset } from './plan/preset.ts';
import type { Omitted, PlanParameters } from './plan/types.ts';

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
    presets: plan.presets,
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

/** Why a preset is not in the data, as one sentence. */
export function omittedText({ id, needsDays, reason }: Omitted): string {
  return reason === 'days'
    ? `${id} is left out: it needs --days ${needsDays} or more`
    : `${id} is left out: it is still to come on this day; --demo-day chooses the day`;
}
