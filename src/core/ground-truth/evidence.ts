// What must be found in the index for a story to be true: searches, and the numbers they must give.
import type { Tally } from '../generate/count/tally.ts';
import { trafficAt } from '../plan/curve.ts';
import type { Bound, Evidence, EvidenceUnit, EvidenceWindow, InvestigationStep } from '../plan/preset.ts';
import { sampleAt } from '../plan/sampling.ts';
import type { Incident, Plan } from '../plan/types.ts';
import { timeRange } from './clauses.ts';
import { evidenceByType } from './evidence-by-type.ts';
import { type Facts, factsOf, withFacts } from './facts.ts';

/** One claim about one incident, ready to be checked in an index. */
export interface ConcreteEvidence {
  /** Unique in the plan: `<incident>/<evidence>`. */
  readonly id: string;
  readonly incident: string;
  /** What the number is. */
  readonly claim: string;
  /** What an investigator asks; given for a step of an investigation. */
  readonly question?: string;
  /** The body of a search; its query is limited to the window by `@timestamp`. */
  readonly query: { readonly size: 0; readonly query: object; readonly [name: string]: unknown };
  /** Path of the number in the answer. */
  readonly read: string;
  /** Unit of the number; a count has none. */
  readonly unit?: EvidenceUnit;
  /** Both bounds are inclusive; equal ones mean exactly. */
  readonly expect: { readonly min?: number; readonly max?: number };
  /** For a step of an investigation: what it shows, in the numbers of this run; `{found}` stands for what is found. */
  readonly shows?: string;
}

const BEFORE_MS = 600_000;
/** Documents below which a quantile, a minimum or a maximum says nothing. */
const MIN_DOCUMENTS = 50;

/** The span of a window of an incident, ms. */
function spanOf({ startMs, endMs, recoveredMs }: Incident, window: EvidenceWindow): [number, number] {
  const spans: Record<EvidenceWindow, [number, number]> = {
    before: [startMs - BEFORE_MS, startMs],
    incident: [startMs, endMs],
    recovery: [endMs, recoveredMs],
    all: [startMs, recoveredMs],
  };
  return spans[window];
}

function enoughDocuments(
  plan: Plan,
  incident: Incident,
  { window, aggs, needs_documents }: Evidence,
): boolean {
  const [from, to] = spanOf(incident, window ?? 'incident');
  if (from < plan.startMs) return false;
  const needed = needs_documents ?? (aggs ? MIN_DOCUMENTS : 0);
  // An incident may halve the traffic.
  const likely =
    (trafficAt(plan, (from + to) / 2) * (to - from)) / 1000 / sampleAt(plan, (from + to) / 2) / 2;
  return likely >= needed;
}

/** False where a part of the course may be left out, so that only what is counted is certain. */
const isWhole = ({ pauses }: Plan, { live, startMs, recoveredMs }: Incident) =>
  live === undefined &&
  !pauses.some((pause) => pause.startMs < recoveredMs && pause.endMs > startMs - BEFORE_MS);

function concrete(
  incident: Incident,
  evidence: Evidence | InvestigationStep,
  facts: Facts,
): ConcreteEvidence {
  const { id, question, claim, window = 'incident', query, aggs, expect } = evidence;
  const { read = 'hits.total.value', unit } = evidence;
  const range = timeRange(...spanOf(incident, window));
  const bound = (value: Bound | undefined) =>
    typeof value === 'string' ? (facts.get(value) ?? Number.NaN) : value;
  const min = bound(expect.equals ?? expect.at_least);
  const max = bound(expect.equals ?? expect.at_most);
  return {
    id: `${incident.id}/${id}`,
    incident: incident.id,
    claim: withFacts(claim ?? question ?? id, facts),
    ...(question === undefined ? {} : { question: withFacts(question, facts) }),
    query: {
      size: 0,
      track_total_hits: true,
      query: { bool: { filter: query ? [range, query] : [range] } },
      ...(aggs ? { aggs } : {}),
    },
    read,
    ...(unit === undefined ? {} : { unit }),
    expect: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
    ...('shows' in evidence ? { shows: withFacts(evidence.shows, facts) } : {}),
  };
}

const presetOf = (plan: Plan, incident: Incident) => plan.presets.find(({ id }) => id === incident.preset);

/**
 * The evidence of an incident: that of its preset, the steps of its investigation, and what every incident of its type
 * must show. Claims that the sample is too coarse to prove are left out.
 * @param tally the exact counts of the whole data set; most expectations are taken from it.
 */
export function evidenceOf(plan: Plan, incident: Incident, tally: Tally): ConcreteEvidence[] {
  const facts = factsOf(plan, incident, tally);
  const { evidence = [], investigation = [] } = presetOf(plan, incident) ?? {};
  return [...evidence, ...investigation, ...evidenceByType({ plan, incident, facts, tally })]
    .filter((evidence) => isWhole(plan, incident) || evidence.expect.equals !== undefined)
    .filter((evidence) => enoughDocuments(plan, incident, evidence))
    .map((evidence) => concrete(incident, evidence, facts));
}

/** The steps of the investigation that a preset brings, in the numbers of this run; none for a random incident. */
export function stepsOf(plan: Plan, incident: Incident, tally: Tally): ConcreteEvidence[] {
  const { investigation = [] } = presetOf(plan, incident) ?? {};
  const facts = factsOf(plan, incident, tally);
  return investigation
    .filter((step) => enoughDocuments(plan, incident, step))
    .map((step) => concrete(incident, step, facts));
}
