// The scenarios of a guide at a glance, as the last event of a run has them.
import type { ScenarioBrief } from '../../events.ts';
import type { Guide, Scenario } from './guide.ts';
import { clock } from './words.ts';

/** `14:25:07 first PAYMENT_TIMEOUT · 14:32:52 first breaker opens · 14:45 back to normal`. */
function whenText({ timeline }: Scenario, timeZone: string): string {
  return timeline
    .flatMap(({ ms, short }) => {
      if (short === undefined) return [];
      const time = clock(ms, timeZone, ms % 60_000 !== 0);
      return [`${time} ${short}`];
    })
    .join(' · ');
}

/** The scenarios of a guide whose queries have run, the latest first. */
export function briefsOf({ scenarios, timeZone }: Guide): readonly ScenarioBrief[] {
  return scenarios.flatMap((scenario): ScenarioBrief[] => {
    const { incident, title, rootCause, impact, brief } = scenario;
    if (!brief || incident.preset === null) return [];
    const { errorRate, p95Ms, p95BeforeMs, say, which, where, failuresDql } = brief;
    return [
      {
        ...{ incident: incident.id, preset: incident.preset, title, timeZone },
        start: new Date(incident.startMs).toISOString(),
        end: new Date(incident.endMs).toISOString(),
        ...{ errorRate, p95Ms, p95BeforeMs, say, which, where },
        when: whenText(scenario, timeZone),
        impact: impact?.say ?? '',
        cause: rootCause,
        dql: failuresDql,
      },
    ];
  });
}
