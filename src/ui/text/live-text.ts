// The live shop in words and figures.
import type { LiveIncident, LiveTick } from '../../core/live/types.ts';
import { grouped, percent, secondsText } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import { type LiveView, runningIncident } from '../../wizard/live-view.ts';
import type { LiveEntry } from '../../wizard/services.ts';
import { AXIS_WIDTH } from './chart.ts';
import { documents, duration } from './format.ts';
import { wallClock } from './when.ts';
import { columnsOf } from './wrap.ts';

/** What a key starts. */
export interface Startable {
  readonly key: string;
  readonly what: string;
  readonly title: string;
}

/** What the keys start: 1 to 9 the types, or the presets with their settings; r a red herring. */
export function startables({ choice, catalog }: LiveView): readonly Startable[] {
  const wanted = choice.presets ? 'preset' : 'type';
  const numbered = catalog
    .filter(({ kind }) => kind === wanted)
    .slice(0, 9)
    .map((entry, place) => startable(entry, String(place + 1)));
  const herrings = catalog.filter(({ kind }) => kind === 'red-herring').slice(0, 1);
  return [...numbered, ...herrings.map((entry) => startable(entry, 'r'))];
}

const startable = ({ what, title }: LiveEntry, key: string): Startable => ({
  ...{ what, key, title: plainText(title) },
});

/** The notes about the incident that is running, else about the last one; empty when there was none. */
export function notesOf(view: LiveView): { title: string; lines: readonly string[] } {
  const { incidents, catalog } = view;
  const incident = runningIncident(view) ?? incidents.at(-1);
  const entry =
    catalog.find(({ what }) => what === incident?.preset) ??
    catalog.find(({ what }) => what === incident?.type);
  return { title: plainText(incident?.title ?? ''), lines: (entry?.notes ?? []).map(plainText) };
}

/** The time of the shop: `14:32:07`. */
export function shopTime(ms: number, timeZone: string): string {
  return wallClock(ms, timeZone).time;
}

/** Where nothing has to be left out. */
export const WHOLE = Number.POSITIVE_INFINITY;

/** Below this the index keeps up. */
const LATE_MS = 5000;

/** True when the index is so far behind that a chart in Dashboards looks wrong. */
export const isLate = (tick: LiveTick | undefined): boolean => (tick?.lagMs ?? 0) > LATE_MS;

/** `14:32:07 (10 × real time) · index 1.2 s behind · 412 documents so far`, as much of it as fits. */
export function liveHead({ status, begun, tick }: LiveView, columns: number): string {
  if (!begun) return 'Connecting and looking at the index …';
  if (status === 'stopping') return 'Stopping: documents on their way are still indexed …';
  const speed = begun.speed === 1 ? '' : ` (${begun.speed} × real time)`;
  const time = shopTime(tick?.simulatedMs ?? begun.simulatedMs, begun.timeZone);
  const whole = [`${time}${speed}`, lagWords(tick), `${documents(tick?.documents ?? 0)} so far`];
  return fitting([whole.join(' · '), whole.slice(0, 2).join(' · ')], columns);
}

/** The first of these that fits, else the last. */
const fitting = (forms: readonly string[], columns: number): string =>
  forms.find((form) => columnsOf(form) <= columns) ?? forms.at(-1) ?? '';

/** `index 1.2 s behind`. */
function lagWords(tick: LiveTick | undefined): string {
  return tick === undefined
    ? 'nothing indexed yet'
    : `index ${secondsText(Math.max(0, tick.lagMs))} s behind`;
}

/** What runs now, since when, and until when, in time of the shop; shorter where there is less room. */
export function nowWords(view: LiveView, columns: number): string {
  const { begun, tick } = view;
  if (!begun || !tick) return '';
  const at = (ms: number) => shopTime(ms, begun.timeZone).slice(0, 5);
  const incident = runningIncident(view);
  if (incident) {
    const name = `${plainText(incident.title)} (${incident.severity})`;
    const since = `since ${at(incident.startMs)}`;
    const passed = duration(Math.max(1000, tick.simulatedMs - incident.startMs));
    const ends = `ends in ${duration(Math.max(0, incident.endMs - tick.simulatedMs))}`;
    return fitting(
      [`${name} ${since}, ${passed}; ${ends}`, `${name} ${since}; ${ends}`, `${name} ${since}`],
      columns,
    );
  }
  const last = view.incidents.at(-1);
  if (!last) return 'Normal operation; no incident was started yet';
  return tick.simulatedMs < last.recoveredMs
    ? `Recovering from ${plainText(last.title)} until ${at(last.recoveredMs)}`
    : `Normal operation since ${at(last.recoveredMs)}`;
}

/** `major, 10 min`. */
export function choiceWords({ choice }: LiveView): string {
  return `${choice.severity}, ${choice.minutes} min`;
}

/** How things are now, in a sentence. */
function momentWords({ tick }: LiveView): string {
  const now = tick?.moments.at(-1);
  if (!now) return 'No transactions yet';
  return `${grouped(now.perMinute)} transactions a minute, p95 ${secondsText(now.p95Ms)} s, ${percent(now.errorRate, 1)} errors`;
}

/** All of it in one sentence, for whoever does not see the charts. */
export function liveSentence(view: LiveView): string {
  const { begun, tick } = view;
  if (!begun || !tick) return liveHead(view, WHOLE);
  return `${shopTime(tick.simulatedMs, begun.timeZone).slice(0, 5)}: ${momentWords(view)}; ${nowWords(view, WHOLE)}; ${lagWords(tick)}`;
}

/** One value a moment, the oldest first. */
export interface LiveSeries {
  readonly documents: readonly number[];
  readonly p95Ms: readonly number[];
  /** In percent. */
  readonly errors: readonly number[];
}

/** The last moments, as many as there are columns; one value a column. */
export function liveSeries({ tick }: LiveView, columns: number): LiveSeries {
  const moments = (tick?.moments ?? []).slice(-columns);
  return {
    documents: moments.map(({ perMinute }) => perMinute),
    p95Ms: moments.map(({ p95Ms }) => p95Ms),
    errors: moments.map(({ errorRate }) => errorRate * 100),
  };
}

/** The times of the first and the last moment below a chart of so many points; empty before there are two apart. */
export function minuteAxis({ tick, begun }: LiveView, points: number): string {
  const moments = (tick?.moments ?? []).slice(-points);
  const [first, last] = [moments[0], moments.at(-1)];
  if (!begun || !first || !last) return ' ';
  const at = (ms: number) => shopTime(ms, begun.timeZone).slice(0, 5);
  const left = `${' '.repeat(AXIS_WIDTH)}${at(first.startMs)}`;
  const end = AXIS_WIDTH + moments.length - 1;
  const right = at(last.startMs);
  return end - right.length > left.length ? `${left.padEnd(end - right.length)}${right}` : left;
}

/** `14:31 Payment gateway timeout, major, 4 min (live-1)`. */
export function incidentLine(
  { id, title, severity, startMs, endMs }: LiveIncident,
  timeZone: string,
): string {
  const from = shopTime(startMs, timeZone).slice(0, 5);
  const until = shopTime(endMs, timeZone).slice(0, 5);
  return `${from}-${until} ${plainText(title)}, ${severity} (${id})`;
}
