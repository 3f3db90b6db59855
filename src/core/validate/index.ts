// Proves by query that the index holds what the plan says.
import { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { countDocuments } from '../cluster/indexes/count.ts';
import { refreshIndex } from '../cluster/indexes/refresh.ts';
import type { RunEvent } from '../events.ts';
import type { Tally } from '../generate/count/tally.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { estimate, type Plan } from '../plan/index.ts';
import type { Part } from '../plan/types.ts';
import { chartProblem } from './chart-probe.ts';
import { type Check, runCheck } from './check.ts';
import { checkDocuments, type DocumentsCheck, documentsTitle } from './documents-check.ts';
import { evidenceChecks } from './evidence-checks.ts';
import { incidentChecks } from './incident-checks.ts';
import { indexChecks } from './index-checks.ts';
import { markedCheck } from './marked-check.ts';
import { normalChecks } from './normal-checks.ts';
import { incidentCodeCheck, ruleCheck } from './rule-checks.ts';
import { type RunScope, runScope } from './scope.ts';
import { trafficCheck } from './traffic-check.ts';

export interface ValidateRequest {
  readonly cluster: Cluster;
  readonly index: string;
  readonly plan: Plan;
  /** The exact counts of the plan, when they are known; else the data set is generated once more to count it. */
  readonly tally?: Tally | undefined;
  /** Given when only a part was loaded here: the checks run once every part is in the index. */
  readonly part?: Part | undefined;
  /** True when the incidents are marked in the companion index. @default false */
  readonly marked?: boolean | undefined;
  /** Compare every document, however many there are. @default false */
  readonly deep?: boolean | undefined;
  /** True for an index that a run made: a document of no run is a finding there. @default false */
  readonly made?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** How many documents the plan makes and how many of them the index holds; the first event of a validation. */
export interface Counted {
  readonly type: 'counted';
  readonly found: number;
  /** The exact counts of the whole plan; undefined while parts are certainly missing. */
  readonly tally: Tally | undefined;
  /** How this run's documents are searched. */
  readonly scope: RunScope;
}

/** Below this share of the estimated documents, parts are missing: the estimate is right to about 1 %. */
const CERTAINLY_MISSING = 0.9;

/** Every check of a plan, in the order in which they run. */
export function everyCheck(scope: RunScope, plan: Plan, tally: Tally): Check[] {
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

/** What is asked of the index: the checks, and then the documents. */
interface Asked {
  readonly cluster: Cluster;
  readonly checks: readonly Check[];
  readonly documents: DocumentsCheck;
  readonly signal: AbortSignal;
}

/**
 * Yields `checking` and the results. A check that this user may not run, or that the index cannot answer, is left out with
 * a notice.
 */
async function* askEach({ cluster, checks, documents, signal }: Asked): AsyncGenerator<RunEvent> {
  let asked = checks.length + 1;
  const skipped = (title: string, why: string): RunEvent[] => [
    { type: 'notice', text: `The check "${title}" is skipped: ${why}` },
    { type: 'checking', total: --asked },
  ];
  yield { type: 'checking', total: asked };
  for (const check of checks) {
    if (signal.aborted) return;
    const result = await runCheck(cluster, check, signal);
    const { method, path } = check.query;
    if (result) yield { type: 'check', ...result };
    else yield* skipped(check.title, `this user may not ask ${method} ${path.split('?')[0]}`);
  }
  if (signal.aborted) return;
  const compared = await checkDocuments(documents);
  if ('result' in compared) yield { type: 'check', ...compared.result };
  else yield* skipped(documentsTitle(documents), compared.skipped);
}

/** Yields `counted`, `checking` and a `check` for each check. Throws AppError `not-a-run` when the index holds other documents only, and when the cluster cannot be reached. */
export async function* validate(request: ValidateRequest): AsyncGenerator<RunEvent | Counted> {
  const { cluster, index, plan, part, signal } = request;
  await refreshIndex(cluster, index);
  const own = runScope(TRANSACTIONS, index, plan, false);
  const total = await countDocuments(cluster, index, { signal });
  const found = await countDocuments(cluster, index, { query: own.ownDocuments, signal });
  if (total > 0 && found === 0) throw new AppError('not-a-run', { index });
  const scope = runScope(TRANSACTIONS, index, plan, total === found);
  const partial = part !== undefined && part.of > 1;
  const likely = estimate(plan).documents;
  // Counting a large plan takes minutes, so parts that are certainly missing are noticed first.
  if (partial && found < CERTAINLY_MISSING * likely) {
    yield { type: 'counted', found, tally: undefined, scope };
    yield {
      type: 'notice',
      text: `${grouped(found)} of about ${grouped(likely)} documents are in ${index}: the checks run once every part is loaded`,
    };
    return;
  }
  const tally = partial || !request.tally ? TRANSACTIONS.tally.count(plan) : request.tally;
  yield { type: 'counted', found, tally, scope };
  if (partial && found < tally.documents) {
    yield {
      type: 'notice',
      text: `${grouped(found)} of ${grouped(tally.documents)} documents are in ${index}: the checks run once every part is loaded`,
    };
    return;
  }
  if (total > found) {
    yield {
      type: 'notice',
      text: `${index} also holds ${grouped(total - found)} documents of other runs, which the checks ignore`,
    };
  }
  const all = [...everyCheck(scope, plan, tally), ...(request.marked ? [markedCheck(index, plan)] : [])];
  // Serverless has no health API.
  const checks = cluster.serverless ? all.filter(({ id }) => id !== 'index-health') : all;
  const { deep = false, made = false } = request;
  const documents = { cluster, scope, plan, documents: tally.documents, deep, made, signal };
  yield* askEach({ cluster, checks, documents, signal });
  if (signal.aborted) return;
  const trouble = await chartProblem(cluster, index, plan, signal);
  if (trouble) yield { type: 'notice', text: trouble };
}
