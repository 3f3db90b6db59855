// `clean`: removes the index a run made, and only that.

import { type Cluster, openCluster } from '../core/cluster/client.ts';
import { deleteIndex, inspectIndex } from '../core/cluster/indexes/admin.ts';
import { STORED_TRANSACTIONS } from '../core/documents/transactions.ts';
import { forgetRun, listRuns, runFolder } from '../core/history/runs.ts';
import { stoppedBy } from '../core/run/finish.ts';
import { AppError } from '../errors/app-error.ts';
import { grouped } from '../text/numbers.ts';
import type { Command, Context } from './context.ts';
import { endWith } from './context.ts';
import { targetOf } from './target.ts';

/** Throws what stopped the program during the prompt, which handles Ctrl+C itself. */
async function confirmed({ invocation, program, signal }: Context, question: string): Promise<boolean> {
  if (invocation.settings.yes) return true;
  if (!process.stdin.isTTY || invocation.settings.json) {
    throw new AppError('answer-missing', {
      what: '--yes',
      example: `${program} clean --index ${invocation.settings.index} --yes`,
    });
  }
  const { confirm } = await import('@inquirer/prompts');
  try {
    return await confirm({ message: question, default: false }, { signal });
  } catch (error) {
    const left = error instanceof Error && error.name === 'ExitPromptError';
    if (!left && !signal.aborted) throw error;
    throw stoppedBy(signal, 'nothing was removed');
  }
}

/** Deletes the index; one that is already gone is no error. */
async function removeIndex(cluster: Cluster, index: string): Promise<void> {
  await deleteIndex(cluster, index).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'index-missing')) throw error;
  });
}

export const cleanCommand: Command = async (context) => {
  const { invocation, environment, directories, out, say, signal } = context;
  const { index } = invocation.settings;
  const connection = await targetOf(context);
  const cluster = await openCluster(connection, environment);
  try {
    const state = await inspectIndex(cluster, STORED_TRANSACTIONS, index, signal);
    if (state.exists && !state.meta) throw new AppError('index-not-ours', { index });
    // Found by address or by run id: one cluster can have several addresses.
    const runs = listRuns(directories).filter(
      (run) => run.index === index && (run.url === connection.url || run.id === state.meta?.run),
    );
    const pieces = [
      ...(state.exists
        ? [`the index ${index}, ${grouped(state.documents)} documents, made by run ${state.meta?.run}`]
        : []),
      ...runs.map(({ id }) => `the state of run ${id}, in ${runFolder(directories, id)}`),
    ];
    if (pieces.length > 0) {
      say(`To be removed at ${connection.url}:`);
      for (const piece of pieces) say(`  - ${piece}`);
      if (!(await confirmed(context, 'Remove?'))) {
        out('Nothing was removed.');
        return 0;
      }
    }
    if (state.exists) await removeIndex(cluster, index);
    for (const { id } of runs) forgetRun(directories, id);
    const [removed, forgotten] = [state.exists ? [index] : [], runs.map(({ id }) => id)];
    const nothing = `There is no index ${index} at ${connection.url}; nothing to remove${runs.length > 0 ? ' there' : ''}.`;
    endWith(context, { removed, forgotten }, [state.exists ? `Removed ${index}.` : nothing]);
    return 0;
  } finally {
    await cluster.close();
  }
};
