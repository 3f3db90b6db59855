// The door for libraries, on a real cluster.
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { checksOf, loadInto, plan } from '../../../../src/core/index.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { ask, countIn } from '../../../helpers/ask.ts';

const url = inject('openSearchUrl');
const index = `library-${process.pid}`;
const data = plan({ now: new Date('2026-11-24T16:00:00Z'), days: 1, sample: 600, seed: 7 });

const remove = (name: string) => fetch(`${url}/${name}`, { method: 'DELETE' });

beforeAll(async () => void (await remove(index)));
afterAll(async () => {
  await remove(index);
  await remove(`${index}-2`);
});

test('loads every document of a plan, proves them, and leaves an index of ours', async () => {
  const { documents, checks, ok, tally, ...rest } = await loadInto({ url }, data, { index });
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect([ok, rest.index]).toEqual([true, index]);
  const { documents: planned } = tally;
  expect(documents).toEqual({ planned, acknowledged: planned, found: planned, refused: 0 });
  expect(planned).toBeGreaterThan(1000);
  expect(await countIn(url, index)).toBe(planned);
  const told = await ask<Record<string, { mappings: { _meta: object } }>>(`${url}/${index}/_mapping`);
  const { _meta: meta } = told[index]?.mappings ?? {};
  expect(meta).toMatchObject({ tool: 'incident-demo', key: data.key, seed: 7 });
});

test('checksOf gives the checks to run by hand', async () => {
  const { tally } = await loadInto({ url }, data, { index, onConflict: 'append' });
  const [first, ...more] = checksOf(data, tally, index);
  expect(more.length).toBeGreaterThan(20);
  for (const { query, judge, title } of [first, ...more].flatMap((check) => check ?? [])) {
    const { method, path, body } = query;
    const answer = await ask<unknown>(`${url}/${path}`, body ? { body } : { method });
    expect([title, judge(answer).ok]).toEqual([title, true]);
  }
});

test('an index that exists is refused, or left alone for a new one', async () => {
  const refused = await loadInto({ url }, data, { index }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect((refused as AppError).code).toBe('index-exists');
  const { index: beside, ok } = await loadInto({ url }, data, { index, onConflict: 'new' });
  expect([ok, beside]).toEqual([true, `${index}-2`]);
});

test('a load that is stopped throws the reason', async () => {
  const stop = new AbortController();
  stop.abort('enough');
  await expect(loadInto({ url }, data, { index, onConflict: 'replace', signal: stop.signal })).rejects.toBe(
    'enough',
  );
});
