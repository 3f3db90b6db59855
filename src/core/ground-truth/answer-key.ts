// incidents.json: what happened, when and why, for evaluating detectors.
import { quantile, type Tally } from '../generate/count/tally.ts';
import { assertPlan } from '../plan/assert-plan.ts';
import { expectedTimes } from '../plan/quantiles.ts';
import type { Incident, Plan } from '../plan/types.ts';

/** One entry of incidents.json; its names are stable. */
export interface AnswerEntry {
  readonly id: string;
  readonly type: string;
  readonly preset: string | null;
  readonly title: string;
  /** ISO UTC. `[start, end)` is the incident, `[end, recovered)` the recovery. */
  readonly start: string;
  readonly end: string;
  readonly recovered: string;
  readonly root_cause: string;
  readonly affected: { readonly gateway?: string; readonly servers: readonly string[] };
  /** Documents of the window in the index: counted when a tally is given, else as the model expects them. */
  readonly expected: {
    readonly documents: number;
    readonly errors: Readonly<Record<string, number>>;
    /** Share of the documents, 0 to 1. */
    readonly error_rate: number;
    readonly p95_response_time_ms: number;
    readonly max_response_time_ms: number;
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

function expected(
  plan: Plan,
  incident: Incident,
  counted: Tally['incidents'][number] | undefined,
): AnswerEntry['expected'] {
  const window = counted?.incident;
  if (!window || window.documents === 0) {
    const times = expectedTimes(plan, incident);
    return {
      documents: incident.expected.documents,
      errors: incident.expected.errors,
      error_rate: incident.expected.errorRate,
      p95_response_time_ms: times.p95Ms,
      max_response_time_ms: times.maxMs,
    };
  }
  return {
    documents: window.documents,
    errors: window.byErrorCode,
    error_rate: Math.round((window.errors / window.documents) * 10_000) / 10_000,
    p95_response_time_ms: quantile(window.responseTimes, 0.95),
    max_response_time_ms: window.maxResponseMs,
  };
}

/**
 * The answer key of a plan. With the tally of the whole data set its numbers are counted, not expected. Throws AppError
 * `argument` for what is no plan.
 */
export function answerKey(plan: Plan, tally?: Tally): AnswerEntry[] {
  assertPlan(plan);
  return plan.incidents.map((incident, index) => ({
    id: incident.id,
    type: incident.type,
    preset: incident.preset,
    title: incident.title,
    start: iso(incident.startMs),
    end: iso(incident.endMs),
    recovered: iso(incident.recoveredMs),
    root_cause: incident.rootCause,
    affected: {
      ...(incident.gateway === undefined ? {} : { gateway: incident.gateway }),
      servers: incident.servers,
    },
    expected: expected(plan, incident, tally?.incidents[index]),
  }));
}
