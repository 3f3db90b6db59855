// The way to Dashboards, rung by rung: it answers, is Dashboards, is ready, takes the credentials, has no workspace left
// out, and looks at the same cluster. Each failure is an AppError of its own.
import { AppError } from '../../errors/app-error.ts';
import { plainWords, wordsOf } from '../../text/plain-text.ts';
import type { Cluster } from '../cluster/client.ts';
import type { MappedFields } from '../documents/signal.ts';
import { type PatternField, patternFields } from './index-pattern.ts';
import {
  type Dashboards,
  type DashboardsAddress,
  type DashboardsAnswer,
  type DashboardsDoor,
  dashboardsAddress,
  objectOf,
  openDashboards,
} from './server.ts';

/** No rung waits longer for an answer. */
const PROBE_MS = 10_000;

export interface FindRequest extends DashboardsDoor {
  /** The address as it was given: origin, base path, perhaps `?security_tenant=`. */
  readonly url: string;
  readonly signal?: AbortSignal;
}

export interface FoundDashboards {
  readonly dashboards: Dashboards;
  /** Such as `2.19.1`. */
  readonly version: string;
}

/** The path that a redirect leads to on the same origin; throws for one to another host. */
function redirectedPath(answer: DashboardsAnswer, { origin }: DashboardsAddress): string | undefined {
  const location = answer.headers['location'];
  if (answer.status < 300 || answer.status > 399 || typeof location !== 'string') return undefined;
  const target = URL.canParse(location, origin) ? new URL(location, origin) : undefined;
  if (target?.origin !== origin)
    throw new AppError('dashboards-redirect', {
      address: origin,
      target: target?.host ?? plainWords(location, 80),
    });
  return target.pathname;
}

async function statusOf(dashboards: Dashboards, signal?: AbortSignal): Promise<DashboardsAnswer> {
  try {
    return await dashboards.request({ method: 'GET', path: '/api/status', timeoutMs: PROBE_MS }, signal);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { base: address } = dashboards;
    throw new AppError(
      'dashboards-unreachable',
      { address, reason: error.explain().sentence },
      { cause: error },
    );
  }
}

/** Judges the answer to `GET /api/status`; returns the version. */
function versionOf(
  { status, body, headers }: DashboardsAnswer,
  address: string,
  clusterVersion?: string,
): string {
  if (status === 401 || status === 403) throw new AppError('dashboards-sign-in', { address, status });
  if (status === 503)
    throw new AppError('dashboards-not-ready', { address, state: 'HTTP 503', version: clusterVersion });
  const { version, status: health } = objectOf(body);
  const { number } = objectOf(version);
  const { state } = objectOf(objectOf(health)['overall']);
  if (status !== 200 || typeof number !== 'string' || typeof state !== 'string' || 'kbn-name' in headers)
    throw new AppError('not-dashboards', { address, found: described(status, body, headers) });
  if (state === 'red') throw new AppError('dashboards-not-ready', { address, state: 'its state is red' });
  return plainWords(number, 30);
}

function described(status: number, body: unknown, headers: DashboardsAnswer['headers']): string {
  if ('kbn-name' in headers) return 'it is Kibana';
  const { error } = objectOf(body);
  if (status === 400 && typeof error === 'string' && error.includes('no handler found'))
    return 'it is OpenSearch itself; Dashboards usually listens on port 5601';
  return `HTTP ${status}`;
}

/**
 * Finds Dashboards at an address, and its base path where the address lacks it.
 * @param clusterVersion version of the cluster it has to fit, for the words of an error. Throws AppError `dashboards-unreachable`,
 * `dashboards-redirect`, `not-dashboards`, `dashboards-not-ready`, `dashboards-sign-in` or `dashboards-workspace`.
 */
export async function findDashboards(
  request: FindRequest,
  clusterVersion?: string,
): Promise<FoundDashboards> {
  const { url, signal } = request;
  let address = dashboardsAddress(url);
  let dashboards = await openDashboards(address, request, signal);
  try {
    let answer = await statusOf(dashboards, signal);
    if (answer.status === 404 || answer.status < 400) {
      redirectedPath(answer, address);
      const base = answer.status === 200 ? undefined : await basePathOf(dashboards, address, signal);
      if (base !== undefined && base !== address.basePath) {
        await dashboards.close();
        address = { ...address, basePath: base };
        dashboards = await openDashboards(address, request, signal);
        answer = await statusOf(dashboards, signal);
      }
    }
    const version = versionOf(answer, dashboards.base, clusterVersion);
    await assertWorkspace(dashboards, address, signal);
    return { dashboards, version };
  } catch (error) {
    await dashboards.close();
    throw error;
  }
}

/** The base path that the start page leads to: `/dash` of `/dash/app/home`. */
async function basePathOf(
  dashboards: Dashboards,
  address: DashboardsAddress,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const start = await dashboards.request({ method: 'GET', path: '/', timeoutMs: PROBE_MS }, signal);
  const path = redirectedPath(start, address);
  return path?.match(/^(.*?)\/app(\/|$)/)?.[1];
}

/** Where there are workspaces, the address must name one. */
async function assertWorkspace(
  dashboards: Dashboards,
  { basePath }: DashboardsAddress,
  signal?: AbortSignal,
): Promise<void> {
  if (/\/w\/[^/]+$/.test(basePath)) return;
  const answer = await dashboards.request(
    { method: 'POST', path: '/api/workspaces/_list', body: {} },
    signal,
  );
  const { workspaces } = objectOf(objectOf(answer.body)['result']);
  if (answer.status !== 200 || !Array.isArray(workspaces) || workspaces.length === 0) return;
  const names = workspaces
    .map(objectOf)
    .map(({ id, name }) => plainWords(`${wordsOf(name)} (${wordsOf(id)})`, 60))
    .join(', ');
  throw new AppError('dashboards-workspace', { address: dashboards.base, names });
}

export interface SameClusterRequest {
  readonly dashboards: Dashboards;
  readonly cluster: Cluster;
  readonly index: string;
  /** Of the index's mapping. */
  readonly fields: MappedFields;
  readonly signal?: AbortSignal;
}

/** The route's own defaults; given, since 2.x leaves them out otherwise. */
const META_FIELDS = ['_source', '_id', '_type', '_index', '_score'];

/** The fields of the index as Dashboards sees them; undefined when it sees no such index. */
async function fieldsSeen(
  dashboards: Dashboards,
  index: string,
  signal?: AbortSignal,
): Promise<PatternField[] | undefined> {
  const path = '/api/index_patterns/_fields_for_wildcard';
  // 3.x refuses a repeated parameter.
  for (const query of [{ pattern: index, meta_fields: META_FIELDS }, { pattern: index }]) {
    const { status, body } = await dashboards.request({ method: 'GET', path, query }, signal);
    if (status === 404) return undefined;
    if (status === 401 || status === 403)
      throw new AppError('dashboards-sign-in', { address: dashboards.base, status });
    const { fields } = objectOf(body);
    if (status === 200 && Array.isArray(fields))
      return fields.map((field) => ({ ...field, count: 0, scripted: false }));
  }
  return undefined;
}

/** The id of the cluster that Dashboards looks at, where its console may be used. */
async function clusterIdSeen(dashboards: Dashboards, signal?: AbortSignal): Promise<unknown> {
  const query = { path: '/', method: 'GET' };
  const { status, body } = await dashboards.request(
    { method: 'POST', path: '/api/console/proxy', query },
    signal,
  );
  return status === 200 ? objectOf(body)['cluster_uuid'] : undefined;
}

/**
 * The fields for an index pattern. Throws AppError `dashboards-other-cluster` when Dashboards does not see this index:
 * it has none of the name, other fields, or another cluster.
 */
export async function assertSameCluster(request: SameClusterRequest): Promise<readonly PatternField[]> {
  const { dashboards, cluster, index, fields, signal } = request;
  const { base: address } = dashboards;
  const differs = (difference: string) => new AppError('dashboards-other-cluster', { address, difference });
  const seen = await fieldsSeen(dashboards, index, signal);
  if (!seen) throw differs(`it sees no index ${index}`);
  const names = new Set(seen.map(({ name }) => name));
  const missing = patternFields(fields).filter(({ name }) => !name.startsWith('_') && !names.has(name));
  if (missing.length > 0) throw differs(`its ${index} has no field ${missing[0]?.name}`);
  const [own, theirs] = await Promise.all([
    cluster.request({ method: 'GET', path: '/', accept: 'any', ...(signal ? { signal } : {}) }),
    clusterIdSeen(dashboards, signal),
  ]);
  const id = objectOf(own.body)['cluster_uuid'];
  if (typeof theirs === 'string' && typeof id === 'string' && theirs !== id)
    throw differs('the ids of the two clusters differ');
  return seen;
}
