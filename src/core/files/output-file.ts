// Files that a user asks for, in a folder of their choice.
import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { writeAtomically } from './atomic-file.ts';
import { makeFolder } from './folder.ts';
import { fileErrorReason } from './reason.ts';

/** Returns what the work returns. Throws AppError `output-unwritable` where the file system refuses it in this folder. */
export function writingTo<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('output-unwritable', { folder, reason: fileErrorReason(error) }, { cause: error });
  }
}

/** Writes a file, all of it or nothing; makes the folder where needed. Returns its path. Throws AppError `output-unwritable`. */
export function writeOutputFile(folder: string, name: string, text: string): string {
  return writingTo(folder, () => {
    makeFolder(folder);
    writeAtomically(folder, name, text);
    return join(folder, name);
  });
}
