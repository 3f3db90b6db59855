// How fast documents get into a cluster: generated on the way, prepared before, and by the client's own helper.
import { Client } from '@opensearch-project/opensearch';
import type { Cluster } from '../src/core/cluster/client.ts';
import { deleteIndex } from '../src/core/cluster/indexes/admin.ts';
import { documentId } from '../src/core/documents/ids.ts';
import { emptyTally } from '../src/core/generate/count/tally.ts';
import { OrderedSlots } from '../src/core/generate/customers/ordered-slots.ts';
import { generateBatches, slotRange } from '../src/core/generate/index.ts';
import { FIRST_BYTES } from '../src/core/load/index.ts';
import { PLAN } from './generate.ts';
import { generateAndLoad, INDEX, secondsToLoad } from './into-index.ts';
import { inTurns, median } from './measure.ts';
import { plainSource } from './plain.ts';
import { blast } from './send.ts';

/** An hour of the afternoon, with an incident in it: some seconds of loading, so that the first second weighs little. */
const PART = { index: 15, of: 24 };
const SEARCH_ROUNDS = 2;
const CONCURRENCIES = [2, 3, 4, 6, 8];
const KEY = PLAN.key;

interface LoadFigure {
  readonly name: string;
  readonly documentsPerSecond: number;
  /** Median over the rounds of this round's speed over that of prepared bytes. */
  readonly ofPrepared: number;
}

/** Objects through the helper of the official client, as its documentation shows it. */
async function helped(url: string): Promise<void> {
  const client = new Client({ node: url });
  const ids: string[] = [];
  async function* documents(): AsyncGenerator<object> {
    const ordered = new OrderedSlots(PLAN, slotRange(PLAN, PART));
    for (const count of ordered.counts())
      for (const row of ordered.rows.slice(0, count)) {
        ids.push(documentId(KEY, row));
        yield plainSource(PLAN, row);
      }
  }
  let next = 0;
  await client.helpers.bulk({
    datasource: documents(),
    onDocument: () => ({ create: { _index: INDEX, _id: ids[next++] ?? '' } }),
  });
  await client.close();
}

export interface LoadFigures {
  readonly documents: number;
  /** Medians of prepared bytes at each number of requests on their way. */
  readonly prepared: readonly { readonly concurrency: number; readonly documentsPerSecond: number }[];
  readonly figures: readonly LoadFigure[];
}

/** Compares the ways to load, in turn, after looking for the best concurrency of prepared bytes. */
export async function measureLoad(cluster: Cluster, rounds: number): Promise<LoadFigures> {
  const request = { ...slotRange(PLAN, PART), maxBytes: FIRST_BYTES, tally: emptyTally() };
  const batches = [...generateBatches(PLAN, request)];
  const bodies = batches.map(({ data }) => data);
  const documents = batches.reduce((sum, batch) => sum + batch.documents, 0);
  const load = async (way: () => Promise<void>) =>
    documents / (await secondsToLoad(cluster, { plan: PLAN, documents }, way));
  const blasted = (concurrency: number) => load(() => blast(cluster.url, INDEX, bodies, concurrency));
  // A node that has just started grows faster for a while.
  for (let warm = 0; warm < 2; warm++) await blasted(3);
  const tried = await inTurns(
    CONCURRENCIES.map((concurrency) => () => blasted(concurrency)),
    SEARCH_ROUNDS,
  );
  const prepared = CONCURRENCIES.map((concurrency, at) => ({
    concurrency,
    documentsPerSecond: Math.round(median(tried[at] ?? [])),
  }));
  const best = prepared.toSorted((a, b) => b.documentsPerSecond - a.documentsPerSecond)[0]?.concurrency ?? 3;
  const names = ['generated and loaded', `prepared bytes, ${best} at once`, 'objects, helpers.bulk'];
  const speeds = await inTurns(
    [
      () => load(() => generateAndLoad(cluster, PLAN, PART)),
      () => blasted(best),
      () => load(() => helped(cluster.url)),
    ],
    rounds,
  );
  await deleteIndex(cluster, INDEX);
  const figures = names.map((name, way): LoadFigure => {
    const own = speeds[way] ?? [];
    const ratios = own.map((speed, round) => speed / (speeds[1]?.[round] ?? Number.NaN));
    return { name, documentsPerSecond: Math.round(median(own)), ofPrepared: median(ratios) };
  });
  return { documents, prepared, figures };
}
