import { expect, test } from 'vitest';
import { documentAt, pick, pieces } from '../../../../src/core/documents/batch.ts';
import { batchOfDocuments, testDocument } from '../../../helpers/batches.ts';

const documents = Array.from({ length: 10 }, (_, number) => testDocument(number));
const batch = batchOfDocuments(documents);

const idsOf = (text: string) => [...text.matchAll(/"_id":"([^"]+)"/g)].map(([, id]) => id);

test('picked documents form a batch of their own, byte for byte', () => {
  const picked = pick(batch, [2, 5, 9]);
  const expected = batchOfDocuments([2, 5, 9].map((number) => testDocument(number)));
  expect(picked.data.equals(expected.data)).toBe(true);
  expect([...picked.offsets]).toEqual([...expected.offsets]);
  expect(picked.documents).toBe(3);
});

test('picking everything copies nothing', () => {
  expect(pick(batch, [...documents.keys()])).toBe(batch);
});

test('pieces are as large as allowed, together the whole, and share its memory', () => {
  const limit = 2000;
  const parts = [...pieces(batch, limit)];
  expect(Buffer.concat(parts.map(({ data }) => data)).equals(batch.data)).toBe(true);
  expect(parts.reduce((sum, part) => sum + part.documents, 0)).toBe(10);
  for (const part of parts) {
    expect(part.data.length).toBeLessThanOrEqual(limit);
    expect(part.data.buffer).toBe(batch.data.buffer);
    expect(part.offsets[0]).toBe(0);
    expect(part.offsets[part.documents]).toBe(part.data.length);
    expect(idsOf(part.data.toString())).toHaveLength(part.documents);
  }
});

test('a document longer than the limit is a piece of its own', () => {
  expect([...pieces(batch, 10)].map((part) => part.documents)).toEqual(Array(10).fill(1));
});

test('a batch within the limit stays as it is', () => {
  expect([...pieces(batch, Number.POSITIVE_INFINITY)]).toEqual([batch]);
});

test('one document is found by its number', () => {
  const { id, source } = documentAt(batch, 7);
  expect(id).toBe(documents[7]?.id);
  expect(JSON.parse(source)).toEqual(documents[7]?.source);
});
