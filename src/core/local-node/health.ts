// Is the process in the note our node, does it answer, and is it ready?

import { readFile } from 'node:fs/promises';
import { fieldsOf } from '../cluster/answer-shape.ts';
import { type Answer, exchange, jsonOf } from '../cluster/http-exchange.ts';
import type { NodeFiles, NodeNote } from './files.ts';
import { isAlive, processArguments } from './processes.ts';

const ANSWER_MS = 3000;

type Kind = Pick<NodeFiles, 'kind' | 'certificate'>;

/** The answer of a node on this machine; undefined when there is none, or not from the one that has our certificate. */
async function ask(
  { kind, certificate }: Kind,
  port: number,
  path: string,
  signal?: AbortSignal,
): Promise<Answer | undefined> {
  try {
    const limits = { signal, timeoutMs: ANSWER_MS };
    if (kind === 'plain') return await exchange({ url: `http://127.0.0.1:${port}${path}`, ...limits });
    const tls = { ca: await readFile(certificate, 'utf8'), rejectUnauthorized: true };
    return await exchange({ url: `https://127.0.0.1:${port}${path}`, tls, ...limits });
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

const bodyOf = (answer: Answer | undefined) => (answer?.status === 200 ? jsonOf(answer) : undefined);

/** Answers without a sign-in whether the security plugin is ready. */
const SECURITY_HEALTH = '/_plugins/_security/health';

/**
 * True when what listens on this port is our node: a plain one reports its process id; a secured one tells nothing without
 * a sign-in, but shows the certificate whose key only it has.
 */
export async function answersAs(
  { pid, port }: Pick<NodeNote, 'pid' | 'port'>,
  kind: Kind,
  signal?: AbortSignal,
): Promise<boolean> {
  if (kind.kind === 'secure') return (await ask(kind, port, SECURITY_HEALTH, signal)) !== undefined;
  const path = '/_nodes/_local/process?filter_path=nodes.*.process.id';
  const body = bodyOf(await ask(kind, port, path, signal));
  const nodes = Object.values(fieldsOf(body?.['nodes']));
  return nodes.some((node) => fieldsOf(fieldsOf(node)['process'])['id'] === pid);
}

/** True once a node takes requests: its data is there, and its users are, where it has any. */
export async function isReady(kind: Kind, port: number, signal?: AbortSignal): Promise<boolean> {
  if (kind.kind === 'secure')
    return bodyOf(await ask(kind, port, SECURITY_HEALTH, signal))?.['status'] === 'UP';
  const path = '/_cluster/health?wait_for_status=yellow&timeout=2s';
  const status = bodyOf(await ask(kind, port, path, signal))?.['status'];
  return status === 'green' || status === 'yellow';
}

/** True while the process lives and is a runner on our data folder: never a stranger that got the number later. */
export async function isOurProcess(note: NodeNote, files: NodeFiles): Promise<boolean> {
  if (!isAlive(note.pid)) return false;
  const line = await processArguments(note.pid);
  if (line === undefined) return answersAs(note, files);
  return line.includes('OpenSearchRunner') && line.includes(files.base);
}
