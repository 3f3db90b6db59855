// `doctor`: the connection ladder, rung by rung, and what to do about the first that fails.

import { climbLadder } from '../core/cluster/ladder/ladder.ts';
import { OPTIONAL, roleFor } from '../core/cluster/permissions.ts';
import { localNodeStatus } from '../core/local-node/local-node.ts';
import { stoppedBy } from '../core/run/finish.ts';
import { readConnection } from '../options/connection.ts';
import { plainText } from '../text/plain-text.ts';
import type { Command, Context } from './context.ts';
import { endWith } from './context.ts';

const MARKS = { checking: ' ', ok: 'ok', failed: 'FAILED', skipped: '-' } as const;

const WIDTH = 40;

/** The role on standard output, to be sent as it is; how, and what it leaves out, beside it. */
function printRole(context: Context): number {
  const { invocation, say } = context;
  const { index, json } = invocation.settings;
  const role = roleFor(index);
  const optional = OPTIONAL.map(({ action, scope }) => ({ action, scope }));
  endWith(context, { role, optional }, [JSON.stringify(role, null, 2)]);
  if (json) return 0;
  say(`The least role for ${index}. An administrator creates it and maps users to it:`);
  say('  PUT _plugins/_security/api/roles/incident-demo');
  say('Left out, since a run skips what it may not ask. Each permission added lets it');
  for (const { action, use } of OPTIONAL) say(`  ${action.padEnd(WIDTH)}${use}`);
  return 0;
}

export const doctorCommand: Command = async (context) => {
  if (context.invocation.settings.role) return printRole(context);
  const { invocation, environment, directories, out, log, signal } = context;
  const { settings } = invocation;
  const given = readConnection(settings, environment);
  const connection = settings.local ? { url: (await localNodeStatus(directories)).url ?? given.url } : given;
  if (!settings.json) out(`Testing ${connection.url}`);
  for await (const { rung, state, detail, ms, error } of climbLadder(connection, signal, {
    index: settings.index,
    environment,
  })) {
    if (state === 'checking') continue;
    const words = plainText(detail);
    const event = { type: 'rung', rung, state, detail: words, ms, ...(error ? { code: error.code } : {}) };
    log(event);
    if (settings.json) out(JSON.stringify(event));
    else out(`  ${MARKS[state].padEnd(7)} ${rung.padEnd(9)} ${words}`);
    if (error) throw error;
  }
  if (signal.aborted) throw stoppedBy(signal, 'nothing was written');
  endWith(context, { url: connection.url }, ['All steps passed.']);
  return 0;
};
