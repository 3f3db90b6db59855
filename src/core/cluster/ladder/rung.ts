// What the upper rungs share: what they look at, how they ask, and what they find.

import type { Cluster } from '../client.ts';
import type { Waiting } from '../http-proxy.ts';
import { type Connection, PROBE_TIMEOUT_MS } from '../types.ts';

/** What a rung found: fine, or not to be found out (a managed service hides it, a role does not allow it). */
export interface Finding {
  readonly state: 'ok' | 'skipped';
  readonly detail: string;
}

/** Whom to ask, and how long. */
export interface Question extends Waiting {
  readonly cluster: Cluster;
}

export interface RungContext extends Question {
  readonly connection: Connection;
  readonly index: string;
}

/** The JSON object at a path; undefined when the cluster answers anything but 200. */
export async function ask(
  { cluster, signal, timeoutMs = PROBE_TIMEOUT_MS }: Question,
  path: string,
): Promise<Record<string, unknown> | undefined> {
  const request = { method: 'GET', path, accept: 'any', timeoutMs, signal } as const;
  const { status, body } = await cluster.request(request);
  return status === 200 && typeof body === 'object' && body !== null
    ? (body as Record<string, unknown>)
    : undefined;
}
