// The events of a run, folded into what the screens show.
import type { CheckResult, LoadProgress, RefusedGroup, RunDone, RunEvent } from '../core/events.ts';
import { type LoadLimits, NO_LIMITS } from '../core/load/control.ts';
import type { Demo } from './services.ts';

/** The question about a silent cluster comes after this time, and again after as much more. */
export const PATIENCE_MS = 30_000;

/** An answer within this time ends the question. */
export const QUIET_MS = 5000;

/** Lines of the log, and points of the speed chart, that are kept. */
const LOG_LIMIT = 500;
const RATE_LIMIT = 600;

/** The speed at one moment of the load, for its chart. */
interface Rate {
  readonly elapsedMs: number;
  readonly documentsPerSecond: number;
  readonly throttled: boolean;
}

/** A run, or the checks alone, from its first event to its last. */
export interface RunView {
  readonly kind: 'run' | 'check';
  /** Of the run; for the checks alone, of the run that made the index. */
  readonly id: string;
  /** `checking`: only the checks are running, which changes nothing in the cluster. */
  readonly status: 'running' | 'checking' | 'stopping' | 'ended';
  readonly startedMs: number;
  readonly url?: string;
  readonly index?: { readonly name: string; readonly action: 'created' | 'replaced' | 'appended' };
  /** Expected number of documents, then the exact one. */
  readonly planned?: number;
  readonly progress?: LoadProgress;
  readonly rates: readonly Rate[];
  readonly limits: LoadLimits;
  /** A cluster that has been silent for this long is worth a question, ms. */
  readonly patienceMs: number;
  /** Why documents were refused, and the file that keeps them. */
  readonly refusals: readonly RefusedGroup[];
  readonly refusedFile?: string;
  readonly loaded: boolean;
  /** Number of checks to come. */
  readonly total?: number;
  readonly checks: readonly CheckResult[];
  readonly log: readonly string[];
  /** For the checks alone: what the index remembers of the plan it was made from. */
  readonly demo?: Demo;
  readonly done?: RunDone;
  /** Documents that were deleted again afterwards, with the index that the run had made. */
  readonly removed?: number;
}

/** A run, or the checks alone, of which nothing has been heard yet. */
export function newRunView(kind: RunView['kind'], id: string, nowMs: number): RunView {
  const status = kind === 'run' ? 'running' : 'checking';
  const loaded = kind === 'check';
  return {
    ...{ kind, id, status, startedMs: nowMs, rates: [], loaded, checks: [], log: [] },
    ...{ limits: NO_LIMITS, patienceMs: PATIENCE_MS, refusals: [] },
  };
}

/** A line of the log, with the seconds since the beginning. */
function note(run: RunView, line: string, nowMs: number): RunView {
  const seconds = Math.max(0, (nowMs - run.startedMs) / 1000);
  return { ...run, log: [...run.log, `${seconds.toFixed(1).padStart(6)} s  ${line}`].slice(-LOG_LIMIT) };
}

const minute = (iso: string) => iso.replace('T', ' ').slice(0, 16);

/** Half as many rates, evenly spread over the load, with the one at which its first response came. */
function thinned(rates: readonly Rate[]): readonly Rate[] {
  const sliceMs = (rates.at(-1)?.elapsedMs ?? 0) / (RATE_LIMIT / 2) || 1;
  const slice = (rate: Rate | undefined) => Math.floor((rate?.elapsedMs ?? 0) / sliceMs);
  const first = rates.find(({ documentsPerSecond }) => documentsPerSecond > 0);
  return rates.filter((rate, place) => rate === first || slice(rate) !== slice(rates[place + 1]));
}

function progressed(run: RunView, event: Extract<RunEvent, { type: 'progress' }>): RunView {
  const { elapsedMs, documentsPerSecond, throttled } = event;
  const rate: Rate = { elapsedMs, documentsPerSecond, throttled };
  const rates = run.rates.length < RATE_LIMIT ? run.rates : thinned(run.rates);
  const patienceMs = event.silentMs < QUIET_MS ? PATIENCE_MS : run.patienceMs;
  return { ...run, progress: event, rates: [...rates, rate], patienceMs };
}

/** What is known of the run after one more event. */
export function runProgress(run: RunView, event: RunEvent, nowMs: number): RunView {
  switch (event.type) {
    case 'node':
      return note(run, event.detail, nowMs);
    case 'notice':
      return note(run, event.text, nowMs);
    case 'connected':
      return note(
        { ...run, url: event.url },
        `Connected to OpenSearch ${event.version}, cluster ${event.cluster}`,
        nowMs,
      );
    case 'planned':
      return note(
        { ...run, planned: event.documents },
        `Planned from ${minute(event.start)} to ${minute(event.end)}, UTC`,
        nowMs,
      );
    case 'index':
      return note(
        { ...run, index: { name: event.name, action: event.action } },
        `Index ${event.name}: ${event.action}`,
        nowMs,
      );
    case 'progress':
      return progressed(run, event);
    case 'refused':
      return { ...run, refusals: event.groups, refusedFile: event.file };
    case 'loaded':
      return note(
        { ...run, loaded: true, planned: event.planned },
        `${event.acknowledged} documents acknowledged, ${event.refused} rejected, in ${event.seconds} s`,
        nowMs,
      );
    case 'dashboards':
      return note(run, `${event.objects} objects installed in Dashboards at ${event.url}`, nowMs);
    case 'checking':
      return { ...run, total: event.total };
    case 'check': {
      const { type: _, ...result } = event;
      return { ...run, checks: [...run.checks, result] };
    }
    case 'dry-run':
      return run;
    case 'done':
      return note(
        { ...run, status: 'ended', done: run.done ? checkedAgain(run.done, event) : event },
        event.error ? event.error.message : 'Done',
        nowMs,
      );
  }
}

/** The outcome of a run whose checks ran once more: the load is what it was, the checks are new. */
function checkedAgain(before: RunDone, { ok, exit, checks, guide, scenarios, error }: RunDone): RunDone {
  const { error: _, ...rest } = before;
  return {
    ...{ ...rest, ok, exit, checks },
    ...(guide ? { guide } : {}),
    ...(scenarios ? { scenarios } : {}),
    ...(error ? { error } : {}),
  };
}
