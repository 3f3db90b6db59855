// Work on an index that is there: connecting to it, and what it remembers of the run that made it.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { inspectIndex } from '../cluster/indexes/admin.ts';
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import type { Connection } from '../cluster/types.ts';
import type { Directories, Environment } from '../directories.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import type { RunEvent } from '../events.ts';
import { connect } from './connect.ts';

export interface ExistingIndexRequest {
  readonly connection: Connection;
  readonly index: string;
  readonly environment: Environment;
  readonly directories: Directories;
  /** The line that repeats the command. */
  readonly command: string;
}

/** An index that is there, and what it remembers of its run: nothing when this tool did not make it. */
export interface ExistingIndex {
  readonly cluster: Cluster;
  readonly meta: RunMeta | undefined;
}

/**
 * Connects, works on the index, and closes the connection. Throws the error of the first rung that fails, or AppError
 * `index-missing`.
 */
export async function* onExistingIndex(
  request: ExistingIndexRequest,
  signal: AbortSignal,
  work: (found: ExistingIndex) => AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent> {
  const { connection, index } = request;
  const cluster = yield* connect(request, signal);
  try {
    const { exists, meta } = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
    if (!exists) throw new AppError('index-missing', { index, address: connection.url });
    yield* work({ cluster, meta });
  } finally {
    await cluster.close();
  }
}
