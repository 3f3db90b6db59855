// Which cluster a command uses: the local node with --local, else the address.

import type { CommandName } from '../command-line/commands.ts';
import { signInName, signsIn } from '../core/cluster/credentials.ts';
import type { Connection } from '../core/cluster/types.ts';
import type { RunEvent } from '../core/events.ts';
import { localNodeStatus } from '../core/local-node/local-node.ts';
import type { RunRequest } from '../core/run/request.ts';
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

/** Says first where a run is about to load, and as whom. */
export function stateTarget(
  { report }: { readonly report: (notice: Extract<RunEvent, { type: 'notice' }>) => void },
  { index, connection, local }: Pick<RunRequest, 'index' | 'connection' | 'local'>,
): void {
  const who = signsIn(connection) ? ` as ${signInName(connection)}` : '';
  const where = local
    ? 'the local node'
    : `${[connection.url, ...(connection.nodes ?? [])].join(', ')}${who}`;
  report({ type: 'notice', text: `Target: index ${index} at ${where}` });
}

/**
 * A script that forgets its address would load into whatever listens on the default one. Throws AppError
 * `answer-missing` without a terminal, unless an address or --yes is given.
 */
export function assertMeant(
  { invocation: { settings, given }, program }: Pick<Context, 'invocation' | 'program'>,
  command: CommandName,
): void {
  const { yes, local, dryRun, resume } = settings;
  if (process.stdin.isTTY || yes || local || dryRun || resume || given.has('url')) return;
  throw new AppError('answer-missing', {
    what: 'an address (--url, OPENSEARCH_URL or --local) or --yes',
    example: `${program} ${command} --url ${settings.url}`,
  });
}
