// Small files in folders of this tool, which only this user can read: JSON that survives a crash, and text.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { writeAtomically } from './atomic-file.ts';
import { makePrivateFolder } from './folder.ts';
import { fileErrorReason } from './reason.ts';
import { folderProblem } from './trust.ts';

const PRIVATE_FILE = 0o600;

/** Writes JSON, all of it or nothing; folder 0700, file 0600. Throws AppError `state-unwritable`. */
export function writeJson(folder: string, name: string, value: object): void {
  writeText(folder, name, `${JSON.stringify(value, null, 2)}\n`);
}

/** Writes text, all of it or nothing, and returns its path; folder 0700, file 0600. Throws AppError `state-unwritable`. */
export function writeText(folder: string, name: string, text: string): string {
  try {
    makePrivateFolder(folder);
    writeAtomically(folder, name, text, PRIVATE_FILE);
    return join(folder, name);
  } catch (error) {
    throw new AppError('state-unwritable', { folder, reason: fileErrorReason(error) }, { cause: error });
  }
}

/** The JSON in a file, or undefined when there is none, it is damaged, or others could have written it. */
export function readJson(folder: string, name: string): unknown {
  try {
    if (folderProblem(folder) !== undefined) return undefined;
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
    throw new AppError('state-unwritable', { folder, reason: fileErrorReason(error) }, { cause: error });
  }
}
