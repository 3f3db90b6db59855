// The course of a live shop: its plan so far ahead that the minutes to come can be drawn, and what is started and ended.
import { AppError } from '../../errors/app-error.ts';
import { HOUR_MS, MINUTE_MS, READING_MS } from '../plan/durations.ts';
import {
  type LiveCourse,
  type LiveRelease,
  type LiveStart,
  liveIncident,
  makesRoomFor,
} from '../plan/live-incidents.ts';
import { makePlan, type PlanInput } from '../plan/make-plan.ts';
import { INCIDENT_TYPES, type IncidentType, modelOf } from '../plan/models/registry.ts';
import type { Pause } from '../plan/pauses.ts';
import { nextReading, type SampleChange } from '../plan/sampling.ts';
import type { Incident, Plan } from '../plan/types.ts';
import { localTimeText } from './local-time-text.ts';
import type { LiveCommand, LiveIncident } from './types.ts';

/** A request that was under way when an incident began is over before the incident can be ended. */
const LEAST_MS = 40_000;

type StartCommand = Extract<LiveCommand, { type: 'start' }>;

/** An answer to a command: the incident, or why it was not carried out. */
export type Answer =
  | { readonly ok: true; readonly incident: LiveIncident }
  | { readonly ok: false; readonly reason: string };

const refused = (reason: string): Answer => ({ ok: false, reason });

/** The incident of `[start, recovered)` that holds an instant. */
const heldBy = ({ incidents, upcoming }: Plan, ms: number) =>
  [...incidents, ...upcoming].find(({ startMs, recoveredMs }) => ms >= startMs && ms < recoveredMs);

/** What the fronts call a release that nothing comes of. */
const RED_HERRING = 'red_herring';

export class LiveShop {
  private readonly input: PlanInput;
  private starts: readonly LiveStart[];
  private releases: readonly LiveRelease[];
  private pauses: readonly Pause[];
  private sampling: readonly SampleChange[];
  private held: Plan | undefined;

  constructor(input: PlanInput) {
    this.input = input;
    this.starts = input.live?.incidents ?? [];
    this.releases = input.live?.releases ?? [];
    this.pauses = input.live?.pauses ?? [];
    this.sampling = input.live?.sampling ?? [];
  }

  /** What the index remembers when its documents end at an instant, a whole second. */
  course(untilMs: number): LiveCourse {
    const { releases, pauses, sampling } = this;
    return {
      ...{ untilMs, incidents: this.starts },
      ...(releases.length > 0 ? { releases } : {}),
      ...(pauses.length > 0 ? { pauses } : {}),
      ...(sampling.length > 0 ? { sampling } : {}),
    };
  }

  /** Leaves out what ended between two whole seconds, of which no document was kept. */
  pause(pause: Pause): void {
    this.pauses = [...this.pauses, pause];
    this.held = undefined;
  }

  /**
   * Keeps one of so many sessions from the first reading that no document has reached. Returns false where that changes
   * nothing; throws AppError `parameter` for fewer sessions than the data have.
   */
  keepOneIn(sample: number, reachedMs: number): boolean {
    const usual = this.input.parameters.sample;
    if (sample > usual)
      throw new AppError('parameter', {
        flag: '--sample',
        problem: `the index keeps one of ${usual} sessions, and a live shop can keep more of them, not fewer: use 1 to ${usual}`,
      });
    if (sample === (this.sampling.at(-1)?.sample ?? usual)) return false;
    const fromMs = nextReading(reachedMs);
    this.sampling = [...this.sampling.filter((change) => change.fromMs < fromMs), { fromMs, sample }];
    this.held = undefined;
    return true;
  }

  /** The plan of data that end at an instant, a whole second. */
  planUntil(untilMs: number): Plan {
    return makePlan({ ...this.input, live: this.course(untilMs) });
  }

  /** A plan in which the minute of an instant, and those after it, can be drawn. */
  planAt(ms: number): Plan {
    if (this.held && this.held.endMs >= ms + 2 * MINUTE_MS) return this.held;
    this.held = this.planUntil(Math.ceil((ms + HOUR_MS) / HOUR_MS) * HOUR_MS);
    return this.held;
  }

  /** Starts an incident at a whole second that no document has reached. */
  start({ what, severity, durationMinutes }: StartCommand, startMs: number): Answer {
    if (what === RED_HERRING) return this.release(startMs);
    const preset = this.input.presets.find(({ id }) => id === what);
    const type = preset?.model.type ?? (INCIDENT_TYPES as readonly string[]).find((one) => one === what);
    if (type === undefined)
      return refused(`${what} is no type of incident and no preset of this index: nothing was started`);
    if (severity === 'silent' && modelOf(type as IncidentType).silent !== true)
      return refused(`An incident of type ${type} is not silent: choose another severity`);
    const start: LiveStart = {
      id: `live-${new Date(startMs).toISOString().slice(0, 19).replaceAll(':', '')}`,
      type: type as IncidentType,
      preset: preset?.id ?? null,
      ...{ severity, startMs, endMs: startMs + durationMinutes * MINUTE_MS },
    };
    const problem = this.inTheWay(start);
    if (problem !== undefined) return refused(problem);
    this.starts = [...this.starts, start];
    this.held = undefined;
    return this.answer(start.id);
  }

  /** Begins a release that nothing comes of. */
  private release(startMs: number): Answer {
    const id = `live-${new Date(startMs).toISOString().slice(0, 19).replaceAll(':', '')}-release`;
    const before = this.planAt(startMs).redHerrings.find(
      (one) => this.releases.some((release) => release.id === one.id) && startMs < one.endMs,
    );
    if (before) return refused(`${before.title} is under way already, and ends by itself`);
    this.releases = [...this.releases, { id, startMs }];
    this.held = undefined;
    const herring = this.planAt(startMs).redHerrings.find((one) => one.id === id);
    if (!herring) return refused(`${id} is not in the data`);
    const { title, endMs } = herring;
    const incident = { id, type: RED_HERRING, title, preset: null, severity: 'minor' as const };
    return { ok: true, incident: { ...incident, startMs, endMs, recoveredMs: endMs } };
  }

  /** Why an incident cannot begin now: one at a time, and a preset keeps its window. */
  private inTheWay(start: LiveStart): string | undefined {
    const plan = this.planAt(start.startMs);
    const { offsets } = plan;
    const running = heldBy(plan, start.startMs);
    const isEnding = this.starts.some(({ id, recoverMs }) => id === running?.id && recoverMs !== undefined);
    if (running?.live && !isEnding && start.startMs < running.mitigatedMs)
      return `${running.title} is running: end it first`;
    if (running)
      return `${running.title} is over at ${localTimeText(offsets, running.recoveredMs)}: wait until then`;
    const { presets, parameters } = this.input;
    const incident = liveIncident(start, presets, parameters);
    const ahead = this.planUntil(incident.recoveredMs + HOUR_MS);
    const preset = ahead.incidents.find((one) => one.preset !== null && makesRoomFor(one, [incident]));
    return (
      preset &&
      `${preset.title} begins at ${localTimeText(offsets, preset.startMs)}: there is no room before it`
    );
  }

  /** Ends the incident that runs. @param nextMs a whole second that no document has reached. */
  recover(nextMs: number): Answer {
    const running = this.running(nextMs - 1000);
    const start = running && this.starts.find(({ id }) => id === running.id);
    if (!running || !start) return refused('No incident that was started here is running');
    const recoverMs = Math.max(nextMs, start.startMs + LEAST_MS);
    if (start.recoverMs !== undefined || recoverMs > running.mitigatedMs - READING_MS)
      return refused(`${running.title} is ending already`);
    this.starts = this.starts.map((one) => (one.id === start.id ? { ...one, recoverMs } : one));
    this.held = undefined;
    return this.answer(start.id);
  }

  private answer(id: string): Answer {
    const start = this.starts.find((one) => one.id === id);
    const found = this.planAt(start?.startMs ?? 0).incidents.find((one) => one.id === id);
    return found ? { ok: true, incident: this.told(found) } : refused(`${id} is not in the data`);
  }

  /** The incident that was started by hand and is not over at an instant. */
  running(ms: number): Incident | undefined {
    const found = this.planAt(ms).incidents.find(
      ({ live, startMs, endMs }) => live && ms >= startMs - 1000 && ms < endMs,
    );
    return found;
  }

  /** The incident of the plan's own that has begun and is not recovered at an instant. */
  planned(ms: number): Incident | undefined {
    return this.planAt(ms).incidents.find(
      ({ live, startMs, recoveredMs }) => !live && ms >= startMs && ms < recoveredMs,
    );
  }

  /** An incident as the fronts show it. */
  told({ id, type, title, severity, startMs, endMs, recoveredMs }: Incident): LiveIncident {
    const preset = this.starts.find((one) => one.id === id)?.preset ?? null;
    return { id, type, title, preset, severity, startMs, endMs, recoveredMs };
  }

  /** The incidents that were started by hand, with their ends as they are now. */
  started(ms: number): readonly LiveIncident[] {
    return this.planAt(ms)
      .incidents.filter(({ live }) => live !== undefined)
      .map((incident) => this.told(incident));
  }
}
