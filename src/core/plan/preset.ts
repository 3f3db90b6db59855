// A preset is data: a story, a window, a model with settings, and the evidence that must be found.
import type { ModelSettings } from './models/incident-model.ts';
import { INCIDENT_CODES, type IncidentType } from './models/registry.ts';

export interface Preset {
  /** Lower-case words joined by hyphens. */
  readonly id: string;
  readonly title: string;
  /** Two or three sentences for someone who has not seen it. */
  readonly story: string;
  readonly root_cause: string;
  /** What an on-call engineer notices first. */
  readonly first_symptom: string;
  readonly window: PresetWindow;
  readonly model: {
    readonly type: IncidentType;
    readonly settings: ModelSettings;
  };
  /** Found in addition to what every incident of the model's type shows (see evidence-by-type.ts). */
  readonly evidence: readonly Evidence[];
  /** The steps of an investigator, from the symptom to the cause. */
  readonly investigation: readonly InvestigationStep[];
  /** What looks like the cause and is not. */
  readonly red_herrings: readonly string[];
}

interface PresetWindow {
  /** 0 is the demo day, 1 the day before. */
  readonly days_before: number;
  /** Local wall-clock time, `HH:MM`. */
  readonly start: string;
  readonly end: string;
  readonly recovery_minutes: number;
}

/** Which part of the time around an incident a search covers; `before` is the ten minutes before its start. */
export const EVIDENCE_WINDOWS = ['before', 'incident', 'recovery', 'all'] as const;
export type EvidenceWindow = (typeof EVIDENCE_WINDOWS)[number];

/** Facts that are counted in an incident's window. */
export const WINDOW_FACT_NAMES = [
  'documents',
  'errors',
  'error_percent',
  'p50_ms',
  'p95_ms',
  'max_ms',
  'retries',
  'open_breaker_documents',
  'documents_with_waiters',
  'max_threads',
  'max_pool_pending',
  'max_memory_percent',
  'max_heap_percent',
  'max_gc_pause_ms',
] as const;

/** Every fact that evidence may name instead of a number; `timeouts_promised` is planned, the others are counted. */
export const FACT_NAMES: readonly string[] = [
  ...WINDOW_FACT_NAMES,
  ...INCIDENT_CODES.map((code) => `errors.${code}`),
  'recovery.documents',
  'recovery.errors',
  'timeouts_promised',
];

/** A number, or the name of a fact about the incident that the plan promises or the tally counted (see facts.ts). */
export type Bound = number | string;

/** Units of the number that evidence reads; a count has none. */
export const EVIDENCE_UNITS = ['ms', '%'] as const;
export type EvidenceUnit = (typeof EVIDENCE_UNITS)[number];

/** A claim about the data, the search that proves it, and what the answer must be. */
export interface Evidence {
  /** Unique in the preset; lower-case words joined by hyphens. */
  readonly id: string;
  /** What the number is, as the title of its check: `Payment timeouts on stripe`. Left out, the question is the title. */
  readonly claim?: string;
  readonly question?: string;
  /** Left out for a count. */
  readonly unit?: EvidenceUnit;
  /** `incident` when left out. */
  readonly window?: EvidenceWindow;
  /** A query clause, combined with the window. Left out: every document of the window. */
  readonly query?: object;
  /** Aggregations. Left out, the documents found are counted. */
  readonly aggs?: object;
  /** Path of the number in the answer; `hits.total.value` when there are no aggregations. */
  readonly read?: string;
  readonly expect: Expect;
  /**
   * The search runs only when at least so many documents are expected in the window: quantiles of a coarse sample
   * say nothing. 50 when left out and there are aggregations, else 0.
   */
  readonly needs_documents?: number;
}

/** Every bound given must hold. */
interface Expect {
  readonly equals?: Bound;
  readonly at_least?: Bound;
  readonly at_most?: Bound;
}

/**
 * One step of an investigation: evidence, the question it answers, and in words what it shows. In the words, `{fact}` is
 * replaced by the number of this run and `{found}` by what the search found.
 */
export interface InvestigationStep extends Evidence {
  /** What the investigator asks; the search finds the answer. */
  readonly question: string;
  readonly shows: string;
}
