// Files that appear under their name only when they are complete: written beside their place, then renamed into it.
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A file under construction. */
export interface AtomicFile {
  readonly name: string;
  readonly write: (data: Uint8Array, documents: number) => void;
  /** Documents and bytes so far. */
  readonly size: () => { documents: number; bytes: number };
  /** Gives the file its name, in place of what is there. */
  readonly finish: () => void;
  /** Removes what was written. */
  readonly discard: () => void;
}

/** Opens a file for writing. Throws what the file system throws. @param mode of the file. */
export function openAtomicFile(folder: string, name: string, mode = 0o666): AtomicFile {
  const partial = join(folder, `.${name}.partial`);
  // Removes what an interrupted run left; with `wx`, a link planted in its place is not followed.
  rmSync(partial, { force: true });
  const descriptor = openSync(partial, 'wx', mode);
  let documents = 0;
  let bytes = 0;
  let open = true;
  const close = () => {
    if (open) closeSync(descriptor);
    open = false;
  };
  return {
    name,
    write: (data, count) => {
      for (let done = 0; done < data.byteLength; ) done += writeSync(descriptor, data, done);
      documents += count;
      bytes += data.byteLength;
    },
    size: () => ({ documents, bytes }),
    finish: () => {
      close();
      renameSync(partial, join(folder, name));
    },
    discard: () => {
      close();
      rmSync(partial, { force: true });
    },
  };
}

/**
 * Writes a small file, all of it or nothing: a reader sees the old or the new content. A link of that name is replaced,
 * not followed. Throws what the file system throws.
 */
export function writeAtomically(folder: string, name: string, text: string, mode?: number): void {
  const file = openAtomicFile(folder, name, mode);
  try {
    file.write(Buffer.from(text), 1);
    file.finish();
  } catch (error) {
    file.discard();
    throw error;
  }
}
