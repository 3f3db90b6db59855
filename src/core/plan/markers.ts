// The changes that were made while the data were: routine ones, those that began an incident, and those that ended one.
import { DAY_MS } from './durations.ts';
import { begunBy, decoysOf, handRelease, type Step, stepsOf } from './incident-changes.ts';
import type { RedHerring } from './labels.ts';
import { type LiveRelease, makesRoomFor } from './live-incidents.ts';
import { localDayNumber } from './local-time.ts';
import { changeMessage, EVENT_OF } from './marker-words.ts';
import type { PlanBasis } from './parameters.ts';
import { firstMs, routineChanges } from './releases.ts';
import type { ScheduledIncident } from './schedule.ts';
import { SERVERS } from './shop.ts';
import type { Marker } from './types.ts';

/** Routine releases keep so far away from an incident that a release began, so that it is plain which one did. */
const QUIET_MS = 600_000;
/** How far back the release is looked for that the data begin with. */
const LOOK_BACK_DAYS = 12;

type Span = Pick<PlanBasis, 'startMs'> & { readonly endMs: number };

/** The markers of a plan in order of time, all in `[startMs, endMs)`, and the version of each server at its start. */
export function markersOf(
  basis: PlanBasis,
  { startMs, endMs }: Span,
  incidents: readonly ScheduledIncident[],
  releases: readonly LiveRelease[] = [],
): { markers: Marker[]; firstVersions: string[]; harmless: RedHerring[] } {
  const quiet = incidents.filter((incident) => begunBy(incident) !== undefined);
  const live = incidents.filter((incident) => incident.live !== undefined);
  const isQuiet = (ms: number, firstMs: number) =>
    quiet.some((incident) =>
      incident.live === undefined
        ? ms > incident.startMs - QUIET_MS && ms < incident.recoveredMs + QUIET_MS
        : firstMs >= incident.startMs && ms < incident.recoveredMs + QUIET_MS,
    );
  const steps: Step[] = incidents.flatMap((incident) => {
    const other = incident.live ? undefined : makesRoomFor(incident, live);
    return stepsOf(basis, incident).flatMap((step) => (other ? stepBefore(step, other.startMs) : [step]));
  });
  const graded = basis.parameters.profile === 'graded';
  if (graded) steps.push(...incidents.flatMap((incident) => decoysOf(basis, incident)));
  const byHand = releases.map((one) => ({ id: one.id, step: handRelease(basis, one) }));
  steps.push(...byHand.map(({ step }) => step));
  const lastDay = localDayNumber(basis.offsets, endMs);
  for (let day = localDayNumber(basis.offsets, startMs) - LOOK_BACK_DAYS; day <= lastDay; day++)
    steps.push(
      ...routineChanges(basis, day).filter(
        ({ occasion, at }) =>
          occasion !== 'release' || !at.some((ms) => ms !== undefined && isQuiet(ms, firstMs({ at }))),
      ),
    );
  const all = written(basis, steps);
  const firstVersions = SERVERS.map(
    (_, server) =>
      all.findLast((marker) => marker.server === server && marker.ms < startMs)?.version ??
      oldestVersion(basis, startMs),
  );
  const inData = (ms: number) => ms >= startMs && ms < endMs;
  const harmless = graded
    ? steps.filter(({ occasion, cause }) => occasion === 'release' && cause !== true).map(harmlessRelease)
    : [];
  return {
    markers: all.filter(({ ms }) => inData(ms)),
    firstVersions,
    harmless: [...harmless, ...byHand.map(({ id, step }) => ({ ...harmlessRelease(step), id }))].filter(
      (herring) => inData(herring.startMs),
    ),
  };
}

/** The part of a step that had happened when an incident started by hand took the place of its own. */
function stepBefore(step: Step, ms: number): Step[] {
  const at = step.at.map((one) => (one !== undefined && one < ms ? one : undefined));
  return at.some((one) => one !== undefined) ? [{ ...step, at }] : [];
}

/** Steps as markers of each server, with the versions they leave behind. */
function written(basis: PlanBasis, steps: readonly Step[]): Marker[] {
  const versions = SERVERS.map((): string[] => []);
  const names = namesOf(basis, steps);
  const events = steps.flatMap((step) =>
    step.at.flatMap((ms, server) =>
      ms === undefined || (step.occasion === 'setting' && server > 0) ? [] : [{ step, ms, server }],
    ),
  );
  events.sort((a, b) => a.ms - b.ms || a.server - b.server);
  const { seed } = basis.parameters;
  return events.map(({ step, ms, server }) => {
    const held = versions[server] ?? [];
    if (step.occasion === 'rollback') held.pop();
    else if (step.occasion === 'release') held.push(names.get(step) ?? '');
    const version = held.at(-1) ?? oldestVersion(basis, basis.startMs);
    return {
      ms,
      eventType: EVENT_OF[step.occasion],
      server: step.occasion === 'setting' ? -1 : server,
      version,
      ...(step.unfelt ? { unfelt: true } : {}),
      message: changeMessage(step, { seed, second: Math.floor(firstMs(step) / 1000), version }),
    };
  });
}

/** A version is called by the local day of its first server and its number in that day. */
function namesOf(basis: PlanBasis, steps: readonly Step[]): ReadonlyMap<Step, string> {
  const releases = steps.filter(({ occasion }) => occasion === 'release');
  const counts = new Map<number, number>();
  const names = new Map<Step, string>();
  for (const step of releases.toSorted((a, b) => firstMs(a) - firstMs(b))) {
    const day = localDayNumber(basis.offsets, firstMs(step));
    const number = (counts.get(day) ?? 0) + 1;
    counts.set(day, number);
    names.set(step, nameOf(day, number));
  }
  return names;
}

const nameOf = (day: number, number: number) =>
  `${new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '.')}-${number}`;

/** Where no release is found, the data begin with one from before. */
const oldestVersion = (basis: PlanBasis, startMs: number) =>
  nameOf(localDayNumber(basis.offsets, startMs) - LOOK_BACK_DAYS - 1, 1);

/** A release without effect is watched for five minutes. */
const WATCHED_MS = 300_000;

function harmlessRelease({ at }: Step): RedHerring {
  const times = at.filter((ms) => ms !== undefined);
  const startMs = Math.min(...times);
  return {
    id: `herring-${new Date(startMs).toISOString().slice(0, 16).replace(':', '')}-release`,
    title: 'Harmless deployment',
    component: 'deployment',
    reason: 'harmless_deployment',
    startMs,
    endMs: Math.max(...times) + WATCHED_MS,
    servers: SERVERS.filter((_, server) => at[server] !== undefined),
    steps: [],
  };
}
