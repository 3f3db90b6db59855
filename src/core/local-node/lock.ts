// One at a time among processes: a file that names the process that holds it.

import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownPid, processArguments } from './processes.ts';

const POLL_MS = 100;

let serial = 0;

/** Number and command line: after a reboot another program may have the number. */
async function describe(pid: number): Promise<string> {
  return `${pid}\n${(await processArguments(pid)) ?? ''}`;
}

/** The draft is linked into place, so a lock that exists is always complete. */
async function take(path: string, owner: string): Promise<boolean> {
  const draft = `${path}.${ownPid}.${++serial}`;
  await writeFile(draft, owner, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function holderLives(owner: string): Promise<boolean> {
  const pid = Number(owner.split('\n')[0]);
  return isAlive(pid) && (await describe(pid)) === owner;
}

/** Moves a lock away whose holder has died; puts it back if another process was quicker and holds it now. */
async function clearDead(path: string): Promise<void> {
  const owner = await readFile(path, 'utf8').catch(() => undefined);
  if (owner === undefined || (await holderLives(owner))) return;
  const aside = `${path}.${ownPid}.${++serial}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== owner) await link(aside, path);
  } catch {
    // Another process removed it.
  }
  await rm(aside, { force: true });
}

/**
 * Waits until the lock is ours, also when another process holds it, and returns how to give it back.
 * Rejects when the signal fires.
 */
export async function acquireLock(path: string, signal?: AbortSignal): Promise<() => Promise<void>> {
  const owner = await describe(ownPid);
  while (!(await take(path, owner))) {
    await clearDead(path);
    await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
  return () => rm(path, { force: true });
}
