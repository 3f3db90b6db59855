// A file that appears under its name only when it is whole.
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface LineFile {
  readonly name: string;
  readonly write: (data: Uint8Array, documents: number) => void;
  /** Documents and bytes so far. */
  readonly size: () => { documents: number; bytes: number };
  /** Gives the file its name. */
  readonly finish: () => void;
  /** Removes what was written. */
  readonly discard: () => void;
}

/** Opens a file for writing beside its place. Throws what the file system throws. */
export function openLineFile(folder: string, name: string): LineFile {
  const partial = join(folder, `.${name}.partial`);
  // What an earlier run left half-written goes; a link that somebody put there is not followed.
  rmSync(partial, { force: true });
  const descriptor = openSync(partial, 'wx');
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

/** Writes a small file whole, in place of what is there; a link of that name is replaced, not followed. */
export function writeWhole(folder: string, name: string, text: string): void {
  const file = openLineFile(folder, name);
  try {
    file.write(Buffer.from(text), 1);
    file.finish();
  } catch (error) {
    file.discard();
    throw error;
  }
}
