// The scan: searches of consecutive times, some at once, compared with what is planned for them. It asks for nothing but
// searches by time and by id, which every version and service answers.
import { AtMost } from '../../async/at-most.ts';
import { fieldsOf } from '../../cluster/answer-shape.ts';
import type { Cluster } from '../../cluster/client.ts';
import { isOfSomePlan, TRANSACTION_OF_ANY } from '../../documents/ids.ts';
import { MARKER_EVENTS } from '../../documents/markers.ts';
import type { Slots } from '../../generate/index.ts';
import { type Clause, timeRange } from '../../ground-truth/clauses.ts';
import type { Plan } from '../../plan/index.ts';
import type { RunScope } from '../scope.ts';
import { compareTime, MOST_HITS, type Search, unplannedWords } from './compare.ts';
import { Findings } from './findings.ts';
import { type Hit, NoComparison, pageOf } from './page.ts';
import { plannedTimes } from './planned.ts';
import { differencesBetween } from './values.ts';

export interface ScanRequest {
  readonly cluster: Cluster;
  readonly scope: RunScope;
  readonly plan: Plan;
  /** The slots whose documents are compared. */
  readonly slots: readonly Slots[];
  /** True for an index that a run made: what no run put there does not belong in it. */
  readonly made: boolean;
  readonly signal: AbortSignal;
}

type Ask = (body: Clause) => Promise<Buffer>;

/** Searches at once: the node reads and sends while this side generates and compares. */
const AT_ONCE = 3;

/** Searches beyond one for each planned time: enough for millions of documents too many, and an end to any answer. */
const MOST_SPLITS = 1000;

/** Ten thousand documents of ours have 13 MB. */
const MOST_BYTES = 64 << 20;
const TIMEOUT_MS = 120_000;

/** No order is faster, and `_doc` does not compute scores. */
const WHOLE = { size: MOST_HITS, track_total_hits: true, sort: ['_doc'] };

/** The search for this run's documents of some time. */
export const searchOf = (scope: RunScope, fromMs: number, toMs: number): Clause =>
  scope.limited({ ...WHOLE, query: timeRange(fromMs, toMs) });

/**
 * Compares the documents of some slots, and looks for documents outside the time of the plan. Throws what the cluster
 * answers, NoComparison for an answer that cannot be compared, and the signal's reason.
 */
export async function scan(request: ScanRequest): Promise<Findings> {
  const { cluster, scope, signal } = request;
  const findings = new Findings();
  const ask = async (body: Clause): Promise<Buffer> => {
    const answer = await cluster.request({
      ...{ method: 'POST', path: `/${scope.index}/_search`, body, signal },
      ...{ timeoutMs: TIMEOUT_MS, maxAnswerBytes: MOST_BYTES, bytes: true },
    });
    return answer.body as Buffer;
  };
  await compareInside(ask, request, findings);
  await compareOutside(ask, request, findings);
  if (request.made && scope.ownDocuments) await findForeign(ask, scope.ownDocuments, findings);
  await compareLost(ask, findings);
  return findings;
}

async function compareInside(ask: Ask, { scope, plan, slots, signal }: ScanRequest, findings: Findings) {
  let left = MOST_SPLITS;
  const search: Search = ({ fromMs, toMs }) => {
    if (--left < 0) throw new NoComparison('far more documents than planned');
    return ask(searchOf(scope, fromMs, toMs));
  };
  const work = new AtMost(AT_ONCE);
  try {
    for (const some of slots)
      for await (const { expected, release } of plannedTimes(plan, some)) {
        signal.throwIfAborted();
        left++;
        await work.start(() => compareTime(search, expected, findings).finally(release));
      }
  } finally {
    await work.end();
  }
}

/** Documents of this run that have no time, or one outside the plan. */
async function compareOutside(ask: Ask, { scope, plan }: ScanRequest, findings: Findings) {
  const query = { bool: { must_not: [timeRange(plan.startMs, plan.endMs)] } };
  const { total, hits } = pageOf(await ask(scope.limited({ ...WHOLE, size: 1000, query })));
  for (const hit of hits) findings.extra(hit.id, unplannedWords(hit));
  findings.moreExtra(total - hits.length);
}

/** Documents that neither this run nor another one made: those of all runs have names of one form, or are markers. */
async function findForeign(ask: Ask, own: Clause, findings: Findings) {
  const ofRuns = { regexp: { transaction_id: TRANSACTION_OF_ANY } };
  const markers = { terms: { event_type: MARKER_EVENTS } };
  const others = async (query: Clause) =>
    pageOf(await ask({ ...WHOLE, size: 1000, query: { bool: { filter: [query], must_not: [own] } } }));
  const lost = new Set(findings.lost.map(({ id }) => id));
  const foreign = (hits: readonly Hit[]) => {
    for (const { id } of hits) if (!lost.has(id)) findings.extra(id, 'is of no run');
  };
  const { total, hits } = await others({ bool: { must_not: [ofRuns, markers] } });
  foreign(hits);
  findings.moreExtra(total - hits.length);
  // What only calls itself a marker, or of another run, has an id that no run gives it.
  foreign((await others(markers)).hits.filter((hit) => !isOfRun(hit)));
  let after = '';
  for (let looked = 0; looked < MOST_OTHERS; looked += MOST_HITS) {
    const query = {
      bool: { filter: [ofRuns, { range: { transaction_id: { gt: after } } }], must_not: [own] },
    };
    const page = pageOf(await ask({ ...OF_OTHERS, query }));
    foreign(page.hits.filter((hit) => !isOfRun(hit)));
    if (page.hits.length < MOST_HITS) return;
    after = String(fieldsOf(page.hits.at(-1)?.source)['transaction_id']);
  }
}

/** Documents of other runs are looked at up to so many: more would take longer than the checks. */
const MOST_OTHERS = 200_000;
const OF_OTHERS = {
  size: MOST_HITS,
  sort: ['transaction_id'],
  _source: ['@timestamp', 'transaction_id'],
  track_total_hits: true,
};

function isOfRun({ id, source }: Hit): boolean {
  const { '@timestamp': time, transaction_id: transaction } = fieldsOf(source);
  return isOfSomePlan(
    id,
    Date.parse(String(time)),
    transaction === undefined ? undefined : String(transaction),
  );
}

/** Missing documents that are there after all: with another time, or another transaction than those of this run. */
async function compareLost(ask: Ask, findings: Findings) {
  const lost = new Map(findings.lost.map(({ id, planned }) => [id, planned]));
  if (lost.size === 0) return;
  const query = { ids: { values: [...lost.keys()] } };
  for (const { id, source } of pageOf(await ask({ ...WHOLE, query })).hits)
    findings.recovered(id, differencesBetween(source, JSON.parse(lost.get(id) ?? '{}')));
}
