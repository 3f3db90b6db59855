// Writes exported files into a folder, each as a whole or not at all.
import { closeSync, openSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { writeOutputFile } from '../files/output-file.ts';
import type { ExportedFile } from './exported-file.ts';

/** What a file begins with; undefined when it does not exist or cannot be read. */
function beginningOf(path: string): string | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(200);
      return bytes.toString('utf8', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/**
 * Writes the files and returns their paths. Throws AppError `output-unwritable`, before anything is written when a file of
 * another program is in the way.
 */
export function writeExported(folder: string, files: readonly ExportedFile[]): string[] {
  for (const { path, ours } of files) {
    const begins = beginningOf(join(folder, path));
    if (begins === undefined || ours.test(begins)) continue;
    const reason = `it holds ${basename(path)}, which this tool did not write`;
    throw new AppError('output-unwritable', { folder: join(folder, dirname(path)), reason });
  }
  return files.map(({ path, text }) => writeOutputFile(join(folder, dirname(path)), basename(path), text));
}
