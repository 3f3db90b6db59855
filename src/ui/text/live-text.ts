// The live shop in words and figures.
import type { LiveCommand, LiveIncident, LiveTick } from '../../core/live/types.ts';
import { grouped, percent, secondsText } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import { isHerring, type LiveView, runningHerring, runningIncident } from '../../wizard/live-view.ts';
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
  /** False for what cannot be as bad as is chosen. */
  readonly fits: boolean;
}

const HERRING_KEY = 'r';

/** What the keys start: 1 to 9 the types, or the presets with their settings; r a red herring. */
export function startables({ choice, catalog }: LiveView): readonly Startable[] {
  const wanted = choice.presets ? 'preset' : 'type';
  const numbered = catalog
    .filter(({ kind }) => kind === wanted)
    .slice(0, 9)
    .map((entry, place) => startable(entry, String(place + 1), choice.severity !== 'silent' || entry.silent));
  const herrings = catalog.filter(({ kind }) => kind === 'red-herring').slice(0, 1);
  return [...numbered, ...herrings.map((entry) => startable(entry, HERRING_KEY, true))];
}

const startable = ({ what, title }: LiveEntry, key: string, fits: boolean): Startable => ({
  ...{ what, key, fits, title: plainText(title) },
});

const MINUTE_MS = 60_000;

/** The notes about the incident that is running, else about the last one; empty when there was none. */
export function notesOf(view: LiveView): { title: string; lines: readonly string[] } {
  const { incidents, catalog } = view;
  const incident = runningIncident(view) ?? runningHerring(view) ?? incidents.at(-1);
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

/** `14:32:07 (10 × real time) · index 1.2 s behind · 412 documents so far`, as much of it as fits. */
export function liveHead(view: LiveView, columns: number): string {
  const { status, begun, tick } = view;
  if (status === 'stopping') return 'Stopping: documents on their way are still indexed …';
  if (!begun) return startingWords(view);
  const speed = begun.speed === 1 ? '' : ` (${begun.speed} × real time)`;
  const time = shopTime(tick?.simulatedMs ?? begun.simulatedMs, begun.timeZone);
  const whole = [`${time}${speed}`, lagWords(tick), `${documents(tick?.documents ?? 0)} so far`];
  return fitting([whole.join(' · '), whole.slice(0, 2).join(' · ')], columns);
}

/** How far it is before it is live. */
function startingWords({ load }: LiveView): string {
  if (!load) return 'Connecting and looking at the index …';
  const { planned, acknowledged, documentsPerSecond, checks } = load;
  if (checks) return `Checking the new index: ${checks.done} of ${checks.total} checks`;
  const rate = documentsPerSecond > 0 ? `, ${grouped(documentsPerSecond)} docs/s` : '';
  return `Loading a new index first: ${grouped(acknowledged)} of about ${documents(planned)}${rate}`;
}

/** The first of these that fits, else the last. */
const fitting = (forms: readonly string[], columns: number): string =>
  forms.find((form) => columnsOf(form) <= columns) ?? forms.at(-1) ?? '';

/** From here on a lag is told in minutes. */
const LONG_MS = 100_000;

/** `index 1.2 s behind`. */
export const behindWords = (lagMs: number): string =>
  `index ${lagMs < LONG_MS ? `${secondsText(Math.max(0, lagMs))} s` : duration(lagMs)} behind`;

const lagWords = (tick: LiveTick | undefined): string =>
  tick === undefined ? 'nothing indexed yet' : behindWords(tick.lagMs);

/** A minute that an instant lies in, or ends with: nothing is over before it. */
const minuteFrom = (ms: number, zone: string) => shopTime(ms, zone).slice(0, 5);
const minuteUntil = (ms: number, zone: string) => minuteFrom(Math.ceil(ms / MINUTE_MS) * MINUTE_MS, zone);

/** What runs now, since when, and until when, in time of the shop; shorter where there is less room. */
export function nowWords(view: LiveView, columns: number): string {
  const { begun, tick, asked } = view;
  if (!begun || !tick) return view.status === 'starting' ? plainText(view.log.at(-1)?.text ?? '') : '';
  if (asked) return askedWords(view, asked);
  const incident = runningIncident(view);
  const herring = runningHerring(view);
  const now = incident
    ? incidentForms(incident, tick.simulatedMs, begun.timeZone)
    : tick.planned
      ? plannedForms(tick.planned, tick.simulatedMs, begun.timeZone)
      : [usualWords(view)];
  if (!herring) return fitting(now, columns);
  const until = `red herring until ${minuteUntil(herring.endMs, begun.timeZone)}`;
  const beside = [`${plainText(herring.title)}, ${until}`, until];
  const shortest = now.at(-1) ?? '';
  return fitting([...beside.flatMap((form) => now.map((one) => `${one} · ${form}`)), shortest], columns);
}

function incidentForms(
  { title, severity, startMs, endMs }: LiveIncident,
  nowMs: number,
  zone: string,
): readonly string[] {
  const since = `${plainText(title)} (${severity}) since ${minuteFrom(startMs, zone)}`;
  const passed = duration(Math.max(1000, nowMs - startMs));
  const ends = `ends in ${duration(Math.max(0, endMs - nowMs))}`;
  return [`${since} (${passed}), ${ends}`, `${since}, ${ends}`, since];
}

/** An incident of the plan itself, not started by hand. */
function plannedForms(
  { title, severity, startMs, endMs, recoveredMs }: LiveIncident,
  nowMs: number,
  zone: string,
): readonly string[] {
  const name = `${plainText(title)} (${severity})`;
  if (nowMs >= endMs) return [`Recovering from ${name} until ${minuteUntil(recoveredMs, zone)}`];
  const since = `${name} since ${minuteFrom(startMs, zone)}`;
  const ends = `ends in ${duration(endMs - nowMs)}`;
  return [`${since}, planned with the data; ${ends}`, `${since}, planned; ${ends}`, `${since}, planned`];
}

/** What was asked for, until the shop has carried it out. */
function askedWords(view: LiveView, asked: LiveCommand): string {
  if (asked.type === 'recover') return `Ending ${plainText(runningIncident(view)?.title ?? 'it')} …`;
  const entry = view.catalog.find(({ what }) => what === asked.what);
  return `Starting ${plainText(entry?.title ?? asked.what)} …`;
}

/** What is so without an incident. */
function usualWords({ incidents, begun, tick }: LiveView): string {
  const last = incidents.findLast((incident) => !isHerring(incident));
  if (!last || !begun || !tick) return 'Normal operation; no incident started yet';
  const back = minuteUntil(last.recoveredMs, begun.timeZone);
  return tick.simulatedMs < last.recoveredMs
    ? `Recovering from ${plainText(last.title)} until ${back}`
    : `Normal operation since ${back}`;
}

/** `Payment gateway timeout (major, 10 min)`; a red herring is always the same. */
export const startWords = (view: LiveView, { key, title }: Startable): string =>
  key === HERRING_KEY ? title : `${title} (${choiceWords(view)})`;

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

/** `14:31-14:35 Payment gateway timeout, major (live-1)`. */
export function incidentLine(incident: LiveIncident, timeZone: string): string {
  const { id, title, severity, startMs, endMs } = incident;
  const span = `${minuteFrom(startMs, timeZone)}-${minuteUntil(endMs, timeZone)}`;
  return `${span} ${plainText(title)}, ${isHerring(incident) ? 'red herring' : severity} (${id})`;
}

/** What was told, with times of the shop. */
export function logLines({ log, begun }: LiveView): readonly string[] {
  const zone = begun?.timeZone;
  return log.map(({ ms, text }) =>
    ms === undefined || zone === undefined ? plainText(text) : `${shopTime(ms, zone)}  ${plainText(text)}`,
  );
}
