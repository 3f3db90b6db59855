// From parameters, presets and a clock to a plan. Pure: equal inputs give equal plans.
import { AppError } from '../../errors/app-error.ts';
import { blipsIn } from './blips.ts';
import { MINUTE_MS } from './durations.ts';
import { canonical, shortHash } from './key.ts';
import { changesOf, type LiveCourse, liveIncident, makesRoomFor } from './live-incidents.ts';
import { markersOf } from './markers.ts';
import type { PlanParameters } from './parameters.ts';
import { isPaused, pauseHerring } from './pauses.ts';
import type { Preset } from './preset.ts';
import { redHerringsIn } from './red-herrings.ts';
import { denseSpans, sampleAt } from './sampling.ts';
import { presetIncidents, randomIncidents, type ScheduledIncident } from './schedule.ts';
import { MAX_SESSION_MS } from './shop.ts';
import { sightOf, stoppedAgents } from './sight.ts';
import { expectationOf, rootCauseOf } from './simulate.ts';
import { dayOf, demoDayOf, existsIn, startOfDay, zoneOffsets } from './time-zone.ts';
import type { Incident, Omitted, Plan } from './types.ts';

/** Increase it when the same inputs give different data. */
const PLAN_VERSION = 3;
const SLOT_MS = MINUTE_MS;

/** Slots before the range: sessions that start there may still pay and confirm inside it. */
const WARM_UP_SLOTS = 10;

/** Sessions that start this long before an incident may still reach it. */
export const LEAD_MS = MAX_SESSION_MS;
/** The data may end within a slot, whose sessions are drawn as a whole. */
const AHEAD_MS = LEAD_MS + SLOT_MS;

export interface PlanInput {
  readonly parameters: PlanParameters;
  readonly presets: readonly Preset[];
  readonly nowMs: number;
  /** How the shop went on after it was planned; left out when it was not live. */
  readonly live?: LiveCourse | undefined;
}

/**
 * Plans a data set. The range is `[00:00 of the demo day − (days − 1), now)` in whole minutes, so that nothing lies ahead;
 * only a chosen demo day whose presets are not over runs on to the end of the last recovery. An incident is planned once
 * its start has passed, and cut where the data end. What lies in the past does not depend on now.
 * Throws AppError `preset` where presets overlap, `parameter` where the range would be empty.
 */
export function makePlan(input: PlanInput): Plan {
  const changes = changesOf(input.live?.incidents ?? []);
  const plan = planOnce(input);
  if (!input.live || changes.length === 0) return plan;
  const { untilMs: endMs, sampling = [] } = input.live;
  const earlier = changes.map(({ untilMs, known }) => ({
    untilMs,
    plan: planOnce({ ...input, live: { untilMs: endMs, incidents: known, sampling } }),
  }));
  return { ...plan, earlier };
}

function planOnce({ parameters, presets: given, nowMs, live }: PlanInput): Plan {
  const { timeZone } = parameters;
  const presets = latestFirst(given);
  const demoDay = demoDayOf(nowMs, timeZone, parameters.demoDay);
  const firstDay = demoDay.subtract({ days: parameters.days - 1 });
  const startMs = startOfDay(firstDay, timeZone);

  const all = presetIncidents(presets, demoDay, parameters);
  const chosen = parameters.demoDay !== undefined;
  const inRange = all.filter((incident) => incident.startMs >= startMs);
  const plannedMs = chosen ? Math.max(nowMs, ...inRange.map(({ recoveredMs }) => recoveredMs)) : nowMs;
  const plannedEndMs = startMs + Math.floor((plannedMs - startMs) / SLOT_MS) * SLOT_MS;
  const lastMs = Math.max(plannedMs, live?.untilMs ?? 0);
  const endMs = Math.max(plannedEndMs, live?.untilMs ?? 0);
  const minutes = Math.ceil((endMs - startMs) / SLOT_MS);
  if (minutes < 1) {
    const problem = `the data would begin after now (${dayOf(nowMs, timeZone).toString()}) and hold no incident`;
    throw new AppError('parameter', { flag: '--demo-day', problem });
  }
  const fromPresets = inRange.filter((incident) => incident.startMs < endMs);
  const random: ScheduledIncident[] = [];
  for (let day = firstDay; startOfDay(day, timeZone) < endMs + AHEAD_MS; day = day.add({ days: 1 }))
    if (existsIn(day, timeZone)) random.push(...randomIncidents(day, parameters, all));
  const started = (live?.incidents ?? []).map((start) => liveIncident(start, presets, parameters));
  const staying = [...random.filter((incident) => !makesRoomFor(incident, started)), ...started];
  const begun = staying.filter((incident) => incident.startMs < endMs);
  const scheduled = [...fromPresets, ...begun].sort((a, b) => a.startMs - b.startMs);
  const basis = {
    version: PLAN_VERSION,
    key: keyOf(parameters, presets, demoDay.toString(), startMs),
    parameters,
    presets,
    demoDay: demoDay.toString(),
    nowMs,
    startMs,
    endMs,
    firstSlotMs: startMs - WARM_UP_SLOTS * SLOT_MS,
    slotMs: SLOT_MS,
    slotCount: minutes + WARM_UP_SLOTS,
    offsets: zoneOffsets(startMs - WARM_UP_SLOTS * SLOT_MS, lastMs + 10 * LEAD_MS, timeZone),
  };
  const dense = denseSpans(live?.sampling ?? [], parameters.sample, [...inRange, ...random], basis);
  const planned = (incident: ScheduledIncident): Incident => ({
    ...incident,
    rootCause: rootCauseOf(basis, incident),
    expected: expectationOf(basis, incident, sampleAt({ parameters, dense }, incident.startMs)),
  });
  const upcoming = [...inRange, ...staying]
    .filter((incident) => !scheduled.includes(incident) && incident.startMs < basis.endMs + AHEAD_MS)
    .sort((a, b) => a.startMs - b.startMs);
  // A release precedes the leak it brings, so those of incidents that are still to come may lie in the data.
  const drawn = { startMs, endMs: endMs + AHEAD_MS };
  const { markers, firstVersions, harmless } = markersOf(
    basis,
    drawn,
    [...inRange, ...random, ...started],
    live?.releases,
  );
  const pauses = live?.pauses ?? [];
  const sight = sightOf(parameters, basis, all);
  return {
    ...basis,
    incidents: scheduled.map(planned),
    upcoming: upcoming.map(planned),
    omitted: omittedOf(presets, all, startMs, fromPresets),
    redHerrings: [
      ...redHerringsIn(basis, startMs, basis.endMs),
      ...harmless.filter((herring) => herring.startMs < endMs),
      ...stoppedAgents(sight),
      ...pauses.map(pauseHerring),
    ].sort((a, b) => a.startMs - b.startMs),
    markers: markers.filter(({ ms }) => ms < endMs && !isPaused(pauses, ms)),
    laterMarkers: markers.filter(({ ms }) => ms >= endMs),
    pauses,
    dense,
    sight,
    blips: blipsIn(basis, { fromMs: basis.firstSlotMs, toMs: drawn.endMs }, [...all, ...random, ...started]),
    firstVersions,
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
  // Of a preset only what shapes the data: its sentences and searches may change.
  const shaping = presets.map(({ id, window, model }) => [id, window, model]);
  return shortHash(canonical([PLAN_VERSION, { ...parameters, demoDay }, shaping, startMs]));
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
