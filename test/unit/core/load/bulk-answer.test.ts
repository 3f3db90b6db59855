// What happened to each document, as answers to bulk requests say it; sources are public bug reports.
import { describe, expect, test } from 'vitest';
import { readBulkAnswer } from '../../../../src/core/load/bulk-answer.ts';
import { AppError } from '../../../../src/errors/app-error.ts';

const where = { url: 'http://localhost:9200', index: 'demo' };
const created = { create: { _index: 'demo', status: 201, result: 'created' } };
const failed = (status: number, type: string, reason = type) => ({
  create: { _index: 'demo', status, error: { type, reason } },
});
const read = (...items: object[]) => readBulkAnswer({ errors: false, items }, items.length, where);

test.each<[source: string, item: object, expected: object]>([
  ['created here', created, { created: 1 }],
  [
    'opensearch-project/data-prepper#7037: it was here already',
    failed(409, 'version_conflict_engine_exception'),
    { alreadyThere: 1 },
  ],
  [
    'fluent/fluent-bit#4905: a conflict is not retried',
    failed(409, 'version_conflict_engine_exception'),
    { again: [] },
  ],
  [
    'elastic/connectors#2317: noop, dropped by a pipeline',
    { create: { _index: 'demo', status: 200, result: 'noop' } },
    { created: 0, refused: [{ index: 0, reason: 'an ingest pipeline dropped it' }] },
  ],
  [
    'a pipeline or an alias sends it elsewhere',
    { create: { _index: 'other', status: 201, result: 'created' } },
    { created: 0, refused: [{ index: 0, reason: expect.stringContaining('the index other') }] },
  ],
  [
    'it was there already, elsewhere',
    { create: { _index: 'other', status: 409, error: {} } },
    { alreadyThere: 0, refused: [expect.anything()] },
  ],
  [
    'an older one was overwritten',
    { create: { _index: 'demo', status: 200, result: 'updated' } },
    { created: 0, refused: [expect.anything()] },
  ],
  [
    'fluent/fluent-bit#10197: a document its mapping forbids is not retried',
    failed(400, 'mapper_parsing_exception'),
    { again: [], refused: [{ index: 0, reason: 'mapper_parsing_exception' }] },
  ],
  [
    'elastic/elasticsearch#23258: the parent breaker is waited for',
    failed(429, 'circuit_breaking_exception'),
    { again: [0], refused: [] },
  ],
  [
    'fluent/fluent-bit#5145: a full queue is waited for',
    failed(429, 'opensearch_rejected_execution_exception'),
    { again: [0] },
  ],
])('%s', (_, item, expected) => {
  expect(read(item)).toMatchObject({ type: 'answered', ...expected });
});

describe('what ends a load', () => {
  const thrown = (items: object[]) => {
    try {
      read(...items);
    } catch (error) {
      return error;
    }
  };

  test('fluent/fluent-plugin-opensearch#81: no right to write, said for each document', () => {
    const error = thrown([
      failed(403, 'security_exception', 'no permissions for [indices:data/write/bulk[s]]'),
    ]);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'forbidden', exit: 4 });
  });

  test('every document of a batch went elsewhere', () => {
    const elsewhere = { create: { _index: 'other', status: 201, result: 'created' } };
    expect(thrown(Array.from({ length: 20 }, () => elsewhere))).toMatchObject({ code: 'load-incomplete' });
    expect(thrown([...Array.from({ length: 20 }, () => elsewhere), created])).toBeUndefined();
  });
});

test('a response that does not list each document says nothing of any', () => {
  expect(readBulkAnswer({ errors: false }, 2, where)).toMatchObject({ type: 'failed' });
  expect(readBulkAnswer({ errors: false, items: [created] }, 2, where)).toMatchObject({ type: 'failed' });
});
