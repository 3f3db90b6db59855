// Opens a cluster after its connection checks, so that a failure names the step that failed.

import { wordsOf } from '../../text/plain-text.ts';
import { addressOf } from '../cluster/address.ts';
import { fieldsOf } from '../cluster/answer-shape.ts';
import { type Cluster, openCluster } from '../cluster/client.ts';
import { climbLadder } from '../cluster/ladder/ladder.ts';
import type { Connection } from '../cluster/types.ts';
import type { Environment } from '../directories.ts';
import type { RunEvent } from '../events.ts';

export interface ConnectRequest {
  readonly connection: Connection;
  readonly index: string;
  readonly environment: Environment;
}

/** Yields `connected` and returns the cluster; throws the error of the first step that fails. */
export async function* connect(
  { connection, index, environment }: ConnectRequest,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, Cluster> {
  for await (const step of climbLadder(connection, signal, { index, environment })) {
    if (step.error) throw step.error;
  }
  signal.throwIfAborted();
  if (connection.insecure && connection.url.startsWith('https:')) {
    yield { type: 'notice', text: `The certificate of ${connection.url} is not checked in this run` };
  }
  const cluster = await openCluster(connection, environment, signal);
  if (cluster.serverless) {
    const { host } = addressOf(connection);
    yield { type: 'connected', url: connection.url, cluster: host, version: 'Serverless' };
    return cluster;
  }
  const { body } = await cluster.request({ method: 'GET', path: '/', accept: 'any', signal });
  const { cluster_name: name, version } = fieldsOf(body);
  yield {
    type: 'connected',
    url: connection.url,
    cluster: wordsOf(name) || addressOf(connection).host,
    version: wordsOf(fieldsOf(version)['number'], 40),
  };
  return cluster;
}
