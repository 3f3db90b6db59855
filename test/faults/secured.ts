// The schedules against a node with the security plugin: the run speaks TLS and signs in through the faults, while the trial
// itself looks at the node through a door that signs in for it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../src/core/local-node/files.ts';
import { startLocalNode, stopLocalNode } from '../../src/core/local-node/local-node.ts';
import { ADMIN } from '../../src/core/local-node/security.ts';
import { makeAuthority } from '../helpers/certificates.ts';
import { close, listen } from '../helpers/proxy.ts';
import { testCacheFolder } from '../helpers/real-node.ts';
import type { Secured } from './trial.ts';

const FIRST_PORT = 9284;
const PASSWORD = 'Only-4-faults_of-us';

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
  const door = createServer();
  const secure = { password: PASSWORD, storePassword: 'only-4-faults' };
  const start = async () => {
    let url = '';
    const starting = startLocalNode({ directories, env: process.env, firstPort: FIRST_PORT, secure });
    for await (const event of starting) url = event.url ?? url;
    const ca = readFileSync(nodeFiles(directories, 'secure').certificate, 'utf8');
    door.on('request', (request, response) =>
      passOn(url.replace('localhost', '127.0.0.1'), ca, request, response),
    );
    return `http://127.0.0.1:${await listen(door)}`;
  };
  return {
    url: start(),
    secured: {
      tls: authority.issue(['127.0.0.1']),
      signIn: { username: ADMIN, password: PASSWORD, caFile: authority.caFile },
    },
    stop: async () => {
      await close(door);
      await stopLocalNode(directories, 'secure');
      authority.remove();
      rmSync(directories.state, { recursive: true, force: true });
    },
  };
}

const OWN = `Basic ${Buffer.from(`${ADMIN}:${PASSWORD}`).toString('base64')}`;

/** A request of the run keeps its own sign-in, which the node judges. */
function passOn(target: string, ca: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url } = request;
  const sent = { ...headers, authorization: headers.authorization ?? OWN };
  const upstream = httpsRequest(target + url, { method, headers: sent, ca }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', () => response.destroy());
  request.pipe(upstream);
}
