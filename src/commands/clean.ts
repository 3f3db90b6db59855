// `clean`: removes what a run made, and only that: its dashboards, its index with the companion, and its state.

import type { Cluster } from '../core/cluster/client.ts';
import { deleteIndex, inspectIndex } from '../core/cluster/indexes/admin.ts';
import { companionOf, deleteCompanion, inspectCompanion } from '../core/cluster/indexes/companion.ts';
import type { Connection } from '../core/cluster/types.ts';
import { STORED_TRANSACTIONS } from '../core/documents/transactions.ts';
import { forgetRun, listRuns, runFolder } from '../core/history/runs.ts';
import { stoppedBy } from '../core/run/finish.ts';
import { AppError } from '../errors/app-error.ts';
import { grouped } from '../text/numbers.ts';
import type { Command, Context } from './context.ts';
import { endWith } from './context.ts';
import { doorOf } from './dashboards-door.ts';
import { prompted } from './prompt.ts';
import { type Removable, removeEach, storedOf } from './stored-dashboards.ts';
import { targetOf } from './target.ts';
import { withCluster } from './with-cluster.ts';

/** Whether it may be removed. Throws as `prompted` does, and AppError `answer-missing` without a terminal to ask at. */
async function confirmed({ invocation, program, signal }: Context, question: string): Promise<boolean> {
  if (invocation.settings.yes) return true;
  if (!process.stdin.isTTY || invocation.settings.json) {
    throw new AppError('answer-missing', {
      what: '--yes',
      example: `${program} clean --index ${invocation.settings.index} --yes`,
    });
  }
  const { confirm } = await import('@inquirer/prompts');
  return prompted(() => confirm({ message: question, default: false }, { signal }), {
    signal,
    untouched: 'nothing was removed',
  });
}

/** Deletes the index; one that is already gone is no error. */
async function removeIndex(cluster: Cluster, index: string, signal: AbortSignal): Promise<void> {
  await deleteIndex(cluster, index, { signal }).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'index-missing')) throw error;
  });
}

/** Does the removing. Throws what stopped it in the middle. */
async function untilStopped<T>(
  { signal, program, invocation }: Context,
  removing: () => Promise<T>,
): Promise<T> {
  return removing().catch((error: unknown) => {
    if (!signal.aborted) throw error;
    const again = `Remove the rest: ${program} clean --index ${invocation.settings.index}`;
    throw stoppedBy(signal, 'what was to be removed may be there in part', again);
  });
}

/** Removes the dashboards, and says what is left of them. */
async function removeAll(
  context: Context,
  connection: Connection,
  stored: readonly Removable[],
): Promise<number> {
  if (stored.length === 0) return 0;
  const tellLeft = (text: string) => {
    context.log({ type: 'notice', text });
    context.say(text);
  };
  return removeEach(await doorOf(context, connection), stored, tellLeft, context.signal);
}

async function clean(context: Context, connection: Connection, cluster: Cluster): Promise<number> {
  const { invocation, directories, out, say, insist, signal } = context;
  const { index } = invocation.settings;
  const state = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
  if (state.exists && !state.meta) throw new AppError('index-not-ours', { index });
  // Found by address or by run id: one cluster can have several addresses.
  const runs = listRuns(directories).filter(
    (run) => run.index === index && (run.url === connection.url || run.id === state.meta?.run),
  );
  const found = await inspectCompanion(cluster, index, signal);
  const companion = found === 'ours';
  if (found === 'hidden')
    say(`${companionOf(index)} is left alone: this user may not look at it, if it is there.`);
  const { dashboards: url } = invocation.settings;
  // An address in the environment may be that of another cluster, which can have an index of the same name.
  const asked = url !== undefined && invocation.flagged.has('dashboards');
  const stored = storedOf(runs, asked ? { url, index } : undefined);
  const pieces = [
    ...stored.map(({ base }) => `the dashboards of ${index} in ${base}`),
    ...(state.exists
      ? [`the index ${index}, ${grouped(state.documents)} documents, made by run ${state.meta?.run}`]
      : []),
    ...(companion ? [`the index ${companionOf(index)}, where its incidents are marked`] : []),
    ...runs.map(({ id }) => `the state of run ${id}, in ${runFolder(directories, id)}`),
  ];
  if (pieces.length > 0) {
    const tell = invocation.settings.yes ? say : insist;
    tell(`To be removed at ${connection.url}:`);
    for (const piece of pieces) tell(`  - ${piece}`);
    if (!(await confirmed(context, 'Remove?'))) {
      out('Nothing was removed.');
      return 0;
    }
  }
  const dashboards = await untilStopped(context, async () => {
    const objects = await removeAll(context, connection, stored);
    if (state.exists) await removeIndex(cluster, index, signal);
    if (companion) await deleteCompanion(cluster, index, signal);
    return objects;
  });
  for (const { id } of runs) forgetRun(directories, id);
  const removed = [...(state.exists ? [index] : []), ...(companion ? [companionOf(index)] : [])];
  const forgotten = runs.map(({ id }) => id);
  const nothing = `There is no index ${index} at ${connection.url}; nothing to remove${runs.length > 0 ? ' there' : ''}.`;
  endWith(context, { removed, forgotten, ...(stored.length > 0 ? { dashboards } : {}) }, [
    removed.length > 0 ? `Removed ${removed.join(' and ')}.` : nothing,
    ...(dashboards > 0 ? [`Removed ${dashboards} objects from Dashboards.`] : []),
  ]);
  return 0;
}

export const cleanCommand: Command = async (context) => {
  const { environment, signal } = context;
  const connection = await targetOf(context);
  return withCluster({ connection, environment, signal }, (cluster) => clean(context, connection, cluster));
};
