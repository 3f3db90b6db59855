// `--mark-incidents`: the companion index, with a document for each incident.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { mappingsOf } from '../cluster/indexes/admin.ts';
import {
  type CompanionMeta,
  companionOf,
  deleteCompanion,
  inspectCompanion,
} from '../cluster/indexes/companion.ts';
import { assertIndexName } from '../cluster/indexes/names.ts';
import {
  INCIDENT_INDEX_MAPPINGS,
  INCIDENT_INDEX_SETTINGS,
  incidentDocumentId,
  incidentDocuments,
} from '../dashboards/incident-index.ts';
import type { Plan } from '../plan/types.ts';

/** Throws AppError `index-name`, `forbidden`, or `companion-taken` when an index that is not the companion of this one has its name. */
export async function assertCompanionFree(
  cluster: Cluster,
  index: string,
  signal?: AbortSignal,
): Promise<void> {
  const companion = companionOf(index);
  assertIndexName(companion);
  const found = await inspectCompanion(cluster, index, signal);
  if (found === 'foreign') throw new AppError('companion-taken', { index, companion });
  // What cannot be read cannot be filled: queried again, for its error.
  if (found === 'hidden') await mappingsOf(cluster, companion, signal);
}

export interface MarkIncidents {
  readonly cluster: Cluster;
  readonly plan: Plan;
  readonly index: string;
  /** True when the index keeps what it held before, so its companion does too. */
  readonly keep: boolean;
  /** Id of the run. */
  readonly run: string;
  readonly signal?: AbortSignal;
}

/**
 * Makes the companion index, or adds to it. Writing the same incidents again changes nothing. Throws AppError
 * `companion-taken`.
 */
export async function markIncidents(request: MarkIncidents): Promise<void> {
  const { cluster, plan, index, keep, signal } = request;
  await assertCompanionFree(cluster, index, signal);
  if (!keep) await deleteCompanion(cluster, index, signal);
  if ((await inspectCompanion(cluster, index, signal)) === 'missing') await create(request);
  const lines = incidentDocuments(plan).flatMap((document) => [
    JSON.stringify({ index: { _id: incidentDocumentId(document) } }),
    JSON.stringify(document),
  ]);
  if (lines.length === 0) return;
  await cluster.request({
    method: 'POST',
    path: `/${companionOf(index)}/_bulk`,
    // Serverless refreshes by itself.
    ...(cluster.serverless ? {} : { query: { refresh: true } }),
    body: Buffer.from(`${lines.join('\n')}\n`),
    signal,
  });
}

/** Another part of the same run may have made it in between, which is as good. */
async function create({ cluster, index, run, signal }: MarkIncidents): Promise<void> {
  const meta: CompanionMeta = { tool: 'incident-demo', companion_of: index, run };
  const mappings = { ...INCIDENT_INDEX_MAPPINGS, _meta: meta };
  const body = cluster.serverless ? { mappings } : { settings: INCIDENT_INDEX_SETTINGS, mappings };
  try {
    await cluster.request({ method: 'PUT', path: `/${companionOf(index)}`, body, signal });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'index-exists')) throw error;
  }
}
