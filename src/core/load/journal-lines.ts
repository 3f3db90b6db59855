// The text of a journal: a line that says which load it belongs to, then one for each acknowledged batch. Each line carries
// a checksum; reading stops at the first that does not match.
import { crc32 } from 'node:zlib';
import type { IdRange } from '../documents/ids.ts';

/** The load a journal belongs to. An index that was recreated under the same name has another uuid. */
export interface JournalHead {
  readonly run: string;
  readonly key: string;
  readonly uuid: string;
}

export interface JournalText {
  readonly head: JournalHead | undefined;
  readonly ranges: readonly IdRange[];
  /** Bytes up to the end of the last intact line. */
  readonly trusted: number;
}

const SUM_LENGTH = 8;
const NEWLINE = 10;
const ID = /^[0-9a-z]{24}$/;

const sumOf = (text: Buffer | string) => crc32(text).toString(16).padStart(SUM_LENGTH, '0');

/** A line of a journal, with its checksum and its end. */
export function journalLine(value: JournalHead | IdRange): string {
  const text = JSON.stringify(value);
  return `${sumOf(text)} ${text}\n`;
}

function valueIn(line: Buffer): Record<string, unknown> | undefined {
  const text = line.subarray(SUM_LENGTH + 1);
  if (line.toString('latin1', 0, SUM_LENGTH + 1) !== `${sumOf(text)} `) return undefined;
  try {
    const value: unknown = JSON.parse(text.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function headIn({ run, key, uuid }: Record<string, unknown>): JournalHead | undefined {
  if (typeof run !== 'string' || typeof key !== 'string' || typeof uuid !== 'string') return undefined;
  return { run, key, uuid };
}

function rangeIn({ first, last }: Record<string, unknown>): IdRange | undefined {
  if (typeof first !== 'string' || typeof last !== 'string') return undefined;
  return ID.test(first) && ID.test(last) && first <= last ? { first, last } : undefined;
}

/** Reads a journal up to the first line that is torn, damaged or meaningless. Never throws. */
export function readJournal(bytes: Buffer): JournalText {
  let head: JournalHead | undefined;
  const spans: IdRange[] = [];
  let trusted = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, trusted)) {
    const value = valueIn(bytes.subarray(trusted, end));
    if (value === undefined) break;
    if (head === undefined) {
      head = headIn(value);
      if (head === undefined) break;
    } else {
      const span = rangeIn(value);
      if (span === undefined) break;
      spans.push(span);
    }
    trusted = end + 1;
  }
  return { head, ranges: spans, trusted };
}
