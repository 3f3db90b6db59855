// `clean`: removes the index a run made, and only that.
import { openCluster } from '../core/cluster/client.ts';
import { deleteIndex, inspectIndex } from '../core/cluster/index-admin.ts';
import { forgetRun, listRuns } from '../core/run-store.ts';
import { AppError } from '../errors.ts';
import type { Command, Context } from './context.ts';
import { targetOf } from './target.ts';

async function confirmed({ invocation, program }: Context, question: string): Promise<boolean> {
  if (invocation.settings.yes) return true;
  if (!process.stdin.isTTY || invocation.settings.json) {
    throw new AppError('answer-missing', {
      what: '--yes',
      example: `${program} clean --index ${invocation.settings.index} --yes`,
    });
  }
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message: question, default: false });
}

export const cleanCommand: Command = async (context) => {
  const { invocation, environment, directories, out, say, signal } = context;
  const { index, json } = invocation.settings;
  const connection = await targetOf(context);
  const cluster = await openCluster(connection, environment);
  try {
    const state = await inspectIndex(cluster, index, signal);
    const runs = listRuns(directories).filter((run) => run.index === index && run.url === connection.url);
    if (state.exists && !state.meta) throw new AppError('index-not-ours', { index });
    if (state.exists) {
      say(
        `The index ${index} at ${connection.url}: ${state.documents} documents, made by run ${state.meta?.run}`,
      );
      if (!(await confirmed(context, 'Remove it?'))) {
        out('Nothing was removed.');
        return 0;
      }
      await deleteIndex(cluster, index);
    }
    for (const { id } of runs) forgetRun(directories, id);
    if (json) out(JSON.stringify({ type: 'done', ok: true, removed: state.exists ? [index] : [] }));
    else
      out(
        state.exists
          ? `Removed ${index}.`
          : `There is no index ${index} at ${connection.url}; nothing to remove.`,
      );
    return 0;
  } finally {
    await cluster.close();
  }
};
