import { expect, test } from 'vitest';
import type { RunEvent } from '../../../../src/core/events.ts';
import { assertChecks, finish, stoppedBy } from '../../../../src/core/run/finish.ts';
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

/** The events of some work that ends this way. */
async function eventsOf(end: () => void, signal = new AbortController().signal): Promise<RunEvent[]> {
  const work = async function* (): AsyncGenerator<RunEvent> {
    yield { type: 'notice', text: 'working' };
    end();
  };
  const result = { ...newRunResult('http://localhost:9200', 'la', 7), guide: '/guide.md' };
  const stopped = () => stoppedBy(signal, 'it is kept', 'Resume: x');
  const now = [1000, 3500];
  const clock = { now: () => now.shift() ?? 0, sleep: async () => {} };
  const events = [];
  for await (const event of finish(work(), { result, signal, command: 'x', stopped, clock }))
    events.push(event);
  return events;
}

test('work that succeeds ends with done, its result and its time', async () => {
  const [notice, done] = await eventsOf(() => {});
  expect(notice).toEqual({ type: 'notice', text: 'working' });
  expect(done).toMatchObject({ type: 'done', ok: true, exit: 0, index: 'la', seed: 7, guide: '/guide.md' });
  expect(done).toMatchObject({ seconds: { total: 2.5 }, command: 'x' });
  expect(done).not.toHaveProperty('error');
});

test('work that fails ends with done too, with the error and its exit code', async () => {
  const missing = new AppError('index-missing', { index: 'la', address: 'localhost:9200' });
  const [, done] = await eventsOf(() => {
    throw missing;
  });
  const { code, message } = missing;
  expect(done).toMatchObject({ ok: false, exit: missing.exit, error: { code, message } });
  const [, internal] = await eventsOf(() => {
    throw new TypeError('x is not a function');
  });
  expect(internal).toMatchObject({ ok: false, exit: 1, error: { code: 'unexpected' } });
});

test.each([
  ['SIGINT', 'cancelled', 130],
  ['SIGTERM', 'terminated', 143],
])('after %s the stop counts, whatever failed besides', async (reason, code, exit) => {
  const stop = new AbortController();
  const [, done] = await eventsOf(() => {
    stop.abort(reason);
    throw new Error('the socket was closed');
  }, stop.signal);
  expect(done).toMatchObject({ ok: false, exit, error: { code, actions: ['Resume: x'] } });
});
