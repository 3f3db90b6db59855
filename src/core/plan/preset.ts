// A preset is data: a story, a window, a model with settings, and the evidence that must be found.
import type { IncidentType } from './types.ts';

export interface Preset {
  /** Lower-case words joined by hyphens. */
  readonly id: string;
  readonly title: string;
  /** Two or three sentences for a person who has not seen it. */
  readonly story: string;
  readonly root_cause: string;
  readonly window: {
    /** 0 is the demo day, 1 the day before. */
    readonly days_before: number;
    /** Local wall-clock time, `HH:MM`. */
    readonly start: string;
    readonly end: string;
    readonly recovery_minutes: number;
  };
  readonly model: {
    readonly type: IncidentType;
    readonly settings: Readonly<Record<string, number | string>>;
  };
  readonly evidence: readonly Evidence[];
  readonly investigation: readonly InvestigationStep[];
}

/** What a query over the window must show. */
export interface Evidence {
  readonly id: string;
  readonly question: string;
  /** An OpenSearch query clause, combined with the window of the incident. */
  readonly query: object;
  /** An aggregation body; its value is read at `agg.value` (a single-value metric). Without it, documents are counted. */
  readonly aggregation?: object;
  readonly window?: 'incident' | 'recovery' | 'before' | 'all';
  readonly expect: {
    readonly at_least?: number;
    readonly at_most?: number;
    readonly exactly_at_sample_60?: number;
  };
}

export interface InvestigationStep {
  readonly question: string;
  readonly query: object;
  readonly shows: string;
}
