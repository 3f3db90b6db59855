// `--dashboards`: OpenSearch Dashboards is found before the load, and gets its objects after the checks. Loaded on demand.
import { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import type { Cluster } from '../cluster/client.ts';
import { inspectIndex } from '../cluster/indexes/admin.ts';
import { inspectCompanion } from '../cluster/indexes/companion.ts';
import { mappingFor } from '../cluster/indexes/mapping.ts';
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import { type FoundDashboards, findDashboards } from '../dashboards/find.ts';
import { linksOf } from '../dashboards/incident-links.ts';
import { installDashboards } from '../dashboards/install.ts';
import { findInstalled, type Installed } from '../dashboards/installed.ts';
import { discoverLink, type TimeSpan } from '../dashboards/links.ts';
import { type DashboardsDoor, objectOf } from '../dashboards/server.ts';
import type { Directories } from '../directories.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import type { RunEvent } from '../events.ts';
import { noteDashboards } from '../history/runs.ts';
import type { Plan } from '../plan/types.ts';
import { type Guide, withLinks } from '../validate/guide/guide.ts';
import { writeGuide } from './guide.ts';
import { planOf } from './meta.ts';
import type { RunResult } from './run-result.ts';

export interface WantedDashboards extends DashboardsDoor {
  readonly url: string;
  readonly cluster: Cluster;
  readonly signal: AbortSignal;
}

/** Finds Dashboards, so that a wrong address is reported before anything is written. Throws as findDashboards does. */
export async function findBeside(wanted: WantedDashboards): Promise<FoundDashboards> {
  const { cluster, signal } = wanted;
  const { body } = await cluster.request({ method: 'GET', path: '/', accept: 'any', signal });
  const { number } = objectOf(objectOf(body)['version']);
  const version = typeof number === 'string' ? number : undefined;
  return findDashboards(wanted, version);
}

export interface InstallFor {
  readonly found: FoundDashboards;
  readonly cluster: Cluster;
  readonly plan: Plan;
  readonly index: string;
  /** True when the incidents are marked. */
  readonly answers: boolean;
  readonly directories: Directories;
  /** The run whose record remembers what was stored. */
  readonly run: string;
  readonly signal: AbortSignal;
}

/** Installs the dashboards of an index; yields `dashboards`. Throws as installDashboards does. */
export async function* installFor(request: InstallFor): AsyncGenerator<RunEvent, Installed> {
  const { found, plan, directories, run } = request;
  const { base, tenant } = found.dashboards;
  const installed = await installDashboards({
    ...request,
    fields: mappingFor(STORED_TRANSACTIONS, plan.parameters.labelDocuments).mappings.properties,
    onStored: (objects) => noteDashboards(directories, run, { base, tenant, objects }),
  });
  const { version, objects } = installed;
  yield {
    type: 'dashboards',
    url: base,
    version,
    tenant,
    objects: objects.length,
    links: linksOf(installed, plan),
  };
  return installed;
}

export interface LoadedData {
  readonly meta: RunMeta;
  readonly plan: Plan;
  /** True when the incidents are marked in the companion index. */
  readonly answers: boolean;
}

/** The run that an index holds. Throws AppError `index-missing` or `not-a-run`. */
export async function dataIn(cluster: Cluster, index: string, signal?: AbortSignal): Promise<LoadedData> {
  const { exists, meta } = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
  if (!exists) throw new AppError('index-missing', { index, address: cluster.url });
  if (!meta) throw new AppError('not-a-run', { index });
  const answers = (await inspectCompanion(cluster, index, signal)) === 'ours';
  return { meta, plan: planOf(index, meta), answers };
}

/** Installs the dashboards of an index that is loaded already; yields `dashboards`. Throws as dataIn, findDashboards and installDashboards do. */
export async function* installOnIndex(
  request: WantedDashboards & { readonly index: string; readonly directories: Directories },
): AsyncGenerator<RunEvent> {
  const { cluster, index, signal } = request;
  const { meta, plan, answers } = await dataIn(cluster, index, signal);
  const found = await findBeside(request);
  try {
    yield* installFor({ ...request, found, plan, answers, run: meta.run });
  } finally {
    await found.dashboards.close();
  }
}

/** The guide with links to what is installed. */
function linkedGuide(guide: Guide, installed: Installed): Guide {
  const discover = (dql: string, span: TimeSpan) => discoverLink(installed, installed.pattern, dql, span);
  return withLinks(guide, { links: linksOf(installed, guide.plan), discover });
}

/**
 * The guide with links to the dashboards of its index at an address; undefined where none are installed there. Throws as
 * findDashboards does.
 */
export async function guideWithLinks(
  guide: Guide,
  { url, ...door }: DashboardsDoor & { readonly url: string },
  signal: AbortSignal,
): Promise<Guide | undefined> {
  const found = await findDashboards({ ...door, url, signal });
  try {
    const installed = await findInstalled({ found, index: guide.index, signal });
    return installed && linkedGuide(guide, installed);
  } finally {
    await found.dashboards.close();
  }
}

/** The stage of a run: a failure is an error of the run, and says that the data is loaded anyway. */
export async function* installAfterChecks(request: InstallFor, result: RunResult): AsyncGenerator<RunEvent> {
  const { documents, checks } = result;
  if (checks.length === 0) {
    yield { type: 'notice', text: 'The dashboards are installed once every part is loaded' };
    return;
  }
  try {
    const installed = yield* installFor(request);
    result.links = linksOf(installed, request.plan);
    const { investigation } = result;
    if (investigation) writeGuide(investigation.folder, linkedGuide(investigation.guide, installed));
  } catch (error) {
    if (!request.signal.aborted)
      yield {
        type: 'notice',
        text: `${grouped(documents.found)} documents are in ${request.index} and all checks passed; only the dashboards are missing`,
      };
    throw error;
  }
}
