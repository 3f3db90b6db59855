// Loads batches into an index, telling how far it is a few times a second.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/client.ts';
import type { Documents } from '../documents/batch.ts';
import type { LoadProgress } from '../events.ts';
import type { RefusedDocument } from './batch-sender.ts';
import { LoadControl } from './control.ts';
import { type BatchSize, Loader } from './loader.ts';
import { FIRST_BYTES } from './pace.ts';

export type { RefusedDocument } from './batch-sender.ts';
export { LoadControl, type LoadLimits as Steering } from './control.ts';

export { FIRST_BYTES } from './pace.ts';

export interface LoadOptions {
  /** Stops the load: requests on their way may finish for a few seconds, and are counted. */
  readonly signal: AbortSignal;
  /** Called for each document that the cluster will never take (a value its mapping forbids). */
  readonly onRefused: (refused: RefusedDocument) => void;
  /** Called with each batch, as it was pulled, once every document of it is in the index. */
  readonly onAllCreated?: (batch: Documents) => void;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  /** How long the cluster may take nothing at all before the load ends. @default 60000 */
  readonly giveUpMs?: number | undefined;
  /** How long one request may take. @default 60000 */
  readonly requestMs?: number | undefined;
  /** Pauses the load or limits its senders; left out, nobody does. */
  readonly control?: LoadControl | undefined;
  /** Told how large the next batch should be; left out, batches come as the source likes. */
  readonly size?: BatchSize | undefined;
}

const TICK_MS = 150;
const GIVE_UP_MS = 60_000;
/** Longer than the cluster itself waits for a shard, so that its own words arrive. */
const REQUEST_MS = 60_000;

/**
 * Sends every document until it is acknowledged or refused, whatever the cluster does meanwhile: at the end
 * `generated` = `acknowledged` + `refused`, unless the signal fired. Batches are pulled only when a request can begin
 * and must stay as they are until then. The last progress is yielded and returned, also after an abort; before an
 * error it is yielded. Throws AppError `writes-blocked` or `load-incomplete` when the cluster took nothing for
 * `giveUpMs`, and at once what no repetition can mend (`index-missing`, `forbidden`, `sign-in-refused`, …).
 */
export async function* loadBatches(
  cluster: Cluster,
  index: string,
  batches: Iterable<Documents> | AsyncIterable<Documents>,
  options: LoadOptions,
): AsyncGenerator<LoadProgress, LoadProgress> {
  const { giveUpMs = GIVE_UP_MS, requestMs = REQUEST_MS } = options;
  const { onAllCreated = () => {}, control = new LoadControl(), size = { bytes: FIRST_BYTES } } = options;
  const loader = new Loader(cluster, index, { ...options, giveUpMs, requestMs, onAllCreated, control, size });
  const running = loader.run(batches);
  const over = new AbortController();
  const ended = running.then(
    () => over.abort(),
    () => over.abort(),
  );
  try {
    while (!over.signal.aborted) {
      await sleep(TICK_MS, undefined, { signal: over.signal }).catch(() => undefined);
      yield loader.meter.progress(performance.now());
    }
    await running;
    return loader.meter.progress(performance.now());
  } finally {
    // The reader may have walked away in the middle.
    if (!over.signal.aborted) loader.stop(0);
    await ended;
  }
}
