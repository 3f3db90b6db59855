// A link to the dashboards of a live shop, which reload by themselves.
import type { Cluster } from '../cluster/client.ts';
import { findInstalled } from '../dashboards/installed.ts';
import { dashboardLink } from '../dashboards/links.ts';
import { MINUTE_MS } from '../plan/durations.ts';
import { findBeside } from '../run/dashboards.ts';
import type { RunRequest } from '../run/request.ts';

export interface LinkRequest {
  readonly request: RunRequest;
  readonly cluster: Cluster;
  /** When the shop went live. */
  readonly beganMs: number;
  readonly signal: AbortSignal;
}

const BEFORE_MS = 30 * MINUTE_MS;
const AFTER_MS = 120 * MINUTE_MS;
const REFRESH_S = 10;

/** The address; undefined where none are wanted or installed. Throws as findDashboards does. */
export async function liveLink({
  request,
  cluster,
  beganMs,
  signal,
}: LinkRequest): Promise<string | undefined> {
  const { dashboards: url, dashboardsSignIn: signIn, connection, environment, index } = request;
  if (url === undefined) return undefined;
  const found = await findBeside({ connection, signIn, environment, url, cluster, signal });
  try {
    const installed = await findInstalled({ found, index, signal });
    const span = { fromMs: beganMs - BEFORE_MS, toMs: beganMs + AFTER_MS };
    return installed && dashboardLink(installed, installed.dashboards.room, span, REFRESH_S);
  } finally {
    await found.dashboards.close();
  }
}
