// What the upper rungs share: what they look at, how they ask, and what they find.

import type { Cluster } from '../client.ts';
import type { Connection } from '../types.ts';

/** What a rung found: fine, or not to be found out (a managed service hides it, a role does not allow it). */
export interface Finding {
  readonly state: 'ok' | 'skipped';
  readonly detail: string;
}

export interface RungContext {
  readonly cluster: Cluster;
  readonly connection: Connection;
  readonly index: string;
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 10_000;

/** The JSON object at a path, within 10 s; undefined when the cluster answers anything but 200. */
export async function ask(
  { cluster, signal }: Pick<RungContext, 'cluster' | 'signal'>,
  path: string,
): Promise<Record<string, unknown> | undefined> {
  const request = { method: 'GET', path, accept: 'any', timeoutMs: TIMEOUT_MS, signal } as const;
  const { status, body } = await cluster.request(request);
  return status === 200 && typeof body === 'object' && body !== null
    ? (body as Record<string, unknown>)
    : undefined;
}
