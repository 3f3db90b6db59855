// The spans of time the charts of Tune can show.
import type { Forecast } from '../../wizard/services.ts';
import { days } from './format.ts';
import { wallClock } from './when.ts';

const DAY_MS = 86_400_000;
const MARGIN_MS = 30 * 60_000;

export interface ZoomWindow {
  readonly title: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The whole range first, then the demo day, then each preset incident with half an hour around it. */
export function zoomWindows(forecast: Forecast, nowMs: number): readonly ZoomWindow[] {
  const { startMs, endMs, timeZone, demoDay, demoDayStartMs, incidents } = forecast;
  const length = Math.max(1, Math.round((endMs - startMs) / DAY_MS));
  const whole = length === 1 ? 'Full day' : `All ${days(length)}`;
  const windows: ZoomWindow[] = [{ title: whole, fromMs: startMs, toMs: endMs }];
  const dayStart = Math.max(startMs, demoDayStartMs);
  if (length > 1) {
    const title = demoDay === wallClock(nowMs, timeZone).day ? 'Today' : 'Demo day';
    windows.push({ title, fromMs: dayStart, toMs: endMs });
  }
  for (const incident of incidents.filter(({ preset }) => preset !== null).toReversed()) {
    windows.push({
      title: incident.title,
      fromMs: Math.max(startMs, incident.startMs - MARGIN_MS),
      toMs: Math.min(endMs, incident.recoveredMs + MARGIN_MS),
    });
  }
  return windows;
}
