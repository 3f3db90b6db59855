// The schedules against a node with the security plugin: the run speaks TLS and signs in through the faults, while the trial
// itself looks at the node through a door that signs in for it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../src/core/local-node/files.ts';
import { startLocalNode, stopLocalNode } from '../../src/core/local-node/local-node.ts';
import { ADMIN } from '../../src/core/local-node/security.ts';
import { makeAuthority } from '../helpers/certificates.ts';
import { testCacheFolder } from '../helpers/real-node.ts';
import { openDoor, SECRETS } from './door.ts';
import type { Secured } from './trial.ts';

const FIRST_PORT = 9284;

export interface SecuredNode {
  /** Plain http, for the trial. */
  readonly url: Promise<string>;
  /** How the run signs in. */
  readonly secured: Secured;
  readonly stop: () => Promise<void>;
}

/** Starts a secured node of its own, with a door in front of it. */
export function bringUpSecured(): SecuredNode {
  const directories = {
    cache: testCacheFolder(),
    state: mkdtempSync(join(tmpdir(), 'incident-demo-secured-faults-')),
  };
  const authority = makeAuthority();
  const start = async () => {
    let url = '';
    const places = { directories, env: process.env, firstPort: FIRST_PORT };
    for await (const event of startLocalNode({ ...places, secure: SECRETS })) url = event.url ?? url;
    return openDoor(url, readFileSync(nodeFiles(directories, 'secure').certificate, 'utf8'));
  };
  const door = start();
  return {
    url: door.then(({ url }) => url),
    secured: {
      tls: authority.issue(['127.0.0.1']),
      signIn: { username: ADMIN, password: SECRETS.password, caFile: authority.caFile },
    },
    stop: async () => {
      await (await door).close();
      await stopLocalNode(directories, 'secure');
      authority.remove();
      rmSync(directories.state, { recursive: true, force: true });
    },
  };
}
