import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataFiles } from '../../../../src/core/dataset/data-files.ts';
import { readBatches, readDocuments } from '../../../../src/core/dataset/read.ts';
import type { Batch } from '../../../../src/core/documents/batch.ts';
import { TRANSACTION_IDS } from '../../../../src/core/documents/ids.ts';
import { AppError } from '../../../../src/errors/app-error.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incident-demo-output-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const text = (name: string) => readFileSync(join(folder, name), 'utf8');

/** A batch whose documents are `{"n":0}`, `{"n":1}` … in the given phases. */
function batchOf(phases: readonly number[]): Batch {
  const pairs = phases.map((_, n) => Buffer.from(`{"create":{"_id":"id-${n}"}}\n{"n":${n}}\n`));
  const offsets = Uint32Array.from([
    0,
    ...pairs.map((_, n) => Buffer.concat(pairs.slice(0, n + 1)).byteLength),
  ]);
  return {
    data: Buffer.concat(pairs),
    offsets,
    phases: Uint8Array.from(phases),
    documents: phases.length,
    ids: TRANSACTION_IDS,
  };
}

const numbers = (name: string) => [...text(name).matchAll(/"n":(\d+)/g)].map(([, n]) => Number(n));

describe('data files', () => {
  test('each document is in the whole and in the file of its phase', () => {
    const files = openDataFiles(folder, undefined);
    files.write(batchOf([0, 0, 1, 2, 0, 1, 1]));
    expect(files.finish().map(({ name, documents }) => [name, documents])).toEqual([
      ['all_data.ndjson', 7],
      ['normal_data.ndjson', 3],
      ['incident_data.ndjson', 3],
      ['recovery_data.ndjson', 1],
    ]);
    expect(numbers('all_data.ndjson')).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(numbers('normal_data.ndjson')).toEqual([0, 1, 4]);
    expect(numbers('incident_data.ndjson')).toEqual([2, 5, 6]);
    expect(numbers('recovery_data.ndjson')).toEqual([3]);
  });

  test('parts hold whole documents, are no larger than asked, and together are the whole', () => {
    const files = openDataFiles(folder, 100);
    files.write(batchOf([0, 1, 0, 2, 0]));
    files.write(batchOf([0, 0]));
    files.finish();
    const parts = readdirSync(folder).filter((name) => /^all_data-\d{3}\.ndjson$/.test(name));
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(text(part).length).toBeLessThanOrEqual(100);
    expect(parts.sort().map(text).join('')).toBe(text('all_data.ndjson'));
  });

  test('nothing is left when it is discarded', () => {
    const files = openDataFiles(folder, 100);
    files.write(batchOf([0, 1, 2]));
    files.discard();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('bulk files read again', () => {
  const read = async (content: string): Promise<Batch[]> => {
    writeFileSync(join(folder, 'data.ndjson'), content);
    const batches: Batch[] = [];
    for await (const batch of readBatches(join(folder, 'data.ndjson'))) batches.push(batch);
    return batches;
  };

  test('the same bytes come back, with the place of each document', async () => {
    const batch = batchOf([0, 1, 2]);
    const [found, ...rest] = await read(batch.data.toString());
    expect(rest).toEqual([]);
    expect(found?.data.toString()).toBe(batch.data.toString());
    expect(found?.offsets).toEqual(batch.offsets);
  });

  test('a byte order mark and CRLF, as an editor on Windows leaves them, are no part of a document', async () => {
    const batch = batchOf([0, 1]);
    const [found] = await read(`\uFEFF${batch.data.toString().replaceAll('\n', '\r\n')}`);
    expect(found?.data.toString()).toBe(batch.data.toString());
  });

  test('an empty file is no documents', async () => expect(await read('')).toEqual([]));

  test.each([
    ['{"index":{"_id":"a"}}\n{}\n', 1, 'action line'],
    ['{"create":{"_id":"a"}}\n{"n":1\n', 2, 'one JSON object'],
    ['{"create":{"_id":"a"}}\n[1]\n', 2, 'one JSON object'],
    ['{"create":{"_id":"a"}}\n{}\n{"create":{"_id":"b"}}\n', 3, 'is missing'],
  ])('%j is refused at its line, as batches and as documents', async (content, line, problem) => {
    const asBatches = () => read(content);
    const asDocuments = async () => {
      for await (const _ of readDocuments(join(folder, 'data.ndjson')));
    };
    for (const reading of [asBatches, asDocuments]) {
      const error = await reading().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).values).toMatchObject({ line });
      expect((error as AppError).message).toContain(problem);
    }
  });
});
