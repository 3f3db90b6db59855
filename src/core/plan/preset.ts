// A preset is data: a story, a window, a model with settings, and the evidence that must be found.
import type { IncidentType, ModelSettings } from './types.ts';

export interface Preset {
  /** Lower-case words joined by hyphens. */
  readonly id: string;
  readonly title: string;
  /** Two or three sentences for a person who has not seen it. */
  readonly story: string;
  readonly root_cause: string;
  readonly window: PresetWindow;
  readonly model: {
    readonly type: IncidentType;
    readonly settings: ModelSettings;
  };
  readonly evidence: readonly Evidence[];
  readonly investigation: readonly InvestigationStep[];
}

export interface PresetWindow {
  /** 0 is the demo day, 1 the day before. */
  readonly days_before: number;
  /** Local wall-clock time, `HH:MM`. */
  readonly start: string;
  readonly end: string;
  readonly recovery_minutes: number;
}

/** Which part of the time around an incident a question looks at; `before` is the ten minutes before its start. */
export const EVIDENCE_WINDOWS = ['before', 'incident', 'recovery', 'all'] as const;
export type EvidenceWindow = (typeof EVIDENCE_WINDOWS)[number];

/** A number, or the name of a fact about the incident that the plan or the tally knows (see facts.ts). */
export type Bound = number | string;

/** A question, the search that answers it, and what the answer must be. */
export interface Evidence {
  /** Unique in the preset; lower-case words joined by hyphens. */
  readonly id: string;
  readonly question: string;
  /** `incident` when left out. */
  readonly window?: EvidenceWindow;
  /** A query clause, combined with the window. Left out: every document of the window. */
  readonly query?: object;
  /** Aggregations. Left out, the documents found are counted. */
  readonly aggs?: object;
  /** Path of the number in the answer; `hits.total.value` when there are no aggregations. */
  readonly read?: string;
  readonly expect: Expect;
}

/** Every bound given must hold. */
export interface Expect {
  readonly equals?: Bound;
  readonly at_least?: Bound;
  readonly at_most?: Bound;
}

/** One step of an investigation: evidence, and in words what it shows. `{fact}` is replaced by the number of this run. */
export interface InvestigationStep extends Evidence {
  readonly shows: string;
}
