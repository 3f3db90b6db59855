// One OpenSearch with the real security plugin for all tests that ask for it. The first to ask starts it; setup and
// teardown are those of real-node.ts.

import { inject } from 'vitest';
import type { Connection } from '../../src/core/cluster/types.ts';
import { type StartLocalNode, startLocalNode } from '../../src/core/local-node/local-node.ts';
import { ADMIN } from '../../src/core/local-node/security.ts';

/** Away from 9200, and from the ports of the other test nodes. */
const FIRST_PORT = 9290;

export const ADMIN_PASSWORD = 'Only-4-tests_of-us';

export interface SecuredConnection extends Connection {
  readonly username: string;
  readonly password: string;
  readonly fingerprint: string;
}

/** How the administrator of the secured node reaches it; it is started if it does not run. */
export async function securedNode(
  request: Partial<StartLocalNode> = {},
): Promise<SecuredConnection & { readonly fresh: boolean }> {
  const directories = { cache: inject('cacheFolder'), state: inject('securedFolder') };
  const secure = { password: ADMIN_PASSWORD, storePassword: 'only-4-tests' };
  const starting = startLocalNode({
    directories,
    env: process.env,
    firstPort: FIRST_PORT,
    secure,
    ...request,
  });
  for await (const { phase, url = '', fingerprint = '', fresh = false } of starting) {
    if (phase === 'ready') return { url, username: ADMIN, password: ADMIN_PASSWORD, fingerprint, fresh };
  }
  throw new Error('the start ended without an address');
}
