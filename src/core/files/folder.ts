// Folders, made one level at a time: Node's recursive mkdir never returns on file systems such as /proc.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { folderProblem } from './trust.ts';

/** Makes a folder and its parents. Throws what the file system throws. @param mode of each folder that is new. */
export function makeFolder(folder: string, mode = 0o777): void {
  const path = resolve(folder);
  if (existsSync(path)) return;
  makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Another process may have made it a moment ago.
    if (!existsSync(path)) throw error;
  }
}

/**
 * Makes a folder that only this user can look into (0700), and closes one that is already there to the eyes of others.
 * Parents that are new are private too. Throws what the file system throws, and an error that says so when others could
 * have written to it.
 */
export function makePrivateFolder(folder: string): void {
  const problem = folderProblem(folder);
  if (problem !== undefined) throw new Error(problem);
  makeFolder(folder, 0o700);
  chmodSync(folder, 0o700);
}
