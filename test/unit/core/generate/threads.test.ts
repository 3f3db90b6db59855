import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { emptyTally } from '../../../../src/core/generate/count/tally.ts';
import { generateBatches, slotRange } from '../../../../src/core/generate/index.ts';
import { type ThreadedRequest, threadedBatches } from '../../../../src/core/generate/threads/threaded.ts';
import type { Plan } from '../../../../src/core/plan/index.ts';
import { planWith } from '../../../helpers/generated.ts';

const PLAN = planWith({ days: 1, sample: 30 });
const MAX_BYTES = 100_000;

const requestFor = (plan: Plan, more: Partial<ThreadedRequest> = {}): ThreadedRequest => ({
  ...slotRange(plan),
  maxBytes: MAX_BYTES,
  threads: 1,
  block: 100,
  tally: emptyTally(),
  signal: new AbortController().signal,
  ...more,
});

function inThisThread() {
  const tally = emptyTally();
  const digest = createHash('sha256');
  for (const { data } of generateBatches(PLAN, { ...slotRange(PLAN), maxBytes: MAX_BYTES, tally }))
    digest.update(data);
  return { hash: digest.digest('hex'), tally };
}

describe('threads that generate', () => {
  it.each([
    [1, 100],
    [2, 30],
    [3, 71],
    [3, 7],
  ])('%d of them give the bytes and the counts of none, in blocks of %d slots', async (threads, block) => {
    const tally = emptyTally();
    const digest = createHash('sha256');
    let documents = 0;
    for await (const batch of threadedBatches(PLAN, requestFor(PLAN, { threads, block, tally }))) {
      expect(batch.data.length).toBeLessThanOrEqual(MAX_BYTES);
      expect(batch.offsets[batch.documents]).toBe(batch.data.length);
      documents += batch.documents;
      digest.update(batch.data);
      batch.release?.();
    }
    const alone = inThisThread();
    expect(digest.digest('hex')).toBe(alone.hash);
    expect(tally).toEqual(alone.tally);
    expect(documents).toBe(alone.tally.documents);
  });

  it('end when the signal fires, even while a batch is waited for', async () => {
    const stop = new AbortController();
    const batches = threadedBatches(PLAN, requestFor(PLAN, { threads: 2, signal: stop.signal }));
    expect((await batches.next()).done).toBe(false);
    const waiting = Array.from({ length: 1000 }, () => batches.next());
    stop.abort();
    expect((await Promise.all(waiting)).at(-1)).toEqual({ done: true, value: undefined });
    expect(process.getActiveResourcesInfo()).not.toContain('MessagePort');
  });

  it('end when the reader walks away', async () => {
    for await (const _ of threadedBatches(PLAN, requestFor(PLAN, { threads: 2 }))) break;
    expect(process.getActiveResourcesInfo()).not.toContain('MessagePort');
  });

  it('that fail are told as an error', async () => {
    // Timelines of an incident that the plan does not describe cannot be made.
    const broken = {
      ...PLAN,
      incidents: [{ ...PLAN.incidents[0], type: 'no such type' }],
    } as unknown as Plan;
    const all = async () => {
      for await (const _ of threadedBatches(broken, requestFor(broken)));
    };
    await expect(all()).rejects.toMatchObject({ code: 'unexpected' });
  });
});
