// Normal operation: the error rate and the response times outside incidents.
import { grouped, percent } from '../../text/numbers.ts';
import { quantile, type Tally } from '../generate/count/tally.ts';
import { type Clause, term, timeRange } from '../ground-truth/clauses.ts';
import { trafficAt } from '../plan/curve.ts';
import type { Plan } from '../plan/index.ts';
import { MOST_DECLINES } from '../plan/red-herrings.ts';
import { sampleAt } from '../plan/sampling.ts';
import { DOCUMENTS_PER_SESSION, PAYING_SHARE } from '../plan/shop.ts';
import { type Check, numberAt } from './check.ts';
import type { RunScope } from './scope.ts';

/** The transactions outside incidents; markers are none. */
function outsideIncidents({ incidents }: Plan): Clause {
  const must_not = incidents.map(({ startMs, recoveredMs }) => timeRange(startMs, recoveredMs));
  return { bool: { filter: [term('event_type', 'checkout_attempt')], must_not } };
}

/** A card that an outage declined is often tried again, and declined again: so many declines for each, with some room. */
const DECLINES_OF_ONE = 2;

/** How many more declines than usual the outages of card issuers bring, at most. */
function declinesOfOutages(plan: Plan): number {
  const outages = plan.redHerrings.filter(({ reason }) => reason === 'issuer_outage');
  const payments = outages.map(({ startMs, endMs }) => {
    const middleMs = (startMs + endMs) / 2;
    const perSecond = trafficAt(plan, middleMs) / sampleAt(plan, middleMs);
    return (perSecond * (PAYING_SHARE / DOCUMENTS_PER_SESSION) * (endMs - startMs)) / 1000;
  });
  return payments.reduce((sum, count) => sum + count, 0) * MOST_DECLINES * DECLINES_OF_ONE;
}

function errorRateCheck(scope: RunScope, plan: Plan, { normal }: Tally): Check {
  const { min, max } = plan.parameters.errorRateNormal;
  const text = (errors: number, documents: number) =>
    `${percent(errors / documents, 2)} (${grouped(errors)} of ${grouped(documents)})`;
  const expected = text(normal.errors, normal.documents);
  const outages = declinesOfOutages(plan) / Math.max(1, normal.documents);
  // Five standard deviations of a share: a requested rate of 2 % is not found as exactly 2 %.
  const chance = 5 * Math.sqrt(((max / 100) * (1 - max / 100)) / Math.max(1, normal.documents));
  return {
    id: 'normal-error-rate',
    title: `Error rate outside incidents (${min === max ? min : `${min} to ${max}`} % requested)`,
    query: scope.search({
      size: 0,
      track_total_hits: true,
      query: outsideIncidents(plan),
      aggs: { errors: { filter: term('status', 'error') } },
    }),
    expected,
    judge: (answer) => {
      const errors = numberAt(answer, 'aggregations.errors.doc_count');
      const documents = numberAt(answer, 'hits.total.value');
      const share = errors / documents;
      const inRange = share >= min / 100 - chance && share <= max / 100 + outages + chance;
      return { ok: inRange && text(errors, documents) === expected, found: text(errors, documents) };
    },
  };
}

const PERCENTS = [50, 99] as const;

/** The times that so many percent of the documents do not exceed, exactly: nearest rank. */
const timesOf = ({ normal }: Tally) =>
  PERCENTS.map((percent) => ({ percent, ms: quantile(normal.responseTimes, percent / 100) }));

/**
 * OpenSearch only estimates percentiles. What proves one is how many documents lie below it and up to it: the document of
 * its rank is among the latter, and not among the former.
 */
function responseTimeCheck(scope: RunScope, plan: Plan, tally: Tally): Check {
  const times = timesOf(tally);
  const filters = times.flatMap(({ percent, ms }) => [
    [`p${percent}_below`, { range: { response_time_ms: { lt: ms } } }],
    [`p${percent}_up_to`, { range: { response_time_ms: { lte: ms } } }],
  ]);
  const foundIn = (answer: unknown, { percent, ms }: (typeof times)[number]): string => {
    const count = (name: string) => numberAt(answer, `aggregations.times.buckets.${name}.doc_count`);
    const rank = (numberAt(answer, 'hits.total.value') * percent) / 100;
    const below = count(`p${percent}_below`);
    const upTo = count(`p${percent}_up_to`);
    if (below < rank && rank <= upTo) return `p${percent} ${grouped(ms)} ms`;
    return `p${percent} not ${grouped(ms)} ms (${grouped(below)} below, ${grouped(upTo)} up to it)`;
  };
  const expected = times.map(({ percent, ms }) => `p${percent} ${grouped(ms)} ms`).join(', ');
  return {
    id: 'normal-response-time',
    title: 'Response time outside incidents',
    query: scope.search({
      size: 0,
      track_total_hits: true,
      query: outsideIncidents(plan),
      aggs: { times: { filters: { filters: Object.fromEntries(filters) } } },
    }),
    expected,
    judge: (answer) => {
      const found = times.map((time) => foundIn(answer, time)).join(', ');
      return { ok: found === expected, found };
    },
  };
}

/** None for a data set without a document outside incidents. */
export function normalChecks(scope: RunScope, plan: Plan, tally: Tally): Check[] {
  if (tally.normal.documents === 0) return [];
  return [errorRateCheck(scope, plan, tally), responseTimeCheck(scope, plan, tally)];
}
