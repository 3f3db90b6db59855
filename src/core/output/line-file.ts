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
  const descriptor = openSync(partial, 'w');
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
