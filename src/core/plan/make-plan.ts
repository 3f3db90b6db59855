// From parameters, presets and a clock to a plan. Pure: equal inputs give equal plans.
import { AppError } from '../../errors/app-error.ts';
import { MINUTE_MS } from './durations.ts';
import { canonical, shortHash } from './key.ts';
import type { PlanParameters } from './parameters.ts';
import type { Preset } from './preset.ts';
import { identityOf } from './preset-identity.ts';
import { presetIncidents, randomIncidents, type ScheduledIncident } from './schedule.ts';
import { expectationOf } from './simulate.ts';
import { dayOf, demoDayOf, existsIn, startOfDay, zoneOffsets } from './time-zone.ts';
import type { Incident, Omitted, Plan } from './types.ts';

/** Increase it when the same inputs give different data. */
const PLAN_VERSION = 1;
const SLOT_MS = MINUTE_MS;

/** Slots before the range: sessions that start there may still pay and confirm inside it. */
const WARM_UP_SLOTS = 10;

/** Sessions that start this long before an incident may still reach it; longer than a session without retries. */
export const LEAD_MS = 360_000;

export interface PlanInput {
  readonly parameters: PlanParameters;
  readonly presets: readonly Preset[];
  readonly nowMs: number;
}

/**
 * Plans a data set. The range is `[00:00 of the demo day − (days − 1), the later of now and the last recovery)` in
 * whole minutes. An incident is planned once its start has passed, or when its demo day was chosen. What lies in
 * the past does not depend on now.
 * Throws AppError `preset` where presets overlap, `parameter` where the range would be empty.
 */
export function makePlan({ parameters, presets: given, nowMs }: PlanInput): Plan {
  const { timeZone } = parameters;
  const presets = latestFirst(given);
  const demoDay = demoDayOf(nowMs, timeZone, parameters.demoDay);
  const firstDay = demoDay.subtract({ days: parameters.days - 1 });
  const startMs = startOfDay(firstDay, timeZone);

  const all = presetIncidents(presets, demoDay, parameters);
  const chosen = parameters.demoDay !== undefined;
  const inRange = all.filter((incident) => incident.startMs >= startMs);
  const fromPresets = inRange.filter((incident) => chosen || incident.startMs < nowMs);
  const horizonMs = Math.max(nowMs, ...fromPresets.map(({ recoveredMs }) => recoveredMs));

  const random: ScheduledIncident[] = [];
  for (let day = firstDay; startOfDay(day, timeZone) < horizonMs + LEAD_MS; day = day.add({ days: 1 }))
    if (existsIn(day, timeZone)) random.push(...randomIncidents(day, parameters, all));
  const begun = random.filter((incident) => incident.startMs < horizonMs);
  const scheduled = [...fromPresets, ...begun].sort((a, b) => a.startMs - b.startMs);
  const lastMs = Math.max(nowMs, ...scheduled.map(({ recoveredMs }) => recoveredMs));
  const minutes = Math.floor((lastMs - startMs) / SLOT_MS);
  if (minutes < 1) {
    const problem = `the data would begin after now (${dayOf(nowMs, timeZone).toString()}) and hold no incident`;
    throw new AppError('parameter', { flag: '--demo-day', problem });
  }
  const basis = {
    version: PLAN_VERSION,
    key: keyOf(parameters, presets, demoDay.toString(), startMs),
    parameters,
    presets,
    demoDay: demoDay.toString(),
    nowMs,
    startMs,
    endMs: startMs + minutes * SLOT_MS,
    firstSlotMs: startMs - WARM_UP_SLOTS * SLOT_MS,
    slotMs: SLOT_MS,
    slotCount: minutes + WARM_UP_SLOTS,
    offsets: zoneOffsets(startMs - WARM_UP_SLOTS * SLOT_MS, lastMs + 10 * LEAD_MS, timeZone),
  };
  const planned = (incident: ScheduledIncident): Incident => ({
    ...incident,
    expected: expectationOf(basis, incident),
  });
  const upcoming = [...inRange, ...random]
    .filter((incident) => !scheduled.includes(incident) && incident.startMs < basis.endMs + LEAD_MS)
    .sort((a, b) => a.startMs - b.startMs);
  return {
    ...basis,
    incidents: scheduled.map(planned),
    upcoming: upcoming.map(planned),
    omitted: omittedOf(presets, all, startMs, fromPresets),
  };
}

/** In one order, so that the order of the flags changes nothing. */
function latestFirst(presets: readonly Preset[]): readonly Preset[] {
  const place = ({ id, window }: Preset) => `${window.start} ${id}`;
  return [...presets].sort(
    (a, b) => a.window.days_before - b.window.days_before || (place(a) < place(b) ? -1 : 1),
  );
}

function keyOf(
  parameters: PlanParameters,
  presets: readonly Preset[],
  demoDay: string,
  startMs: number,
): string {
  const identities = presets.map(identityOf).join(',');
  return shortHash(`[${PLAN_VERSION},${canonical({ ...parameters, demoDay })},[${identities}],${startMs}]`);
}

function omittedOf(
  presets: readonly Preset[],
  all: readonly ScheduledIncident[],
  startMs: number,
  planned: readonly ScheduledIncident[],
): Omitted[] {
  return presets.flatMap((preset, index): Omitted[] => {
    const incident = all[index];
    if (!incident || planned.includes(incident)) return [];
    const reason = incident.startMs < startMs ? 'days' : 'to-come';
    return [{ id: preset.id, needsDays: preset.window.days_before + 1, reason }];
  });
}
