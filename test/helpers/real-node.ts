// Brings up one real OpenSearch for the terminal and integration tests, and takes it down at the end.
// Vitest calls setup once for each project that names this file; both share the node.

import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startLocalNode, stopLocalNode } from '../../src/core/local-node/local-node.ts';
import { asAppError } from '../../src/errors/app-error.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of a real OpenSearch without sign-in; each test uses an index name of its own. */
    readonly openSearchUrl: string;
    /** Where the OpenSearch jars lie, for tests that start nodes of their own. */
    readonly cacheFolder: string;
    /** State of the secured node, which starts when a test asks for it (secured-node.ts). */
    readonly securedFolder: string;
  }
}

/** Tests stay away from 9200, where a person's own cluster may listen. */
const FIRST_TEST_PORT = 9260;

export interface SharedNode {
  users: number;
  readonly url: Promise<string>;
  readonly securedFolder: string;
  readonly stop: () => Promise<void>;
}

// Each project loads this file on its own, so what they share hangs on the process.
const shared = globalThis as typeof globalThis & { incidentDemoTestNode?: SharedNode | undefined };

/** The cache of the tool itself, so that the jars are fetched once for tests and use. */
export function testCacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'incident-demo');
}

export async function setup(project: TestProject): Promise<void> {
  shared.incidentDemoTestNode ??= bringUp();
  shared.incidentDemoTestNode.users++;
  project.provide('openSearchUrl', await shared.incidentDemoTestNode.url);
  project.provide('cacheFolder', testCacheFolder());
  project.provide('securedFolder', shared.incidentDemoTestNode.securedFolder);
}

export async function teardown(): Promise<void> {
  const node = shared.incidentDemoTestNode;
  if (node === undefined || --node.users > 0) return;
  shared.incidentDemoTestNode = undefined;
  await node.stop();
}

/** Starts a real OpenSearch for this process, or takes the one named by OPENSEARCH_URL_FOR_TESTS. */
export function bringUp(): SharedNode {
  const given = process.env['OPENSEARCH_URL_FOR_TESTS'];
  const securedFolder = mkdtempSync(join(tmpdir(), 'incident-demo-secured-node-'));
  const stopSecured = async () => {
    await stopLocalNode({ cache: testCacheFolder(), state: securedFolder }, 'secure');
    rmSync(securedFolder, { recursive: true, force: true });
  };
  if (given !== undefined && given !== '') {
    return { users: 0, url: answering(given), securedFolder, stop: stopSecured };
  }
  const state = mkdtemp(join(tmpdir(), 'incident-demo-test-node-'));
  const url = state.then(startNode);
  const stop = async () => {
    await stopSecured();
    const folder = await state;
    await url.catch(() => undefined);
    await stopLocalNode({ cache: testCacheFolder(), state: folder });
    await rm(folder, { recursive: true, force: true });
  };
  return { users: 0, url, securedFolder, stop };
}

async function startNode(state: string): Promise<string> {
  const directories = { cache: testCacheFolder(), state };
  try {
    for await (const event of startLocalNode({ directories, env: process.env, firstPort: FIRST_TEST_PORT })) {
      if (event.url !== undefined) return event.url;
    }
    throw new Error('the start ended without an address');
  } catch (error) {
    const { sentence, why } = asAppError(error).explain();
    throw new Error(
      `These tests need a real OpenSearch, and it did not start. ${sentence}. ${why}\n` +
        'Install a JDK of 21 or newer and Maven, or name a cluster that may be written to: ' +
        'OPENSEARCH_URL_FOR_TESTS=http://localhost:9200 npm test',
    );
  }
}

async function answering(url: string): Promise<string> {
  const status = await fetch(url).then(
    (answer) => answer.status,
    () => 0,
  );
  if (status !== 200) throw new Error(`OPENSEARCH_URL_FOR_TESTS=${url} does not answer (HTTP ${status}).`);
  return url;
}
