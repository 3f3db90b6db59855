// Is the process in the note our node, does it answer, and is it ready?

import { exchange, jsonOf } from '../cluster/http-exchange.ts';
import type { NodeFiles, NodeNote } from './files.ts';
import { isAlive, processArguments } from './processes.ts';

const ANSWER_MS = 3000;

const origin = (port: number) => `http://127.0.0.1:${port}`;

async function ask(url: string, signal?: AbortSignal): Promise<Record<string, unknown> | undefined> {
  try {
    const answer = await exchange({ url, signal, timeoutMs: ANSWER_MS });
    return answer.status === 200 ? jsonOf(answer) : undefined;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** True when the OpenSearch on this port reports this process id. */
export async function answersAs(pid: number, port: number, signal?: AbortSignal): Promise<boolean> {
  const path = '/_nodes/_local/process?filter_path=nodes.*.process.id';
  const body = await ask(origin(port) + path, signal);
  const nodes = Object.values((body?.nodes ?? {}) as Record<string, { process?: { id?: number } }>);
  return nodes.some((node) => node.process?.id === pid);
}

/** The cluster status, or undefined while it is red or does not answer. */
export async function readyStatus(port: number, signal?: AbortSignal): Promise<string | undefined> {
  const body = await ask(`${origin(port)}/_cluster/health?wait_for_status=yellow&timeout=2s`, signal);
  return body?.status === 'green' || body?.status === 'yellow' ? body.status : undefined;
}

/** True while the process lives and is a runner on our data folder: never a stranger that got the number later. */
export async function isOurProcess({ pid, port }: NodeNote, files: NodeFiles): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const line = await processArguments(pid);
  if (line === undefined) return answersAs(pid, port);
  return line.includes('OpenSearchRunner') && line.includes(files.base);
}
