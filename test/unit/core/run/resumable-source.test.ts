import { describe, expect, it } from 'vitest';
import { type Batch, batchOf } from '../../../../src/core/documents/batch.ts';
import { type IdRange, idRangeOf } from '../../../../src/core/documents/ids.ts';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import type { LoadProgress } from '../../../../src/core/events.ts';
import { AcknowledgedRanges } from '../../../../src/core/load/acknowledged-ranges.ts';
import { ResumableSource } from '../../../../src/core/run/resumable-source.ts';

/** A batch of ten documents, the first of which is this one of the run. */
function ten(first: number): Batch {
  const pairs = Array.from({ length: 10 }, (_, number) => {
    const id = (first + number).toString(36).padStart(24, '0');
    return `{"create":{"_id":"${id}"}}\n{}\n`;
  });
  return batchOf(pairs, STORED_TRANSACTIONS.ids);
}

async function* stream(batches: readonly Batch[]) {
  yield* batches;
}

function journalOf(...acknowledged: IdRange[]) {
  const noted: IdRange[] = [];
  const journal = {
    acknowledged: new AcknowledgedRanges(acknowledged),
    note: (range: IdRange) => noted.push(range),
    close: () => {},
  };
  return { journal, noted };
}

const ALIVE = new AbortController().signal;

async function all(source: ResumableSource, signal = ALIVE) {
  const batches = [];
  for await (const batch of source.unacknowledged(signal)) batches.push(batch);
  return batches;
}

/** Progress of a loader that has sent so many documents. */
const sent = (documents: number): LoadProgress => ({
  ...{ type: 'progress', generated: documents, acknowledged: documents, alreadyThere: 0, refused: 0 },
  ...{ bytes: 0, batches: 0, retried: 0, senders: 1, documentsPerSecond: 0, bytesPerSecond: 0 },
  ...{ answerP95Ms: 0, elapsedMs: 0, throttled: false, silentMs: 0 },
});

describe('the documents that are still to be sent', () => {
  it('are all of them without a journal', async () => {
    const batches = [ten(0), ten(10)];
    const source = new ResumableSource(stream(batches), undefined);
    expect(await all(source)).toEqual(batches);
    expect([source.planned, source.complete]).toEqual([20, true]);
  });

  it('are those that the journal does not list, and count as generated and acknowledged with the others', async () => {
    const batches = [ten(0), ten(10), ten(20)];
    const { journal } = journalOf(idRangeOf(ten(0)), { ...idRangeOf(ten(10)), last: idRangeOf(ten(4)).last });
    const source = new ResumableSource(stream(batches), journal);
    const rest = await all(source);
    expect(rest.map(({ documents }) => documents)).toEqual([6, 10]);
    expect(source.planned).toBe(30);
    expect(source.withEarlier(sent(16))).toMatchObject({ generated: 30, acknowledged: 30, alreadyThere: 14 });
  });

  it('go into the journal when they are delivered, each batch with the whole range it stands for', async () => {
    const { journal, noted } = journalOf({ first: idRangeOf(ten(0)).first, last: idRangeOf(ten(0)).first });
    const source = new ResumableSource(stream([ten(0), ten(10)]), journal);
    const [partly, whole] = await all(source);
    expect(noted).toEqual([]);
    if (whole) source.delivered(whole);
    expect(noted).toEqual([idRangeOf(ten(10))]);
    if (partly) source.delivered(partly);
    expect(noted).toEqual([idRangeOf(ten(10)), idRangeOf(ten(0))]);
    if (partly) source.delivered(partly);
    expect(noted).toHaveLength(2);
  });

  it('are not known to be complete after a stop', async () => {
    const stop = new AbortController();
    stop.abort();
    const source = new ResumableSource(stream([ten(0)]), undefined);
    await all(source, stop.signal);
    expect(source.complete).toBe(false);
  });

  it('give the memory of a batch back as soon as nothing of it is to be sent', async () => {
    let released = 0;
    const batch = { ...ten(0), release: () => released++ };
    const { journal } = journalOf(idRangeOf(batch));
    expect(await all(new ResumableSource(stream([batch]), journal))).toEqual([]);
    expect(released).toBe(1);
  });
});
