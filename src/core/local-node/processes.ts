// Other processes of this machine: whether they live, what they are, and how to end them.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
// biome-ignore lint/style/noRestrictedImports: signals have no other door, and a lock must name who holds it; nothing else of our process is read
import { kill, pid as ownPid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export { ownPid };

const run = promisify(execFile);

const POLL_MS = 100;

/** True while a process with this number exists, also one of another user. */
export function isAlive(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** True when a process has ended and its files are closed; a zombie counts as ended. */
export async function hasEnded(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return true;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The state follows the name, which stands in parentheses and may hold any character.
  return /^\s+[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
}

/** To a process, or to a whole group when the number is negative. */
function send(target: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    kill(target, signal);
  } catch {
    // It has ended already.
  }
}

/** Sends SIGTERM, then SIGKILL after `patienceMs`, and waits until the process has ended. */
export async function endProcess(pid: number, patienceMs: number): Promise<void> {
  await end(pid, pid, patienceMs);
}

/** Ends a process that leads a group, and what it has started, in the same way. */
export async function endGroup(leader: number, patienceMs: number): Promise<void> {
  await end(-leader, leader, patienceMs);
}

async function end(target: number, pid: number, patienceMs: number): Promise<void> {
  send(target, 'SIGTERM');
  for (let waited = 0; !(await hasEnded(pid)); waited += POLL_MS) {
    if (waited >= patienceMs) send(target, 'SIGKILL');
    await sleep(POLL_MS);
  }
}

/** The command line of a process, or undefined when it has ended or the system does not report it. */
export async function processArguments(pid: number): Promise<string | undefined> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (fromProc !== undefined) return fromProc.replaceAll('\0', ' ').trim() || undefined;
  return run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || undefined,
    () => undefined,
  );
}
