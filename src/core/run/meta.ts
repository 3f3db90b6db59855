// What an index remembers of the run that made it, and how a plan is made from that again.
import { AppError } from '../../errors/app-error.ts';
import type { RunMeta } from '../cluster/types.ts';
import { makePlan, type Plan } from '../plan/index.ts';
import { checkParameters } from '../plan/parameters.ts';
import type { Preset } from '../plan/preset.ts';
import { checkPreset } from '../plan/preset-schema.ts';
import type { Omitted } from '../plan/types.ts';

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

/** The plan of the run that made an index. Throws AppError `not-a-run` when what the index remembers is not whole. */
export function planOf(index: string, meta: RunMeta): Plan {
  try {
    return planFrom(meta);
  } catch (error) {
    throw new AppError('not-a-run', { index }, { cause: error });
  }
}

/** Data reaches from the demo day to now. */
const MOST_DAYS = 92;

function planFrom(meta: RunMeta): Plan {
  const { parameters, presets } = meta;
  const nowMs = Date.parse(meta.now);
  checkParameters(parameters);
  for (const preset of presets) checkPreset(preset);
  const reachMs = Math.abs(nowMs - Date.parse(parameters.demoDay ?? meta.now));
  if (!(reachMs <= MOST_DAYS * 86_400_000))
    throw new RangeError('the clock of the run is no time near its day');
  return makePlan({ parameters, presets: presets as readonly Preset[], nowMs });
}

/** Why a preset is not in the data. */
function omittedText({ id, needsDays, reason }: Omitted): string {
  return reason === 'days'
    ? `${id} is left out: it needs --days ${needsDays} or more`
    : `${id} is left out: it is still to come on this day; --demo-day chooses the day`;
}

/** What a person should know of a plan before it is loaded, a sentence each. */
export function remarks(plan: Plan): string[] {
  const { incidents, omitted, parameters, endMs, nowMs } = plan;
  const wanted = parameters.errorRateIncident.min / 100;
  const short = incidents.filter(({ expected }) => expected.errorRate < wanted - 0.01);
  const lowest = Math.min(...short.map(({ expected }) => expected.errorRate));
  return [
    ...omitted.map(omittedText),
    ...(endMs > nowMs
      ? [`The data runs past now, to the end of a recovery at ${new Date(endMs).toISOString()}`]
      : []),
    ...(short.length > 0
      ? [
          `${short.length} of ${incidents.length} incidents cannot reach ${parameters.errorRateIncident.min} % errors and stay at ${Math.round(lowest * 100)} % or more: what fails in them carries too little of the traffic`,
        ]
      : []),
  ];
}
