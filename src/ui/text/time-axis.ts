// The ticks of a time axis: round times in the zone of the data, as many as there is room for.
import { AXIS_WIDTH, type ChartWindow, type Tick } from './chart.ts';
import { dayName, wallClock } from './when.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Steps between ticks of less than a day, and of days. */
const STEPS_MS = [5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE_MS);
const DAY_STEPS_MS = [1, 2, 7, 14, 28].map((days) => days * DAY_MS);

/** Columns that a label takes with those after it. */
const LABEL_WIDTH = 7;
const WEEKDAY_WIDTH = 4;

/** Up to this length a weekday names a day. */
const WEEK_MS = 7.5 * DAY_MS;

/** How far the clock on the wall is ahead of UTC. */
function aheadMs(ms: number, timeZone: string): number {
  const { day, time } = wallClock(ms, timeZone);
  return Date.parse(`${day}T${time}Z`) - Math.floor(ms / 1000) * 1000;
}

/** The moment at which the clock on the wall shows this; where it shows it twice or never, one close to it. */
function momentOf(wallMs: number, timeZone: string): number {
  const guess = wallMs - aheadMs(wallMs, timeZone);
  return wallMs - aheadMs(guess, timeZone);
}

interface AxisStep {
  readonly stepMs: number;
  readonly label: (day: string, time: string) => string;
}

/** The smallest step whose labels fit beside each other. */
function stepOf(spanMs: number, columns: number): AxisStep {
  const fits = (width: number) => (stepMs: number) => (spanMs / stepMs) * width <= columns;
  const hours = STEPS_MS.find(fits(LABEL_WIDTH));
  // Over several days the days are what is looked for, however much room there is.
  if (hours !== undefined && spanMs <= 2 * DAY_MS) {
    const label = (day: string, time: string) => (time === '00:00' ? dayName(day).slice(0, 3) : time);
    return { stepMs: hours, label };
  }
  if (spanMs <= WEEK_MS) {
    const stepMs = DAY_STEPS_MS.find(fits(WEEKDAY_WIDTH)) ?? DAY_MS;
    return { stepMs, label: (day) => dayName(day).slice(0, 3) };
  }
  const stepMs = DAY_STEPS_MS.find(fits(LABEL_WIDTH)) ?? 28 * DAY_MS;
  return { stepMs, label: (day) => dayName(day).slice(4) };
}

/** `Wed`, `18 Nov` or `14:30` at each tick of a chart of this width. */
export function timeTicks({ fromMs, toMs }: ChartWindow, timeZone: string, width: number): readonly Tick[] {
  const { stepMs, label } = stepOf(toMs - fromMs, Math.max(1, width - AXIS_WIDTH));
  const wallFrom = fromMs + aheadMs(fromMs, timeZone);
  const unit = Math.min(stepMs, DAY_MS);
  const ticks: Tick[] = [];
  for (let wallMs = Math.ceil(wallFrom / unit) * unit; ; wallMs += stepMs) {
    const atMs = momentOf(wallMs, timeZone);
    if (atMs >= toMs) return ticks;
    const { day, time } = wallClock(atMs, timeZone);
    ticks.push({ atMs, label: label(day, time.slice(0, 5)) });
  }
}

/** Steps between ticks of time that has passed, s. */
const ELAPSED_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600];

function elapsedLabel(seconds: number): string {
  if (seconds % 3600 === 0 && seconds > 0) return `${seconds / 3600} h`;
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** `10 s`, `2 min` at each tick of a chart of this width; its window counts from the beginning. */
export function elapsedTicks({ fromMs, toMs }: ChartWindow, width: number): readonly Tick[] {
  const columns = Math.max(1, width - AXIS_WIDTH);
  const seconds = (toMs - fromMs) / 1000;
  const step =
    ELAPSED_STEPS.find((each) => (seconds / each) * (LABEL_WIDTH + 1) <= columns) ?? Math.ceil(seconds);
  const first = Math.ceil(fromMs / 1000 / step) * step;
  const count = Math.max(0, Math.ceil((toMs / 1000 - first) / step));
  return Array.from({ length: count }, (_, place) => {
    const at = first + place * step;
    return { atMs: at * 1000, label: elapsedLabel(at) };
  });
}
