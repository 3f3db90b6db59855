// `node start|stop|status`: the local OpenSearch.
import { localNodeStatus, startLocalNode, stopLocalNode } from '../core/local-node/local-node.ts';
import { dashboardsDockerLine } from '../core/local-node/release.ts';
import { usage } from '../errors/app-error.ts';
import { quoted } from '../text/quoted.ts';
import type { Command, Context } from './context.ts';
import { endWith } from './context.ts';

const CACHING =
  'The next start will be faster: its JVM cache is being made in the background (about a minute, 110 MB).';

/** On standard error: standard output has the address alone, for scripts. */
function sayDashboards({ invocation, say }: Context, url: string): void {
  if (invocation.settings.json) return;
  say('To see it in Dashboards:');
  say(`  ${dashboardsDockerLine(url, process.platform)}`);
}

async function start(context: Context): Promise<number> {
  const { directories, environment, signal, report } = context;
  for await (const event of startLocalNode({ directories, env: environment, signal })) {
    report(event);
    if (event.phase !== 'ready' || event.url === undefined) continue;
    endWith(context, { url: event.url }, [event.url]);
    sayDashboards(context, event.url);
  }
  return 0;
}

async function stop(context: Context): Promise<number> {
  const { stopped, caching } = await stopLocalNode(context.directories);
  const words = stopped
    ? 'The local OpenSearch is stopped; its data is kept.'
    : 'No local OpenSearch was running.';
  endWith(context, { stopped }, caching ? [words, CACHING] : [words]);
  return 0;
}

async function status(context: Context): Promise<number> {
  const found = await localNodeStatus(context.directories);
  const words =
    found.state === 'running'
      ? `Running at ${found.url} (process ${found.pid})`
      : `Not running (${found.detail}).`;
  endWith(context, { ...found }, [words]);
  if (found.state === 'running' && found.url !== undefined) sayDashboards(context, found.url);
  return 0;
}

const VERBS: Readonly<Record<string, Command>> = { start, stop, status };

export const nodeCommand: Command = async (context) => {
  const [verb = ''] = context.invocation.words;
  const command = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!command) {
    const problem = verb === '' ? 'node needs an action' : `${quoted(verb)} is not an action of node`;
    throw usage(`${problem}: start, stop or status`, 'node');
  }
  return command(context);
};
