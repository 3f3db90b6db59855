// Bulk NDJSON from a file as batches or as documents, checked line by line.

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { AppError } from '../../errors/app-error.ts';
import { type Batch, batchOf } from '../documents/batch.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';

const BATCH_BYTES = 1 << 20;

function assertAction(file: string, line: number, text: string): void {
  if (/^\{"create":\{"_id":"[\w-]+"\}\}$/.test(text)) return;
  throw new AppError('data-file', {
    file,
    line,
    problem: 'an action line {"create":{"_id":"…"}} is expected here',
  });
}

/** A document as it stands in a file. */
export type StoredDocument = Readonly<Record<string, unknown>>;

function sourceOf(file: string, line: number, text: string): StoredDocument {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as StoredDocument;
  } catch {
    // Reported below, with the line.
  }
  throw new AppError('data-file', { file, line, problem: 'a document as one JSON object is expected here' });
}

const linesOf = (file: string) =>
  createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });

/** Editors on Windows begin a file with a byte order mark. */
const unmarked = (line: number, text: string) => (line === 1 ? text.replace(/^\uFEFF/, '') : text);

/** Why a file cannot be read, unless that is known already. */
function unreadable(file: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('file-unreadable', { file, reason }, { cause: error });
}

/** An action and its document, as they stand in a file; the line is that of the document. */
interface Pair {
  readonly line: number;
  readonly action: string;
  readonly text: string;
  readonly document: StoredDocument;
}

/** The pairs of a file in bulk format. Throws AppError `data-file` with the line, or `file-unreadable`. */
async function* pairsOf(file: string): AsyncGenerator<Pair> {
  let action: string | undefined;
  let line = 0;
  try {
    for await (const raw of linesOf(file)) {
      line++;
      const text = unmarked(line, raw);
      if (action === undefined) {
        assertAction(file, line, text);
        action = text;
      } else {
        yield { line, action, text, document: sourceOf(file, line, text) };
        action = undefined;
      }
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  if (action !== undefined)
    throw new AppError('data-file', { file, line, problem: 'the document of this action is missing' });
}

/** The documents of a file in bulk format. Throws AppError `data-file` with the line, or `file-unreadable`. */
export const readDocuments = (file: string): AsyncGenerator<Pick<Pair, 'line' | 'document'>> => pairsOf(file);

/** Batches of about 1 MiB. Throws AppError `data-file` with the line, or `file-unreadable`. */
export async function* readBatches(file: string): AsyncGenerator<Batch> {
  let pairs: string[] = [];
  let bytes = 0;
  for await (const { action, text } of pairsOf(file)) {
    pairs.push(`${action}\n${text}\n`);
    bytes += action.length + text.length + 2;
    if (bytes < BATCH_BYTES) continue;
    yield batchOf(pairs, STORED_TRANSACTIONS.ids);
    pairs = [];
    bytes = 0;
  }
  if (pairs.length > 0) yield batchOf(pairs, STORED_TRANSACTIONS.ids);
}
