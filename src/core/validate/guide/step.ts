// What a step of an investigation is: a question, the search that answers it, and what its answer says in words.
import type { Incident, Plan } from '../../plan/index.ts';
import type { Inquiry, Span, WrittenSearch } from './search.ts';

/** What is investigated, and where. */
export interface Scene {
  readonly plan: Plan;
  readonly incident: Incident;
  readonly timeZone: string;
}

/** What the answers so far have shown. A query may name nothing else that an answer has to show first. */
export interface Known {
  /** The error code that came first. */
  readonly code?: string;
  /** The step of the checkout where that code occurs most. */
  readonly step?: string;
  readonly gateway?: string;
}

export interface TimelineEvent {
  readonly ms: number;
  readonly text: string;
  /** The same in three words, for the few events that tell the story. */
  readonly short?: string;
}

/** An answer in words. Every number in them is one number of the answer, rounded for people. */
export interface Told {
  readonly shows: string;
  /** A cause that this answer excludes, and why. */
  readonly rulesOut?: string;
  /** The same for an audience; only the steps that are shown on stage have it. */
  readonly say?: string;
  readonly learned?: Known;
  readonly events?: readonly TimelineEvent[];
  /** How the incident ended. */
  readonly ended?: string;
}

export interface StepMaker {
  readonly question: string;
  /** The numbered panel of the incident room that shows the same. */
  readonly panel?: number;
  /** Undefined where an earlier answer has not shown what it needs, or the data has nothing to compare with. */
  readonly inquire: (scene: Scene, known: Known) => Inquiry | undefined;
  /** Undefined where the answer holds too few documents to say anything. */
  readonly tell: (answer: unknown, scene: Scene, known: Known) => Told | undefined;
}

/** An inquiry that needs what earlier answers have shown: there is none where they have not shown it. */
export const knowing =
  <Name extends keyof Known>(
    names: readonly Name[],
    inquire: (scene: Scene, known: Required<Pick<Known, Name>>) => Inquiry,
  ): StepMaker['inquire'] =>
  (scene, known) =>
    names.every((name) => known[name] !== undefined)
      ? inquire(scene, known as Required<Pick<Known, Name>>)
      : undefined;

/** A step with its answer from the index. */
export interface GuideStep extends WrittenSearch {
  readonly question: string;
  readonly panel?: number;
  readonly told: Told;
  /** Opens Discover with its DQL, where there is a Dashboards. */
  readonly discoverUrl?: string;
}

const MINUTE_MS = 60_000;
const HALF_HOUR_MS = 30 * MINUTE_MS;

/** What someone looks at who knows about when it was: whole half hours around the incident. */
export function spanAbout({ incident }: Scene): Span {
  const floor = (ms: number) => Math.floor(ms / HALF_HOUR_MS) * HALF_HOUR_MS;
  return {
    fromMs: floor(incident.startMs - 15 * MINUTE_MS),
    toMs: floor(incident.recoveredMs + HALF_HOUR_MS),
  };
}

export const spanOfIncident = ({ incident }: Scene): Span => ({
  fromMs: incident.startMs,
  toMs: incident.endMs,
});

/** The incident, and as long before it. */
export const spanWithBefore = ({ incident }: Scene): Span => ({
  fromMs: 2 * incident.startMs - incident.endMs,
  toMs: incident.endMs,
});

/** The incident, the recovery, and some minutes of normal operation. */
export const spanToEnd = ({ incident }: Scene): Span => ({
  fromMs: incident.startMs,
  toMs: incident.recoveredMs + 5 * MINUTE_MS,
});
