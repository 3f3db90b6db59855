import { expect, test } from 'vitest';
import { assertChecks } from '../../../../src/core/run/finish.ts';
import { newRunResult, type RunResult } from '../../../../src/core/run/run-result.ts';
import { AppError } from '../../../../src/errors/app-error.ts';

test('numbers in a sentence are grouped, a line of a file is not', () => {
  const values = { acknowledged: 5874, planned: 316_800, index: 'ro', reason: 'no answer' };
  expect(new AppError('load-incomplete', values).message).toBe(
    '5,874 of 316,800 documents are in ro: no answer',
  );
  expect(new AppError('data-file', { file: 'a', line: 12_345, problem: 'no' }).message).toBe(
    'a, line 12345: no',
  );
});

/** What is advised when a check failed and so many of 1000 documents are there. */
function advice(found: number, parts?: number): string {
  const query = { method: 'GET', path: 'la/_count' } as const;
  const count = {
    id: 'count',
    title: 'Count',
    expected: '1000',
    found: String(found),
    ok: false,
    ms: 1,
    query,
  };
  const outcome: RunResult = {
    ...newRunResult('http://localhost:9200', 'la', 7),
    checks: [count],
    documents: { planned: 1000, acknowledged: found, found, refused: 0 },
    ...(parts === undefined ? {} : { parts }),
  };
  try {
    assertChecks(outcome);
  } catch (error) {
    if (error instanceof AppError) return error.explain().actions.join('\n');
  }
  throw new Error('the failed check was not told');
}

test('an index that is loaded in parts is never to be replaced', () => {
  expect(advice(300, 3)).toContain('--part i/3');
  expect(advice(300, 3)).not.toMatch(/replace|clean/);
  expect(advice(1000, 3)).toContain('load all 3 parts: incident-demo clean --index la');
  expect(advice(1000, 3)).not.toContain('replace');
});

test('a whole index gets what is missing, or is loaded afresh', () => {
  expect(advice(300)).toMatch(/--on-conflict append\n.*--on-conflict replace/);
  expect(advice(1000)).toContain('--on-conflict replace');
  expect(advice(1000)).not.toMatch(/append|part/);
});
