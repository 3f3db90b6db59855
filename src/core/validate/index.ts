// Proves by query that the index holds what the plan says.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { refreshIndex } from '../cluster/indexes/refresh.ts';
import type { RunEvent } from '../events.ts';
import type { Tally } from '../generate/count/tally.ts';
import { tallyOf } from '../generate/index.ts';
import { estimate, type Plan } from '../plan/index.ts';
import type { Part } from '../plan/types.ts';
import { chartTrouble } from './chart-probe.ts';
import { at, type Check, runCheck } from './check.ts';
import { evidenceChecks } from './evidence-checks.ts';
import { incidentChecks } from './incident-checks.ts';
import { indexChecks } from './index-checks.ts';
import { normalChecks } from './normal-checks.ts';
import { incidentCodeCheck, ruleCheck } from './rule-checks.ts';
import { type Scope, scopeOf } from './scope.ts';
import { trafficCheck } from './traffic-check.ts';

export interface ValidateRequest {
  readonly cluster: Cluster;
  readonly index: string;
  readonly plan: Plan;
  /** The exact counts of the plan, when they are known already; else they are made by generating once more. */
  readonly tally?: Tally;
  /** Given when only a part was loaded here: the checks wait until every part is in. */
  readonly part?: Part | undefined;
  readonly signal: AbortSignal;
}

/** How many documents the plan makes and how many of them the index holds; the first thing validation says. */
export interface Counted {
  readonly type: 'counted';
  readonly found: number;
  /** The exact counts of the whole plan; not made while parts are surely missing. */
  readonly tally: Tally | undefined;
}

/** A share of the documents that are likely to come; their number differs from it by chance, about 1 in 100. */
const SURELY_MISSING = 0.9;

const grouped = (count: number) => count.toLocaleString('en-US');

/** Every check of a plan, in the order they are shown. */
function checksOf(scope: Scope, plan: Plan, tally: Tally): Check[] {
  return [
    ...indexChecks(scope, tally),
    trafficCheck(scope, plan),
    ...normalChecks(scope, plan, tally),
    ruleCheck(scope, plan),
    incidentCodeCheck(scope, plan),
    ...incidentChecks(scope, plan, tally),
    ...evidenceChecks(scope, plan, tally),
  ];
}

async function countOf({ cluster, index, signal }: ValidateRequest, query?: object): Promise<number> {
  const { body } = await cluster.request({
    method: 'GET',
    path: `/${index}/_count`,
    ...(query ? { body: { query } } : {}),
    signal,
  });
  return Number(at(body, 'count'));
}

/** Yields `counted`, `checking` and a `check` for each check. Throws AppError only when the cluster cannot be asked at all. */
export async function* validate(request: ValidateRequest): AsyncGenerator<RunEvent | Counted> {
  const { cluster, index, plan, part, signal } = request;
  await refreshIndex(cluster, index);
  const own = scopeOf(index, plan.key, false);
  const total = await countOf(request);
  const found = await countOf(request, own.scoped);
  if (total > 0 && found === 0) throw new AppError('not-a-run', { index });
  const partial = part !== undefined && part.of > 1;
  const likely = estimate(plan).documents;
  // Counting a large plan takes minutes, and would be for nothing.
  if (partial && found < SURELY_MISSING * likely) {
    yield { type: 'counted', found, tally: undefined };
    yield {
      type: 'notice',
      text: `${grouped(found)} of about ${grouped(likely)} documents are in ${index}: the checks run when every part is loaded`,
    };
    return;
  }
  const tally = partial || !request.tally ? tallyOf(plan) : request.tally;
  yield { type: 'counted', found, tally };
  if (partial && found < tally.documents) {
    yield {
      type: 'notice',
      text: `${grouped(found)} of ${grouped(tally.documents)} documents are in ${index}: the checks run when every part is loaded`,
    };
    return;
  }
  if (total > found) {
    yield {
      type: 'notice',
      text: `${index} also holds ${grouped(total - found)} documents that are not of this run; the checks leave them out`,
    };
  }
  const all = checksOf(scopeOf(index, plan.key, total === found), plan, tally);
  // A Serverless collection has no health that could be asked for.
  const checks = cluster.serverless ? all.filter(({ id }) => id !== 'index-health') : all;
  yield { type: 'checking', total: checks.length };
  for (const check of checks) {
    if (signal.aborted) return;
    yield { type: 'check', ...(await runCheck(cluster, check, signal)) };
  }
  const trouble = await chartTrouble(cluster, index, plan, signal);
  if (trouble) yield { type: 'notice', text: trouble };
}
