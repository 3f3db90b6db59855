// Bulk NDJSON from a file as batches, checked line by line.

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

function assertSource(file: string, line: number, text: string): void {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  } catch {
    // Reported below, with the line.
  }
  throw new AppError('data-file', { file, line, problem: 'a document as one JSON object is expected here' });
}

/** Batches of about 1 MiB. Throws AppError `data-file` with the line, or `file-unreadable`. */
export async function* readBatches(file: string): AsyncGenerator<Batch> {
  let pairs: string[] = [];
  let bytes = 0;
  let action: string | undefined;
  let line = 0;
  try {
    for await (const text of createInterface({
      input: createReadStream(file, 'utf8'),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      line++;
      if (action === undefined) {
        assertAction(file, line, text);
        action = text;
        continue;
      }
      assertSource(file, line, text);
      pairs.push(`${action}\n${text}\n`);
      bytes += action.length + text.length + 2;
      action = undefined;
      if (bytes < BATCH_BYTES) continue;
      yield batchOf(pairs, STORED_TRANSACTIONS.ids);
      pairs = [];
      bytes = 0;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('file-unreadable', { file, reason }, { cause: error });
  }
  if (action !== undefined)
    throw new AppError('data-file', { file, line, problem: 'the document of this action is missing' });
  if (pairs.length > 0) yield batchOf(pairs, STORED_TRANSACTIONS.ids);
}
