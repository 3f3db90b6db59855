// The door to OpenSearch Dashboards: its requests, over the same client, credentials and trust as those to a cluster.
import { openCluster } from '../cluster/client.ts';
import type { Connection } from '../cluster/types.ts';
import type { Environment } from '../directories.ts';

/** What Dashboards answered; every status is an answer. */
export interface DashboardsAnswer {
  readonly status: number;
  /** Parsed where it is JSON, else its text. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

interface DashboardsRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the base path; begins with a slash, and is encoded here. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: object | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface Dashboards {
  /** Origin, base path and workspace, without a slash at the end: every link begins with it. */
  readonly base: string;
  /** The tenant that objects belong to where the security plugin is. */
  readonly tenant: string;
  /** Rejects with an AppError when nothing answers, or with the signal's reason. */
  request(request: DashboardsRequest, signal?: AbortSignal): Promise<DashboardsAnswer>;
  close(): Promise<void>;
}

/** Credentials for Dashboards alone. */
export interface SignIn {
  /** Left out, the user of the cluster. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** How Dashboards is signed in to: as the cluster is, or with credentials of its own. */
export interface DashboardsDoor {
  /** That of the cluster: credentials and trust. */
  readonly connection: Connection;
  readonly signIn?: SignIn | undefined;
  readonly environment: Environment;
}

/** With credentials of its own nothing of those of the cluster goes there, only what is trusted. */
function connectionTo(origin: string, { connection, signIn }: DashboardsDoor): Connection {
  // Whether Dashboards takes compressed requests is not known, and all of ours are small.
  const plain = { url: origin, nodes: [], compress: false };
  if (!signIn) return { ...connection, ...plain };
  const { username, caFile, fingerprint, insecure, allowHttp } = connection;
  return {
    ...{ ...plain, caFile, fingerprint, insecure, allowHttp },
    ...{ username: signIn.username ?? username, password: signIn.password },
  };
}

export interface DashboardsAddress {
  readonly origin: string;
  /** Empty, or such as `/dash` or `/w/team`; no slash at the end. */
  readonly basePath: string;
  /** As the address names it (`?security_tenant=`); `global` when it names none. */
  readonly tenant: string;
}

/**
 * Takes apart an address as it stands in a browser: what follows `/app/` is a page, not part of the base path.
 * @param url a valid http or https address.
 */
export function dashboardsAddress(url: string): DashboardsAddress {
  const { origin, pathname, searchParams } = new URL(url);
  const basePath = pathname.replace(/\/app(\/.*)?$/, '').replace(/\/+$/, '');
  return { origin, basePath, tenant: searchParams.get('security_tenant') ?? 'global' };
}

/** Opens the door; nothing is sent yet. Throws as openCluster does. */
export async function openDashboards(
  { origin, basePath, tenant }: DashboardsAddress,
  door: DashboardsDoor,
  signal?: AbortSignal,
): Promise<Dashboards> {
  const client = await openCluster(connectionTo(origin, door), door.environment, signal);
  return {
    base: `${origin}${basePath}`,
    tenant,
    request: ({ method, path, query, body, headers, timeoutMs = 30_000 }, signal) =>
      client.request({
        method,
        path: `${basePath}${path}`,
        ...(query ? { query } : {}),
        body,
        headers: { 'osd-xsrf': 'true', securitytenant: tenant, ...headers },
        accept: 'any',
        timeoutMs,
        ...(signal ? { signal } : {}),
      }),
    close: () => client.close(),
  };
}

/** The answer as an object; an empty one when it is none. */
export function objectOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
