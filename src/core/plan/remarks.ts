// What to know about a plan before it is loaded.
import type { Omitted, Plan } from './types.ts';

/** Why a preset is not in the data. */
function omittedText({ id, needsDays, reason }: Omitted): string {
  return reason === 'days'
    ? `${id} is left out: it needs --days ${needsDays} or more`
    : `${id} is left out: its start is still ahead; set --demo-day to include it`;
}

/** What to know about a plan before it is loaded, a sentence each. */
export function remarks(plan: Plan): string[] {
  const { incidents, omitted, parameters, endMs, nowMs } = plan;
  const wanted = parameters.errorRateIncident.min / 100;
  // Smaller incidents are meant to fail less.
  const short = incidents.filter(
    ({ severity, expected }) => severity === 'major' && expected.errorRate < wanted - 0.02,
  );
  const lowest = Math.min(...short.map(({ expected }) => expected.errorRate));
  return [
    ...omitted.map(omittedText),
    ...(endMs > nowMs
      ? [`The data runs past now, until a recovery ends at ${new Date(endMs).toISOString()}`]
      : []),
    ...(short.length > 0
      ? [
          `${short.length} of ${incidents.length} incidents cannot reach ${parameters.errorRateIncident.min} % errors (the lowest reaches ${Math.round(lowest * 100)} %): what fails in them carries too little of the traffic`,
        ]
      : []),
  ];
}
