// summary.json: which data set the files of a folder are, and what is in them. Its names are in one style, snake_case.
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import { quantile, type Tally, type WindowTally } from '../generate/count/tally.ts';
import { ANSWER_SCHEMA } from '../ground-truth/answer-key.ts';
import { SERVERS } from '../plan/shop.ts';
import type { Part, Plan } from '../plan/types.ts';

interface SummaryRequest {
  readonly plan: Plan;
  readonly part: Part | undefined;
  readonly meta: RunMeta;
  readonly command: string;
  readonly files: readonly { readonly name: string; readonly documents: number; readonly bytes: number }[];
  /** The counts of these files. */
  readonly tally: Tally;
}

const CAMEL = /^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)+$/;
const snake = (name: string) =>
  CAMEL.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;

/** The value with the names of our own fields in snake_case; error codes, servers and times keep theirs. */
function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [snake(name), inSnakeCase(held)]));
}

/** A window in a few figures instead of a count for each response time. */
function windowSummary({ responseTimes, firstErrorMs, firstSlowMs, firstOpenMs, ...window }: WindowTally) {
  return {
    ...window,
    p50ResponseMs: quantile(responseTimes, 0.5),
    p95ResponseMs: quantile(responseTimes, 0.95),
    p99ResponseMs: quantile(responseTimes, 0.99),
  };
}

function tallySummary({ alarmMinutes, ...tally }: Tally) {
  return {
    ...tally,
    normal: windowSummary(tally.normal),
    incidents: tally.incidents.map(({ incident, recovery }) => ({
      incident: windowSummary(incident),
      recovery: windowSummary(recovery),
    })),
  };
}

/** What the documents do not show, or show wrongly; null in the demo profile. */
function partialSight({ sight: { clock, gaps } }: Plan) {
  if (clock === null) return null;
  return {
    clock_ahead: { server: SERVERS[clock.server], ms: clock.aheadMs },
    gaps: gaps.map(({ server, startMs, endMs, cause }) => ({
      server: SERVERS[server],
      start: new Date(startMs).toISOString(),
      end: new Date(endMs).toISOString(),
      cause,
    })),
  };
}

/** The content of summary.json. */
export function summaryOf({ plan, part, meta, command, files, tally }: SummaryRequest): object {
  const { parameters } = plan;
  return {
    tool: meta.tool,
    version: meta.version,
    schema: ANSWER_SCHEMA,
    key: plan.key,
    seed: parameters.seed,
    time_zone: parameters.timeZone,
    profile: parameters.profile,
    now: meta.now,
    demo_day: plan.demoDay,
    start: new Date(plan.startMs).toISOString(),
    end: new Date(plan.endMs).toISOString(),
    part: part ? `${part.index}/${part.of}` : null,
    parameters: inSnakeCase(parameters),
    command,
    documents: tally.documents,
    incidents: plan.incidents.length,
    red_herrings: plan.redHerrings.length,
    partial_sight: partialSight(plan),
    files,
    tally: inSnakeCase(tallySummary(tally)),
  };
}
