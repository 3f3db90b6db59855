// What is known about an incident in numbers: the names that a preset may use instead of a number.
import { grouped, secondsText } from '../../text/numbers.ts';
import { quantile, type Tally, type WindowTally } from '../generate/count/tally.ts';
import { INCIDENT_CODES } from '../plan/models/registry.ts';
import type { WINDOW_FACT_NAMES } from '../plan/preset.ts';
import { promisedTimeouts } from '../plan/timeout-promise.ts';
import type { Incident, Plan } from '../plan/types.ts';

const WINDOW_FACTS: Readonly<
  Record<(typeof WINDOW_FACT_NAMES)[number], (window: WindowTally, incident: Incident) => number>
> = {
  documents: ({ documents }) => documents,
  errors: ({ errors }) => errors,
  error_percent: ({ documents, errors }) => Math.round((1000 * errors) / Math.max(1, documents)) / 10,
  p50_ms: ({ responseTimes }) => quantile(responseTimes, 0.5),
  p95_ms: ({ responseTimes }) => quantile(responseTimes, 0.95),
  max_ms: ({ maxResponseMs }) => maxResponseMs,
  retries: ({ retries }, { gateway }) => (gateway === undefined ? sumOf(retries) : (retries[gateway] ?? 0)),
  open_breaker_documents: ({ byServerAndBreaker }) =>
    Object.values(byServerAndBreaker).reduce((sum, states) => sum + (states['open'] ?? 0), 0),
  documents_with_waiters: ({ withWaiters }) => withWaiters,
  max_threads: ({ maxThreads }) => maxThreads,
  max_pool_pending: ({ maxPoolPending }) => maxPoolPending,
  max_memory_percent: ({ maxMemory }) => maxMemory,
  max_heap_percent: ({ maxHeap }) => maxHeap,
  max_gc_pause_ms: ({ maxGcMs }) => maxGcMs,
};

const sumOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

export type Facts = ReadonlyMap<string, number>;

/** The facts of an incident. */
export function factsOf(plan: Plan, incident: Incident, tally: Tally): Facts {
  const counted = tally.incidents[plan.incidents.indexOf(incident)];
  const facts = new Map<string, number>();
  for (const [name, read] of Object.entries(WINDOW_FACTS))
    facts.set(name, counted ? read(counted.incident, incident) : 0);
  for (const code of INCIDENT_CODES) facts.set(`errors.${code}`, counted?.incident.byErrorCode[code] ?? 0);
  facts.set('recovery.documents', counted?.recovery.documents ?? 0);
  facts.set('recovery.errors', counted?.recovery.errors ?? 0);
  const promised = promisedTimeouts(plan, incident);
  if (promised !== undefined) facts.set('timeouts_promised', promised);
  return facts;
}

/** A fact as a person reads it; `p95_s` is `p95_ms` in seconds, such as 8.9. */
function factText(name: string, facts: Facts): string | undefined {
  const fact = facts.get(name);
  if (fact !== undefined) return Number.isInteger(fact) ? grouped(fact) : String(fact);
  const ms = facts.get(name.replace(/_s$/, '_ms'));
  return ms === undefined ? undefined : secondsText(ms);
}

/** A text with `{fact}` replaced by the number of this run. */
export function withFacts(text: string, facts: Facts): string {
  return text.replace(/\{([\w.]+)\}/g, (whole, name: string) => factText(name, facts) ?? whole);
}
