// The investigation guide of an index: queried during the checks, and again on demand.

import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { countDocuments } from '../cluster/indexes/count.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import type { CheckResult, RunEvent } from '../events.ts';
import { writeText } from '../files/json-file.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { runCheck } from '../validate/check.ts';
import { evidenceChecks } from '../validate/evidence-checks.ts';
import { GUIDE_FORMATS, type GuideFormat } from '../validate/guide/format.ts';
import { type Guide, type GuideRequest, makeGuide } from '../validate/guide/guide.ts';
import { guideText } from '../validate/guide/pages.ts';
import { incidentChecks } from '../validate/incident-checks.ts';
import { runScope } from '../validate/scope.ts';
import { type ExistingIndexRequest, onExistingIndex } from './existing-index.ts';
import { planOf } from './meta.ts';

export interface AskGuide extends Omit<GuideRequest, 'ask'> {
  readonly cluster: Cluster;
  readonly signal: AbortSignal;
}

/** Asks every query of the guide. Throws the error of the first that the cluster rejects. */
export function askGuide({ cluster, signal, ...request }: AskGuide): Promise<Guide> {
  return makeGuide({
    ...request,
    ask: async (query) => (await cluster.request({ ...query, path: `/${query.path}`, signal })).body,
  });
}

/** The name of the file that a guide is written to. */
export const guideFile = (format: GuideFormat) => `investigation.${format}`;

/** Writes the guide in every format; returns the path of the one in Markdown. */
export function writeGuide(folder: string, guide: Guide): string {
  const [path = ''] = GUIDE_FORMATS.map((format) =>
    writeText(folder, guideFile(format), guideText(guide, format)),
  );
  return path;
}

/**
 * Asks the guide of an index that is there, also of one that does not hold what was planned: the guide says what it
 * finds. Yields the events of connecting; throws what the connection throws, and AppError `not-a-run` for an index that
 * this tool did not make.
 * @param take is given the guide.
 */
export function guideOfIndex(
  request: ExistingIndexRequest,
  take: (guide: Guide) => void,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { index, connection } = request;
  return onExistingIndex(request, signal, async function* ({ cluster, meta }) {
    if (!meta) throw new AppError('not-a-run', { index });
    const plan = planOf(index, meta);
    const tally = TRANSACTIONS.tally.count(plan);
    take(await guideOf({ cluster, index, plan, tally, url: connection.url, signal }));
    yield* [];
  });
}

/** The guide of an index whose plan is known. Throws the error of the first query that the cluster rejects. */
export async function guideOf({
  cluster,
  index,
  plan,
  tally,
  url,
  signal,
}: Omit<AskGuide, 'scope' | 'results'> & { readonly index: string }): Promise<Guide> {
  const own = runScope(STORED_TRANSACTIONS, index, plan, false);
  const count = (query?: object) => countDocuments(cluster, index, { query, signal });
  const alone = (await count()) === (await count(own.ownDocuments));
  const scope = runScope(STORED_TRANSACTIONS, index, plan, alone);
  const results: CheckResult[] = [];
  for (const check of [...incidentChecks(scope, plan, tally), ...evidenceChecks(scope, plan, tally)]) {
    signal.throwIfAborted();
    const result = await runCheck(cluster, check, signal);
    if (result) results.push(result);
  }
  return askGuide({ cluster, plan, tally, url, scope, results, signal });
}
