// `node start|stop|status`: the local OpenSearch.
import { localNodeStatus, startLocalNode, stopLocalNode } from '../core/cluster/local-node.ts';
import { AppError } from '../errors.ts';
import { quoted } from '../quoted.ts';
import type { Command, Context } from './context.ts';

async function start({
  directories,
  environment,
  signal,
  report,
  out,
  invocation,
}: Context): Promise<number> {
  for await (const event of startLocalNode({ directories, env: environment, signal })) {
    report(event);
    if (event.phase !== 'ready') continue;
    if (invocation.settings.json) out(JSON.stringify({ type: 'done', ok: true, url: event.url }));
    else out(event.url ?? '');
  }
  return 0;
}

async function stop({ directories, out, invocation }: Context): Promise<number> {
  const stopped = await stopLocalNode(directories);
  if (invocation.settings.json) out(JSON.stringify({ type: 'done', ok: true, stopped }));
  else
    out(stopped ? 'The local OpenSearch is stopped; its data is kept.' : 'No local OpenSearch was running.');
  return 0;
}

async function status({ directories, out, invocation }: Context): Promise<number> {
  const found = await localNodeStatus(directories);
  if (invocation.settings.json) out(JSON.stringify({ type: 'done', ok: true, ...found }));
  else
    out(
      found.state === 'running'
        ? `Running at ${found.url} (process ${found.pid})`
        : `Not running (${found.detail}).`,
    );
  return 0;
}

const VERBS: Readonly<Record<string, Command>> = { start, stop, status };

export const nodeCommand: Command = async (context) => {
  const [verb = ''] = context.invocation.words;
  const command = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!command) {
    const problem = verb === '' ? 'node needs a word' : `node does not know ${quoted(verb)}`;
    throw new AppError('usage', { problem: `${problem}: start, stop or status` });
  }
  return command(context);
};
