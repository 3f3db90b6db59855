// `node start|stop|status`: the local OpenSearch, plain or secured.
import { randomBytes } from 'node:crypto';
import type { NodeEvent } from '../core/events.ts';
import type { NodeKind } from '../core/local-node/files.ts';
import { localNodeStatus, startLocalNode, stopLocalNode } from '../core/local-node/local-node.ts';
import { dashboardsDockerLine } from '../core/local-node/release.ts';
import { ADMIN, type Secrets } from '../core/local-node/security.ts';
import { usage } from '../errors/app-error.ts';
import { quoted } from '../text/quoted.ts';
import type { Command, Context } from './context.ts';
import { endWith } from './context.ts';

const CACHING =
  'The next start will be faster: its JVM cache is being made in the background (about a minute, 110 MB).';

/** What a node without sign-in means, for whoever keeps other data there. */
const OPEN_NODE =
  'It has no sign-in: programs of this machine can read and change its data, and so can a web page that rebinds its name (DNS) to this machine. With sign-in: node start --secure';

const PASSWORD_KEPT = 'shown at the first start; only its hash is kept';

/** On standard error: standard output has the address alone, for scripts. */
function sayDashboards({ invocation, say }: Context, url: string): void {
  if (invocation.settings.json) return;
  say('To see it in Dashboards:');
  say(`  ${dashboardsDockerLine(url, process.platform)}`);
}

/** 120 bits, in letters that every shell takes as they are. */
const secret = () => randomBytes(15).toString('base64url');

async function start(context: Context): Promise<number> {
  const { directories, environment, invocation, signal, report, say } = context;
  const secure = invocation.settings.secure ? { password: secret(), storePassword: secret() } : undefined;
  for await (const event of startLocalNode({ directories, env: environment, secure, signal })) {
    report(event);
    if (event.phase !== 'ready' || event.url === undefined) continue;
    if (secure) endSecured(context, event, secure);
    else {
      endWith(context, { url: event.url }, [event.url]);
      if (!invocation.settings.json) say(OPEN_NODE);
      sayDashboards(context, event.url);
    }
  }
  return 0;
}

/** The password is shown, but not logged. */
function endSecured(context: Context, event: NodeEvent, { password }: Secrets): void {
  const { invocation, out, say, log, program } = context;
  const { url = '', fingerprint = '', fresh } = event;
  const done = { type: 'done', ok: true, url, username: ADMIN, fingerprint };
  log(done);
  if (invocation.settings.json) {
    out(JSON.stringify({ ...done, ...(fresh ? { password } : {}) }));
    return;
  }
  out(url);
  say(`User name    ${ADMIN}`);
  say(`Password     ${fresh ? `${password} (shown only now: keep it)` : PASSWORD_KEPT}`);
  say(`Certificate  ${fingerprint} (SHA-256)`);
  say('To open the wizard on it:');
  say(`  ${program} --url ${url} --username ${ADMIN} --fingerprint ${fingerprint}`);
}

/** The nodes that a command is about: the secured one alone with --secure, else both. */
const kindsOf = ({ invocation }: Context): readonly NodeKind[] =>
  invocation.settings.secure ? ['secure'] : ['plain', 'secure'];

const TITLES: Readonly<Record<NodeKind, string>> = {
  plain: 'The local OpenSearch',
  secure: 'The secured local OpenSearch',
};

async function stop(context: Context): Promise<number> {
  const words: string[] = [];
  let cached = false;
  for (const kind of kindsOf(context)) {
    const { stopped, caching } = await stopLocalNode(context.directories, kind);
    if (stopped) words.push(`${TITLES[kind]} is stopped; its data is kept.`);
    cached ||= caching;
  }
  const stopped = words.length > 0;
  if (!stopped) words.push('No local OpenSearch was running.');
  endWith(context, { stopped }, cached ? [...words, CACHING] : words);
  return 0;
}

async function status(context: Context): Promise<number> {
  const { directories, invocation } = context;
  const secured = await localNodeStatus(directories, 'secure');
  const plain = invocation.settings.secure ? undefined : await localNodeStatus(directories);
  const found = plain ?? secured;
  const beside = plain !== undefined && secured.state !== 'stopped' ? secured : undefined;
  const words = [found, ...(beside ? [beside] : [])].map(({ state, url, pid, detail }) =>
    state === 'running' ? `Running at ${url} (process ${pid})` : `Not running (${detail}).`,
  );
  endWith(context, { ...found, ...(beside ? { secure: beside } : {}) }, words);
  if (plain?.state === 'running' && plain.url !== undefined) sayDashboards(context, plain.url);
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
