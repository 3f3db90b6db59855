// The journal of a run: which batches the cluster has acknowledged, so that a resumed run sends only the others.
//
// It survives a crash at any byte: each line is written by one call and carries a checksum. There is no fsync: losing a line
// in a power cut only means that its batch is retried, and `create` skips documents that exist. Whether the cluster still
// has what it acknowledged is checked on the cluster (run/resend-missing.ts), not here.
import { closeSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { IdRange } from '../documents/ids.ts';
import { makePrivateFolder } from '../files/folder.ts';
import { AcknowledgedRanges } from './acknowledged-ranges.ts';
import { type JournalHead, journalLine, readJournal } from './journal-lines.ts';

export interface Journal {
  /** What the same index acknowledged to earlier attempts of the same run. */
  readonly acknowledged: AcknowledgedRanges;
  /** Records that every document of a batch is in the index. */
  readonly note: (range: IdRange) => void;
  readonly close: () => void;
}

const NAME = 'acknowledged.journal';

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

/**
 * Opens the journal of a run. A journal of another index, or one damaged from its first line, starts over. A file that
 * cannot be written is no error: resuming then sends everything once more.
 */
export function openJournal(folder: string, head: JournalHead): Journal {
  const file = join(folder, NAME);
  const found = readJournal(bytesOf(file));
  const same =
    head.uuid !== '' &&
    found.head?.uuid === head.uuid &&
    found.head.run === head.run &&
    found.head.key === head.key;
  const write = writer(folder, file, same ? found.trusted : 0);
  if (!same) write.line(journalLine(head));
  return {
    acknowledged: new AcknowledgedRanges(same ? found.ranges : []),
    note: (range) => write.line(journalLine(range)),
    close: write.close,
  };
}

/** Appends lines after the intact part; the first failure ends the writing. */
function writer(folder: string, file: string, keep: number) {
  let descriptor: number | undefined;
  const close = () => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  const attempt = (action: () => void) => {
    try {
      action();
    } catch {
      close();
    }
  };
  attempt(() => {
    makePrivateFolder(folder);
    // Appending keeps two programs that resume the same run from overwriting each other.
    descriptor = openSync(file, 'a', 0o600);
    ftruncateSync(descriptor, keep);
  });
  const line = (text: string) =>
    attempt(() => {
      if (descriptor !== undefined && writeSync(descriptor, text) !== text.length) throw new Error('no room');
    });
  return { line, close };
}

/** Removes the journal of a run that has ended, or a folder in its place. Failing to is harmless: the run is over. */
export function removeJournal(folder: string): void {
  try {
    rmSync(join(folder, NAME), { force: true, recursive: true });
  } catch {
    // The run does not depend on it.
  }
}
