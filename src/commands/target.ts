// Which cluster a command uses: the local node with --local, else the address.

import type { Connection } from '../core/cluster/types.ts';
import { localNodeStatus } from '../core/local-node/local-node.ts';
import { AppError } from '../errors/app-error.ts';
import { readConnection } from '../options/connection.ts';
import type { Context } from './context.ts';

/** Throws AppError `connection-refused` with --local when no local node is running. */
export async function targetOf({ invocation, environment, directories }: Context): Promise<Connection> {
  const { settings } = invocation;
  if (!settings.local) return readConnection(settings, environment);
  const { url } = await localNodeStatus(directories);
  if (!url) throw new AppError('connection-refused', { address: 'the local node' });
  return { url };
}
