// Reads small files that a user names, up to a limit, so that a device or an endless file is rejected instead of read forever.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { AppError } from '../../errors/app-error.ts';
import { fileErrorReason } from './reason.ts';

/** Largest files, MB: presets, certificate authorities (a whole system has 0.25 MB), and the mapping of a data set. */
export const PRESET_MB = 1;
export const CA_MB = 4;
export const MAPPING_MB = 50;

const unreadable = (file: string, reason: string, cause?: unknown) =>
  new AppError('file-unreadable', { file, reason }, { cause });

function attempt<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw unreadable(file, fileErrorReason(error), error);
  }
}

/** The bytes up to the end, up to one more than `most`, or up to the piece that holds a line end where that is enough. */
function readUpTo(file: string, most: number, oneLine = false): Buffer {
  return attempt(file, () => {
    const handle = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(most + 1);
      let held = 0;
      while (held <= most) {
        const count = readSync(handle, bytes, held, most + 1 - held, null);
        held += count;
        if (count === 0 || (oneLine && bytes.subarray(held - count, held).includes('\n'))) break;
      }
      return bytes.subarray(0, held);
    } finally {
      closeSync(handle);
    }
  });
}

/** The text of an ordinary file of at most so many MB (10^6 bytes). Throws AppError `file-unreadable`. */
export function readTextFile(file: string, mostMb: number): string {
  const stat = attempt(file, () => statSync(file));
  if (stat.isDirectory()) throw unreadable(file, 'it is a folder');
  // Checked before opening, which would block on a pipe without a writer.
  if (!stat.isFile()) throw unreadable(file, 'it is a device or a pipe, not an ordinary file');
  const bytes = readUpTo(file, mostMb * 1e6);
  if (bytes.length > mostMb * 1e6) throw unreadable(file, `it is longer than ${mostMb} MB`);
  return bytes.toString('utf8');
}

const MAX_LINE_BYTES = 4096;

/** The first line of a file, which may be a pipe such as `<(pass show x)`. Throws AppError `file-unreadable`. */
export function readFirstLine(file: string): string {
  const text = readUpTo(file, MAX_LINE_BYTES, true).toString('utf8');
  const [line = ''] = text.split(/\r?\n/, 1);
  if (Buffer.byteLength(line) > MAX_LINE_BYTES)
    throw unreadable(file, `its first line is longer than ${MAX_LINE_BYTES} bytes`);
  return line;
}
