// `doctor`: the connection ladder, rung by rung, and what to do about the first that fails.

import { climbLadder } from '../core/cluster/ladder/ladder.ts';
import { localNodeStatus } from '../core/local-node/local-node.ts';
import { stoppedBy } from '../core/run/finish.ts';
import { readConnection } from '../options/connection.ts';
import { plainText } from '../text/plain-text.ts';
import type { Command } from './context.ts';
import { endWith } from './context.ts';

const MARKS = { checking: ' ', ok: 'ok', failed: 'FAILED', skipped: '-' } as const;

export const doctorCommand: Command = async (context) => {
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
