// Small JSON files that survive a crash: written beside their place and renamed into it.
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { makeFolder } from './folder.ts';
import { reasonOf } from './reason.ts';

/** Writes JSON so that a reader sees the old or the new content, never half of one; folder 0700, file 0600. */
export function writeJson(folder: string, name: string, value: object): void {
  try {
    makeFolder(folder, 0o700);
    // Also one that was there before.
    chmodSync(folder, 0o700);
    const half = join(folder, `.${name}.partial`);
    writeFileSync(half, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    renameSync(half, join(folder, name));
  } catch (error) {
    const reason = reasonOf(error);
    throw new AppError('state-unwritable', { folder, reason }, { cause: error });
  }
}

/** Writes a text file in a folder of ours; folder 0700, file 0600. */
export function writeText(folder: string, name: string, text: string): string {
  makeFolder(folder, 0o700);
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** The JSON in a file, or undefined when there is none or it is damaged. */
export function readJson(folder: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8'));
  } catch {
    return undefined;
  }
}

/** True when the folder has an entry of this name. */
export const holds = (folder: string, name: string): boolean => entries(folder).includes(name);

/** Names of the entries of a folder; none when it does not exist. */
export function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Removes a folder with what is in it; nothing happens when it does not exist. Throws AppError `state-unwritable`. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    throw new AppError('state-unwritable', { folder, reason: reasonOf(error) }, { cause: error });
  }
}
