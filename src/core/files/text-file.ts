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
        // In UTF-16 the byte of a line end can be half of another character.
        const ended = oneLine && !isUtf16(bytes) && bytes.subarray(held - count, held).includes('\n');
        if (count === 0 || ended) break;
      }
      return bytes.subarray(0, held);
    } finally {
      closeSync(handle);
    }
  });
}

const isUtf16 = (bytes: Buffer) => ['fffe', 'feff'].includes(bytes.subarray(0, 2).toString('hex'));

/** Editors on Windows begin a file with a byte order mark, and PowerShell 5 writes UTF-16; the mark is not part of the text. */
function decoded(file: string, bytes: Buffer): string {
  if (isUtf16(bytes)) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  if (bytes.subarray(0, 64).includes(0)) throw unreadable(file, 'it is not text in UTF-8; save it as UTF-8');
  return new TextDecoder().decode(bytes);
}

/** The text of an ordinary file of at most so many MB (10^6 bytes). Throws AppError `file-unreadable`. */
export function readTextFile(file: string, mostMb: number): string {
  const stat = attempt(file, () => statSync(file));
  if (stat.isDirectory()) throw unreadable(file, 'it is a folder');
  // Checked before opening, which would block on a pipe without a writer.
  if (!stat.isFile()) throw unreadable(file, 'it is a device or a pipe, not an ordinary file');
  const bytes = readUpTo(file, mostMb * 1e6);
  if (bytes.length > mostMb * 1e6) throw unreadable(file, `it is longer than ${mostMb} MB`);
  return decoded(file, bytes);
}

const MAX_LINE_BYTES = 4096;

/** The first line of a file, which may be a pipe such as `<(pass show x)`. Throws AppError `file-unreadable`. */
export function readFirstLine(file: string): string {
  const bytes = readUpTo(file, MAX_LINE_BYTES, true);
  if (bytes.length > MAX_LINE_BYTES && !bytes.includes('\n'))
    throw unreadable(file, `its first line is longer than ${MAX_LINE_BYTES} bytes`);
  return decoded(file, bytes).split(/\r?\n/, 1)[0] ?? '';
}

/**
 * A secret: the first line of a file, in UTF-8 or UTF-16. Throws AppError `file-unreadable`, also where that line is
 * empty. It names the flag, not the file: who mistakes the flag types the secret itself.
 * @param flag such as `--password-file`.
 */
export function readSecret(file: string, flag: string): string {
  const source = `of ${flag}`;
  try {
    const secret = readFirstLine(file);
    if (secret !== '') return secret;
  } catch (error) {
    throw error instanceof AppError ? unreadable(source, String(error.values['reason'])) : error;
  }
  throw unreadable(source, 'its first line is empty');
}
