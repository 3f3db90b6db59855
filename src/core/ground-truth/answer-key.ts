// incidents.json: what happened, when and why, for evaluating detectors and agents. docs/answer-key.md describes it.
import { quantile, type Tally } from '../generate/count/tally.ts';
import { assertPlan } from '../plan/assert-plan.ts';
import type { Component, Kind, Mitigation, Reason, RedHerring, Severity } from '../plan/labels.ts';
import { INCIDENT_CODES } from '../plan/models/registry.ts';
import { expectedTimes } from '../plan/quantiles.ts';
import type { Incident, Plan } from '../plan/types.ts';
import { factsOf, withFacts } from './facts.ts';
import { breakerOpenedMs, detectableMs, firstSymptomMs } from './moments.ts';
import { REASON_MEANINGS } from './vocabulary.ts';

/** Increase it when a field is added or changes its meaning. */
export const ANSWER_SCHEMA = 2;

/** One entry of incidents.json; its names are stable. Times are ISO in UTC. */
export interface AnswerEntry {
  readonly id: string;
  readonly kind: Kind;
  /** The type of incident; null for a red herring. */
  readonly type: string | null;
  readonly preset: string | null;
  readonly title: string;
  /** Null for a red herring. */
  readonly severity: Severity | null;
  readonly component: Component;
  readonly reason: Reason;
  readonly root_cause: string;
  readonly onset: string;
  /** `[start, end)` is the incident, `[end, recovered)` the recovery. */
  readonly start: string;
  readonly end: string;
  readonly recovered: string;
  readonly first_symptom_at: string | null;
  readonly breaker_opened_at: string | null;
  readonly detectable_from: string | null;
  readonly mitigated_at: string | null;
  readonly mitigation: Mitigation | null;
  readonly affected: {
    readonly gateway?: string;
    readonly servers: readonly string[];
    readonly balancer?: string;
    readonly steps: readonly string[];
  };
  /** Null for a red herring. */
  readonly expected: ExpectedFigures | null;
}

/** Documents of the window in the index: counted when a tally is given, else as the model expects them. */
export interface ExpectedFigures {
  readonly documents: number;
  /** By error codes that only incidents bring. */
  readonly errors: Readonly<Record<string, number>>;
  /** By codes that normal operation has too. */
  readonly other_errors: Readonly<Record<string, number>>;
  /** Share of the documents that fail, by any code, 0 to 1, to four decimals. */
  readonly error_rate: number;
  readonly p50_response_time_ms: number;
  readonly p95_response_time_ms: number;
  readonly p99_response_time_ms: number;
  readonly max_response_time_ms: number;
}

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | undefined) => (ms === undefined ? null : iso(ms));
const share = (part: number, whole: number) => Math.round((part / whole) * 10_000) / 10_000;

type Counts = Readonly<Record<string, number>>;

const isOfIncidents = ([code]: readonly [string, number]) => INCIDENT_CODES.includes(code);

/** Error codes of incidents, apart from those that normal operation has too. */
function errorsApart(byCode: Counts): Pick<ExpectedFigures, 'errors' | 'other_errors'> {
  const codes = Object.entries(byCode).sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
  return {
    errors: Object.fromEntries(codes.filter(isOfIncidents)),
    other_errors: Object.fromEntries(codes.filter((code) => !isOfIncidents(code))),
  };
}

function expectedOf(
  plan: Plan,
  incident: Incident,
  counted: Tally['incidents'][number] | undefined,
): ExpectedFigures {
  const window = counted?.incident;
  if (!window || window.documents === 0) {
    const times = expectedTimes(plan, incident);
    return {
      documents: incident.expected.documents,
      ...errorsApart(incident.expected.errors),
      error_rate: incident.expected.errorRate,
      p50_response_time_ms: times.p50Ms,
      p95_response_time_ms: times.p95Ms,
      p99_response_time_ms: times.p99Ms,
      max_response_time_ms: times.maxMs,
    };
  }
  return {
    documents: window.documents,
    ...errorsApart(window.byErrorCode),
    error_rate: share(window.errors, window.documents),
    p50_response_time_ms: quantile(window.responseTimes, 0.5),
    p95_response_time_ms: quantile(window.responseTimes, 0.95),
    p99_response_time_ms: quantile(window.responseTimes, 0.99),
    max_response_time_ms: window.maxResponseMs,
  };
}

function incidentEntry(plan: Plan, incident: Incident, index: number, tally: Tally | undefined): AnswerEntry {
  const { gateway, servers, balancer, steps, startMs, recoveredMs } = incident;
  const counted = tally?.incidents[index];
  const facts = tally ? factsOf(plan, incident, tally) : new Map<string, number>();
  return {
    id: incident.id,
    kind: 'incident',
    type: incident.type,
    preset: incident.preset,
    title: withFacts(incident.title, facts),
    severity: incident.severity,
    component: incident.component,
    reason: incident.reason,
    root_cause: withFacts(incident.rootCause, facts),
    onset: iso(startMs),
    start: iso(startMs),
    end: iso(incident.endMs),
    recovered: iso(recoveredMs),
    first_symptom_at: isoOrNull(counted && firstSymptomMs(counted)),
    breaker_opened_at: isoOrNull(counted && breakerOpenedMs(counted)),
    detectable_from: isoOrNull(tally && detectableMs(tally, startMs, recoveredMs)),
    mitigated_at: iso(incident.mitigatedMs),
    mitigation: incident.mitigation,
    affected: {
      ...(gateway === undefined ? {} : { gateway }),
      servers,
      ...(balancer === undefined ? {} : { balancer }),
      steps,
    },
    expected: expectedOf(plan, incident, counted),
  };
}

function herringEntry(herring: RedHerring, tally: Tally | undefined): AnswerEntry {
  const { id, title, component, reason, startMs, endMs, servers, steps } = herring;
  return {
    id,
    kind: 'red_herring',
    type: null,
    preset: null,
    title,
    severity: null,
    component,
    reason,
    root_cause: REASON_MEANINGS[reason],
    onset: iso(startMs),
    start: iso(startMs),
    end: iso(endMs),
    recovered: iso(endMs),
    first_symptom_at: null,
    breaker_opened_at: null,
    detectable_from: isoOrNull(tally && detectableMs(tally, startMs, endMs)),
    mitigated_at: null,
    mitigation: null,
    affected: { servers, steps },
    expected: null,
  };
}

/**
 * The answer key of a plan, in the order of time. With the tally of the whole data set its numbers are counted, not
 * expected; without one, the moments that only documents tell are null. Throws AppError `argument` for what is no plan.
 */
export function answerKey(plan: Plan, tally?: Tally): AnswerEntry[] {
  assertPlan(plan);
  const incidents = plan.incidents.map((incident, index) => incidentEntry(plan, incident, index, tally));
  const herrings = plan.redHerrings.map((herring) => herringEntry(herring, tally));
  return [...incidents, ...herrings].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}
