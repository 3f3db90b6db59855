// Scenario and Tune in words.
import { asAppError } from '../../errors/app-error.ts';
import type { Option } from '../../options/kinds.ts';
import type { Settings } from '../../options/settings.ts';
import { settingText } from '../../options/table.ts';
import { grouped } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import type { Forecast, Series } from '../../wizard/services.ts';
import type { Speed, WizardState } from '../../wizard/state.ts';
import { reasonWords } from './connect-text.ts';
import { bytes, roughDuration, roughly, significant } from './format.ts';
import { momentWords, wallClock } from './when.ts';

/** Documents a second that an ordinary cluster takes; used where this cluster's own speed cannot be found out. */
const USUAL_SPEED = 20_000;

/** Why the data cannot be planned as it is wanted; empty when it can. */
export function planProblem({ forecast }: WizardState): string {
  return forecast.state === 'failed' ? plainText(forecast.error.message) : '';
}

/** The value of a parameter with its unit: `7 days`, `25-40 %`. */
export function valueWords(option: Option, settings: Settings): string {
  const text = settingText(option, settings);
  if (!('unit' in option.kind) || text === '') return text;
  const { unit } = option.kind;
  if (option.key === 'days' && settings.days === 1) return '1 day';
  if (unit === 'percent') return `${text} %`;
  if (unit === 'transactions/s') return `${text} /s`;
  return unit === '' || option.key === 'sample' ? text : `${text} ${unit}`;
}

/** What the parameter means and what it may be. */
export function limitWords(option: Option): string {
  if (!('min' in option.kind) || option.kind.max > 1e9) return option.help;
  const { min, max } = option.kind;
  return `${option.help} (${min < 1 ? min : grouped(min)} to ${grouped(max)})`;
}

const NUMBER = /^\d+(\.\d+)?$/;

/** Why a typed value does not count, short enough for one row; undefined when it does. */
export function valueProblem(option: Option, text: string): string | undefined {
  try {
    option.parse(text);
    return undefined;
  } catch (error) {
    const { kind } = option;
    const value = Number(text);
    if (!('min' in kind) || !NUMBER.test(text.trim())) return reasonWords(asAppError(error));
    if (value < kind.min) return `${text} is too small (minimum ${kind.min})`;
    return value > kind.max
      ? `${text} is too large (maximum ${grouped(kind.max)})`
      : reasonWords(asAppError(error));
  }
}

/** `≈ 271,400 documents · 84 MB`. */
export function amountWords(forecast: Forecast): string {
  return `${roughly(forecast.documents)} documents · ${bytes(forecast.bytes)}`;
}

/** `about 4 min`. */
function durationWords(documents: number, perSecond: number): string {
  return `about ${roughDuration(Math.max(1000, (documents / perSecond) * 1000 + 500))}`;
}

/** `about 4 min (1,200 docs/s measured on this cluster)`. */
export function timeWords({ documents }: Forecast, speed: Speed | undefined): string {
  const perSecond = speed?.documentsPerSecond ?? USUAL_SPEED;
  const rate = `${grouped(significant(perSecond, 2))} docs/s`;
  return `${durationWords(documents, perSecond)} (${speed ? `${rate} measured on this cluster` : `assuming ${rate}`})`;
}

/** Amount and time in one row: `≈ 271,400 documents · 84 MB · about 12 s (24,000 docs/s here)`. */
export function estimateWords(forecast: Forecast, speed: Speed | undefined, short = false): string {
  const perSecond = speed?.documentsPerSecond ?? USUAL_SPEED;
  const rate = `${grouped(significant(perSecond, 2))} docs/s`;
  const basis = short ? '' : ` (${speed ? `${rate} here` : `assuming ${rate}`})`;
  return `${amountWords(forecast)} · ${durationWords(forecast.documents, perSecond)}${basis}`;
}

/** How many of the chosen incidents are not in the data, and what includes them; empty when all are in it. */
function omittedWords({ omitted }: Forecast, short: boolean): string {
  const early = omitted.filter(({ reason }) => reason === 'days');
  const those = early.length > 0 ? early : omitted;
  if (those.length === 0) return '';
  const one = those.length === 1;
  const selected = `${those.length} ${short ? '' : 'selected '}${one ? 'incident' : 'incidents'}`;
  const them = one ? 'it' : 'them';
  if (early.length === 0) {
    return `${selected} ${one ? 'is' : 'are'} still ahead: choose an earlier demo day${short ? '' : ` to include ${them}`}`;
  }
  const wanted = Math.max(...early.map(({ needsDays }) => needsDays));
  return `${selected} ${one ? 'falls' : 'fall'} outside${short ? '' : ' this range'}: set Days to ${wanted} to include ${them}`;
}

/** What is worth a second look about this amount of data; empty when nothing is. */
export function careWords(forecast: Forecast, short = false): string {
  const left = omittedWords(forecast, short);
  if (left !== '') return left;
  if (forecast.documents > 3e6) return 'Large data set: raise "Keep one session in" for less data';
  return '';
}

/** The latency of one incident in a sentence, for those who do not see the chart. */
export function latencySentence(
  { timeZone }: Forecast,
  p95Ms: readonly number[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): string {
  const worst = p95Ms.indexOf(Math.max(...p95Ms));
  const at = fromMs + ((worst + 0.5) / p95Ms.length) * (toMs - fromMs);
  const time = wallClock(at, timeZone).time.slice(0, 5);
  return `p95 response time: ${grouped(p95Ms[0] ?? 0)} ms before the incident, ${grouped(p95Ms[worst] ?? 0)} ms at ${time}`;
}

/** Two charts in one sentence, for those who do not see them. */
export function chartSentence(forecast: Forecast, { tps, p95Ms }: Series): string {
  const span = forecast.endMs - forecast.startMs;
  const timeAt = (place: number, length: number) =>
    momentWords(forecast.startMs + ((place + 0.5) / length) * span, forecast.timeZone);
  const high = tps.indexOf(Math.max(...tps));
  const worst = p95Ms.indexOf(Math.max(...p95Ms));
  const usual = [...p95Ms].sort((a, b) => a - b)[Math.floor(p95Ms.length / 2)] ?? 0;
  return (
    `Traffic ${grouped(Math.min(...tps))} to ${grouped(tps[high] ?? 0)} transactions per second, highest on ${timeAt(high, tps.length)}; ` +
    `p95 typically ${grouped(usual)} ms, ${grouped(p95Ms[worst] ?? 0)} ms on ${timeAt(worst, p95Ms.length)}`
  );
}
