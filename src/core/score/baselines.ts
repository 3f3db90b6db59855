// What any score is to be compared with: an answer that is always the same, and one fixed threshold.
import type { AnswerEntry } from '../ground-truth/answer-key.ts';
import { MINUTE_MS } from '../plan/durations.ts';
import { MODELS } from '../plan/models/registry.ts';
import type { Span } from './alarms.ts';
import type { Detection } from './detection.ts';
import { type Figures, figuresOf } from './score.ts';

/** A response is slow for the rule when it takes longer, ms: in a minute with more than 5 % of them, p95 is above it. */
export const RULE_MS = 2000;

/** Fewer slow documents in a minute are chance: at night a sample has ten a minute, and p95 is the slowest of them. */
const LEAST_SLOW = 2;

/** Documents of one minute with a response time, and how many of them took longer than RULE_MS. */
export interface MinuteCounts {
  readonly minuteMs: number;
  readonly documents: number;
  readonly slow: number;
}

/** The figures of detections, and the same of two baselines. */
export interface Score extends Figures {
  /** One alarm that never ends, with the cause of the most common type of incident. */
  readonly constant: Figures;
  /**
   * An alarm in every minute whose p95 is above 2,000 ms, by more than one document; null when the data are not at hand.
   */
  readonly p95_rule: Figures | null;
}

/** From the first entry of the key to the last recovery. */
function spanOfKey(key: readonly AnswerEntry[]): Span {
  const times = key.flatMap(({ start, recovered }) => [Date.parse(start), Date.parse(recovered)]);
  return { fromMs: Math.min(...times), toMs: Math.max(...times) };
}

/** Chosen without a look at the key: the cause of the most common type of incident, and an alarm that never ends. */
function constantAnswer({ fromMs, toMs }: Span): Detection[] {
  const [{ component, reason }] = MODELS;
  return [{ startMs: fromMs, endMs: toMs, component, reason }];
}

/** The minutes whose nearest-rank p95 is above RULE_MS, by more than one document. */
function ruleDetections(minutes: Iterable<MinuteCounts>): Detection[] {
  const found: Detection[] = [];
  for (const { minuteMs, documents, slow } of minutes)
    if (slow >= LEAST_SLOW && slow * 20 > documents)
      found.push({ startMs: minuteMs, endMs: minuteMs + MINUTE_MS });
  return found;
}

export interface ScoreRequest {
  readonly key: readonly AnswerEntry[];
  readonly detections: readonly Detection[];
  /** Of the data; without it false alarms a day are left out. */
  readonly span?: Span | undefined;
  /** The minutes of the data, for the rule. */
  readonly minutes?: Iterable<MinuteCounts> | undefined;
}

/** Scores detections by an answer key, beside a constant answer and a fixed threshold. */
export function score({ key, detections, span, minutes }: ScoreRequest): Score {
  return {
    ...figuresOf(key, detections, span),
    constant: figuresOf(key, constantAnswer(span ?? spanOfKey(key)), span),
    p95_rule: minutes === undefined ? null : figuresOf(key, ruleDetections(minutes), span),
  };
}
