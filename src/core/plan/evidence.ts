// What must be found in the index for a story to be true: searches, and the numbers they must give.
import type { Tally } from '../generate/tally.ts';
import { type Facts, factsOf } from './facts.ts';
import type { Bound, Evidence, EvidenceWindow, InvestigationStep } from './preset.ts';
import type { Incident, Plan } from './types.ts';

/** One question about one incident, ready to be asked of an index. */
export interface ConcreteEvidence {
  /** Unique in the plan: `<incident>/<evidence>`. */
  readonly id: string;
  readonly incident: string;
  readonly question: string;
  /** The body of a search; its query is limited to the window by `@timestamp`. */
  readonly query: { readonly size: 0; readonly query: object; readonly [name: string]: unknown };
  /** Path of the number in the answer. */
  readonly read: string;
  /** Both bounds are inclusive; equal ones mean exactly. */
  readonly expect: { readonly min?: number; readonly max?: number };
  /** What the answer shows, for a step of an investigation. */
  readonly shows?: string;
}

const BEFORE_MS = 600_000;

function windowOf(incident: Incident, window: EvidenceWindow): { gte: string; lt: string } {
  const { startMs, endMs, recoveredMs } = incident;
  const spans: Record<EvidenceWindow, [number, number]> = {
    before: [startMs - BEFORE_MS, startMs],
    incident: [startMs, endMs],
    recovery: [endMs, recoveredMs],
    all: [startMs, recoveredMs],
  };
  const [from, to] = spans[window];
  return { gte: new Date(from).toISOString(), lt: new Date(to).toISOString() };
}

const resolve = (bound: Bound, facts: Facts): number =>
  typeof bound === 'number' ? bound : (facts[bound as keyof Facts] ?? Number.NaN);

function concrete(
  incident: Incident,
  evidence: Evidence | InvestigationStep,
  facts: Facts,
): ConcreteEvidence {
  const { id, question, window = 'incident', query, aggs, read = 'hits.total.value', expect } = evidence;
  const range = { range: { '@timestamp': windowOf(incident, window) } };
  const min = expect.equals ?? expect.at_least;
  const max = expect.equals ?? expect.at_most;
  return {
    id: `${incident.id}/${id}`,
    incident: incident.id,
    question,
    query: {
      size: 0,
      track_total_hits: true,
      query: { bool: { filter: query ? [range, query] : [range] } },
      ...(aggs ? { aggs } : {}),
    },
    read,
    expect: {
      ...(min === undefined ? {} : { min: resolve(min, facts) }),
      ...(max === undefined ? {} : { max: resolve(max, facts) }),
    },
    ...('shows' in evidence ? { shows: evidence.shows } : {}),
  };
}

/** The evidence of an incident: that of its preset, or for a random one what its tally counted. */
export function evidenceOf(plan: Plan, incident: Incident, tally: Tally): ConcreteEvidence[] {
  const facts = factsOf(plan, incident, tally);
  const preset = plan.presets.find(({ id }) => id === incident.preset);
  const evidence = preset ? preset.evidence : GENERAL;
  return evidence.map((one) => concrete(incident, one, facts));
}

const GENERAL: readonly Evidence[] = [
  {
    id: 'errors',
    question: 'How many transactions fail in the window?',
    query: { term: { status: 'error' } },
    expect: { equals: 'errors' },
  },
  {
    id: 'slowest',
    question: 'How slow is the slowest transaction?',
    aggs: { slowest: { max: { field: 'response_time_ms' } } },
    read: 'aggregations.slowest.value',
    expect: { equals: 'max_ms' },
  },
];
