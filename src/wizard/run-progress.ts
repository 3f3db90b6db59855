// The events of a run, folded into what the screens show.
import type { RunDone, RunEvent } from '../core/events.ts';
import { NO_LIMITS } from '../core/load/control.ts';
import { PATIENCE_MS, QUIET_MS } from './load-control.ts';
import type { Rate, Work } from './state.ts';

/** Lines of the log, and points of the speed chart, that are kept. */
const LOG_LIMIT = 500;
const RATE_LIMIT = 600;

/** A run, or the checks alone, of which nothing has been heard yet. */
export function newWork(kind: Work['kind'], id: string, nowMs: number): Work {
  const status = kind === 'run' ? 'running' : 'checking';
  const loaded = kind === 'check';
  return {
    ...{ kind, id, status, startedMs: nowMs, rates: [], loaded, checks: [], log: [] },
    ...{ steering: NO_LIMITS, patienceMs: PATIENCE_MS, refusals: [] },
  };
}

/** A line of the log, with the seconds since the beginning. */
function note(work: Work, line: string, nowMs: number): Work {
  const seconds = Math.max(0, (nowMs - work.startedMs) / 1000);
  return { ...work, log: [...work.log, `${seconds.toFixed(1).padStart(6)} s  ${line}`].slice(-LOG_LIMIT) };
}

const minute = (iso: string) => iso.replace('T', ' ').slice(0, 16);

function progressed(work: Work, event: Extract<RunEvent, { type: 'progress' }>): Work {
  const { elapsedMs, documentsPerSecond, throttled } = event;
  const rate: Rate = { elapsedMs, documentsPerSecond, throttled };
  // Of two neighbours the older one goes: a long load keeps its whole shape.
  const rates =
    work.rates.length < RATE_LIMIT ? work.rates : work.rates.filter((_, place) => place % 2 === 1);
  const patienceMs = event.silentMs < QUIET_MS ? PATIENCE_MS : work.patienceMs;
  return { ...work, progress: event, rates: [...rates, rate], patienceMs };
}

/** What is known of the work after one more event. */
export function fold(work: Work, event: RunEvent, nowMs: number): Work {
  switch (event.type) {
    case 'node':
      return note(work, event.detail, nowMs);
    case 'notice':
      return note(work, event.text, nowMs);
    case 'connected':
      return note(
        { ...work, url: event.url },
        `Connected to OpenSearch ${event.version}, cluster ${event.cluster}`,
        nowMs,
      );
    case 'planned':
      return note(
        { ...work, planned: event.documents },
        `Planned from ${minute(event.start)} to ${minute(event.end)}, UTC`,
        nowMs,
      );
    case 'index':
      return note(
        { ...work, index: { name: event.name, action: event.action } },
        `Index ${event.name}: ${event.action}`,
        nowMs,
      );
    case 'progress':
      return progressed(work, event);
    case 'refused':
      return { ...work, refusals: event.groups, refusedFile: event.file };
    case 'loaded':
      return note(
        { ...work, loaded: true, planned: event.planned },
        `${event.acknowledged} documents acknowledged, ${event.refused} refused, in ${event.seconds} s`,
        nowMs,
      );
    case 'checking':
      return { ...work, total: event.total };
    case 'check': {
      const { type: _, ...result } = event;
      return { ...work, checks: [...work.checks, result] };
    }
    case 'done':
      return note(
        { ...work, status: 'ended', done: work.done ? checkedAgain(work.done, event) : event },
        event.error ? event.error.message : 'Done',
        nowMs,
      );
  }
}

/** The outcome of a run whose checks were asked once more: the load is what it was, the checks are new. */
function checkedAgain(before: RunDone, { ok, exit, checks, guide, error }: RunDone): RunDone {
  const { error: _, ...rest } = before;
  return { ...rest, ok, exit, checks, ...(guide ? { guide } : {}), ...(error ? { error } : {}) };
}
