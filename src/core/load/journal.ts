// The journal of a run: which batches the cluster has acknowledged, so that a run that goes on sends only the others.
//
// It survives a crash at any byte: a line is written at once by one call and carries a checksum. It is not waited for
// until it is on the disk (no fsync): a line that a power cut takes away means a batch that is sent again, and `create`
// refuses what is there. That the cluster still has what it acknowledged is asked of the cluster, not of this file.
import { closeSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { IdRange } from '../documents/ids.ts';
import { makePrivateFolder } from '../files/folder.ts';
import { AcknowledgedRanges } from './acknowledged-ranges.ts';
import { type JournalHead, journalLine, readJournal } from './journal-lines.ts';

export interface Journal {
  /** What earlier runs of the same id had acknowledged by the same index. */
  readonly acknowledged: AcknowledgedRanges;
  /** Notes that every document of a batch is in the index. */
  readonly note: (span: IdRange) => void;
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
 * Opens the journal of a run. One that is about another index, or cannot be trusted from its first line, begins anew.
 * A file that cannot be written is done without: the run then goes on by sending everything again.
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
    note: (span) => write.line(journalLine(span)),
    close: write.close,
  };
}

/** Appends lines after the part that is kept; the first failure ends the writing. */
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
    // Appending, so that two programs that go on with the same run do not write over each other.
    descriptor = openSync(file, 'a', 0o600);
    ftruncateSync(descriptor, keep);
  });
  const line = (text: string) =>
    attempt(() => {
      if (descriptor !== undefined && writeSync(descriptor, text) !== text.length) throw new Error('no room');
    });
  return { line, close };
}

/** Removes the journal of a run that has ended, also a folder in its place. One that stays does no harm: the run is over. */
export function removeJournal(folder: string): void {
  try {
    rmSync(join(folder, NAME), { force: true, recursive: true });
  } catch {
    // As with writing it, the run does not depend on it.
  }
}
