import { describe, expect, test } from 'vitest';
import type { LoadProgress } from '../../../../src/core/events.ts';
import { loadBatches, type RefusedDocument } from '../../../../src/core/load/index.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { batchOfDocuments, testBatches, testDocument } from '../../../helpers/batches.ts';
import { testIndexes } from '../../../helpers/indexes.ts';

const { cluster, name, create, count } = await testIndexes();
const random = () => 0.5;

async function load(
  index: string,
  batches: Parameters<typeof loadBatches>[2],
  signal = new AbortController().signal,
) {
  const refused: RefusedDocument[] = [];
  const events: LoadProgress[] = [];
  const loading = loadBatches(cluster, index, batches, {
    signal,
    random,
    onRefused: (one) => refused.push(one),
  });
  let step = await loading.next();
  for (; !step.done; step = await loading.next()) events.push(step.value);
  return { total: step.value, events, refused };
}

describe('a load', () => {
  test('is exact: generated, acknowledged and found agree', async () => {
    const index = await create();
    const { total, refused } = await load(index, testBatches(0, 12_345, 1000));
    expect(total).toMatchObject({
      generated: 12_345,
      acknowledged: 12_345,
      alreadyThere: 0,
      refused: 0,
      batches: 13,
    });
    expect(refused).toEqual([]);
    expect(await count(index)).toBe(12_345);
  });

  test('done twice adds nothing', async () => {
    const index = await create();
    await load(index, testBatches(0, 5000, 700));
    const { total } = await load(index, testBatches(0, 5000, 900));
    expect(total).toMatchObject({ acknowledged: 5000, alreadyThere: 5000, refused: 0 });
    expect(await count(index)).toBe(5000);
  });

  test('takes batches from an asynchronous source, and nothing from an empty one', async () => {
    const index = await create();
    const slowly = async function* () {
      for (const batch of testBatches(0, 300, 100)) {
        await new Promise((resolve) => setImmediate(resolve));
        yield batch;
      }
    };
    expect((await load(index, slowly())).total.acknowledged).toBe(300);
    expect((await load(index, [])).total).toMatchObject({ generated: 0, acknowledged: 0 });
  });

  test('tells how far it is at most ten times a second, never backwards', async () => {
    const { events } = await load(await create(), testBatches(0, 40_000, 2000));
    const last = events.at(-1);
    expect(events.length).toBeLessThanOrEqual((last?.elapsedMs ?? 0) / 100 + 2);
    events.reduce((before, event) => {
      expect(event.acknowledged).toBeGreaterThanOrEqual(before.acknowledged);
      expect(event.generated).toBeGreaterThanOrEqual(event.acknowledged);
      return event;
    });
    expect(last).toMatchObject({ acknowledged: 40_000, senders: 0 });
  });

  test('pulls no batch before a request can begin', async () => {
    let pulled = 0;
    const counting = function* () {
      for (const batch of testBatches(0, 20_000, 500)) {
        pulled++;
        yield batch;
      }
    };
    const loading = loadBatches(cluster, await create(), counting(), {
      signal: new AbortController().signal,
      random,
      onRefused: () => {},
    });
    for await (const { batches } of loading) expect(pulled).toBeLessThanOrEqual(batches + 8);
    expect(pulled).toBe(40);
  });
});

describe('documents that the mapping forbids', () => {
  test('are told one by one with id, reason and source; the others are loaded', async () => {
    const index = await create();
    const documents = [0, 1, 2, 3, 4].map((number) => testDocument(number));
    const broken = { id: 'doc_wrong-type', source: { ...documents[0]?.source, response_time_ms: 'slow' } };
    const strange = { id: 'doc_strange', source: { ...documents[0]?.source, no_such_field: 1 } };
    const { total, refused } = await load(index, [batchOfDocuments([...documents, broken, strange])]);
    expect(total).toMatchObject({ generated: 7, acknowledged: 5, refused: 2 });
    expect(refused.map(({ id }) => id)).toEqual(['doc_wrong-type', 'doc_strange']);
    expect(refused[0]?.reason).toContain('response_time_ms');
    expect(refused[1]?.reason).toContain('no_such_field');
    expect(JSON.parse(refused[0]?.source ?? '')).toEqual(broken.source);
    expect(await count(index)).toBe(5);
  });
});

describe('an end before the end', () => {
  test('an abort counts what was on its way, and what it says is what is there', async () => {
    const index = await create();
    const stop = new AbortController();
    const stopping = function* () {
      for (const batch of testBatches(0, 200_000, 1000)) {
        if (batch.offsets.length > 0 && pulled++ === 6) stop.abort();
        yield batch;
      }
    };
    let pulled = 0;
    const { total } = await load(index, stopping(), stop.signal);
    expect(total.acknowledged).toBeGreaterThan(0);
    expect(total.acknowledged).toBeLessThan(200_000);
    expect(await count(index)).toBe(total.acknowledged);
  });

  test('an abort before the start sends nothing', async () => {
    const index = await create();
    const { total } = await load(index, testBatches(0, 1000, 100), AbortSignal.abort());
    expect(total.acknowledged).toBe(0);
    expect(await count(index)).toBe(0);
  });

  test('a reader who walks away ends the load', async () => {
    const index = await create();
    let pulled = 0;
    let closed = false;
    const watched = function* () {
      try {
        for (const batch of testBatches(0, 500_000, 1000)) {
          pulled++;
          yield batch;
        }
      } finally {
        closed = true;
      }
    };
    const options = { signal: new AbortController().signal, random, onRefused: () => {} };
    for await (const { acknowledged } of loadBatches(cluster, index, watched(), options))
      if (acknowledged > 0) break;
    expect(closed).toBe(true);
    // At most the requests that were on their way can still arrive.
    expect(await count(index)).toBeLessThanOrEqual(pulled * 1000);
    expect(pulled).toBeLessThan(500);
  });

  test('an error in the source is passed on', async () => {
    const failing = function* () {
      yield* testBatches(0, 100, 100);
      throw new RangeError('no more');
    };
    await expect(load(await create(), failing())).rejects.toThrow('no more');
  });

  test('a name that cannot be an index is refused at once', async () => {
    const error = await load(`${name()}?`, testBatches(0, 10, 10)).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(AppError);
  });
});
