import type { Preset } from '../../core/plan/preset.ts';
import type { AppError } from '../../errors/app-error.ts';
import type { Settings } from '../../options/settings.ts';
import { plainText } from '../../text/plain-text.ts';
import type { Forecast } from '../../wizard/services.ts';
import type { WizardState } from '../../wizard/state.ts';
import { dayWords, presetWindowWords, shiftDay, wallClock } from './when.ts';

export const PRESET_HEAD = 'Add your own scenario';
export const PRESET_HELP =
  'Path to its preset file, such as ./mine.json. presets/preset.schema.json describes the fields.';
/** Why a file cannot be used, and what can be done. */
export function presetProblem(error: AppError): readonly string[] {
  const { sentence, actions } = error.explain();
  return [sentence, ...actions.map((action) => `- ${action}`)].map(plainText);
}

/** Every claim of this preset that a query proves. */
export function provenClaims({ evidence, investigation }: Preset): readonly string[] {
  return [...evidence, ...investigation].map(({ id, claim, question = id }) => claim ?? question);
}

/** The whole of a preset: what happens, what is noticed first, the cause, and what is proved. */
export function storyLines(preset: Preset): readonly string[] {
  return [
    preset.story,
    '',
    `First symptom: ${preset.first_symptom}`,
    `Root cause: ${preset.root_cause}`,
    ...preset.red_herrings.map((herring) => `Red herring: ${herring}`),
    '',
    'Verified by query:',
    ...provenClaims(preset).map((claim) => `- ${claim}`),
  ].map(plainText);
}

/** A forecast that knows the days: of the data, or at least of the presets. */
export function knownForecast({ forecast, gallery }: WizardState): Forecast | undefined {
  if (forecast.state === 'ready') return forecast.forecast;
  return gallery.state === 'ready' ? gallery.forecast : undefined;
}

/** The day it is in the zone of the shop. */
export function todayOf(forecast: Forecast, nowMs: number): string {
  return wallClock(nowMs, forecast.timeZone).day;
}

/** Which day the presets call today, and why. */
export function demoDayWords(
  settings: Settings,
  forecast: Forecast,
  nowMs: number,
): { day: string; why: string } {
  const now = wallClock(nowMs, forecast.timeZone);
  const day = dayWords(forecast.demoDay, now.day);
  if (forecast.incidents.some(({ preset, recoveredMs }) => preset !== null && recoveredMs > nowMs)) {
    return {
      day,
      why: `in the future: data ends at ${wallClock(forecast.endMs, forecast.timeZone).time.slice(0, 5)}`,
    };
  }
  if (settings.demoDay !== undefined) return { day, why: 'your choice' };
  const passed = forecast.demoDay === now.day;
  return {
    day,
    why: passed ? "today's incident ended at 14:45" : "today's incident ends at 14:45, which is still ahead",
  };
}

/** The days that can be chosen: the present one and six before it. */
export function demoDayChoices(forecast: Forecast, nowMs: number): readonly string[] {
  const today = todayOf(forecast, nowMs);
  const week = Array.from({ length: 7 }, (_, back) => shiftDay(today, -back));
  return week.includes(forecast.demoDay) ? week : [forecast.demoDay, ...week];
}

/** `today, Tue 24 Nov 14:25-14:35`. */
export function presetWindow(preset: Preset, forecast: Forecast, nowMs: number): string {
  return presetWindowWords(preset.window, forecast.demoDay, todayOf(forecast, nowMs));
}
