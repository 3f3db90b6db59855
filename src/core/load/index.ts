// Loads batches into an index, and reports its progress a few times a second.

import { type Clock, SYSTEM_CLOCK } from '../async/clock.ts';
import type { Cluster } from '../cluster/client.ts';
import type { Documents } from '../documents/batch.ts';
import type { LoadProgress } from '../events.ts';
import type { RefusedDocument } from './batch-sender.ts';
import { LoadControl } from './control.ts';
import { type BatchSize, Loader, type LoaderOptions } from './loader.ts';
import { FIRST_BYTES } from './throughput-search.ts';

export type { RefusedDocument } from './batch-sender.ts';
export { LoadControl } from './control.ts';

export { FIRST_BYTES } from './throughput-search.ts';

export interface LoadOptions {
  /** Stops the load: requests in flight may finish for a few seconds, and are counted. */
  readonly signal: AbortSignal;
  /** Called for each document that the cluster rejects for good (a value its mapping forbids). */
  readonly onRefused: (refused: RefusedDocument) => void;
  /** Called with each batch, as it was pulled, once every document of it is in the index. */
  readonly onAllCreated?: (batch: Documents) => void;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  /** How long the cluster may take nothing at all before the load ends, ms. @default 60000 */
  readonly giveUpMs?: number | undefined;
  /** How long one request may take, ms. @default 60000 */
  readonly requestMs?: number | undefined;
  /** Pauses the load or limits its senders. */
  readonly control?: LoadControl | undefined;
  /** Set to the size that the next batch should have; left out, batches come as the source likes. */
  readonly size?: BatchSize | undefined;
  /** @default the clock of this machine */
  readonly clock?: Clock | undefined;
}

const TICK_MS = 150;
const GIVE_UP_MS = 60_000;
/** Longer than the cluster itself waits for a shard, so that its own message arrives. */
const REQUEST_MS = 60_000;

/**
 * Sends every document until it is acknowledged or rejected, whatever the cluster does meanwhile: at the end
 * `generated` = `acknowledged` + `refused`, unless the signal fired. Batches are pulled only when a request can begin
 * and must stay as they are until then. The last progress is yielded and returned, also after an abort; before an
 * error it is yielded. Throws AppError `writes-blocked` or `load-incomplete` when the cluster took nothing for
 * `giveUpMs`, and at once what no repetition can fix (`index-missing`, `forbidden`, `sign-in-refused`, …).
 */
export async function* loadBatches(
  cluster: Cluster,
  index: string,
  batches: Iterable<Documents> | AsyncIterable<Documents>,
  options: LoadOptions,
): AsyncGenerator<LoadProgress, LoadProgress> {
  const { clock = SYSTEM_CLOCK } = options;
  const loader = new Loader(cluster, index, withDefaults(options, clock));
  const running = loader.run(batches);
  const over = new AbortController();
  const end = () => over.abort();
  const ended = running.then(end, end);
  try {
    while (!over.signal.aborted) {
      await clock.sleep(TICK_MS, over.signal);
      yield loader.meter.progress(clock.now());
    }
    await running;
    return loader.meter.progress(clock.now());
  } finally {
    // The reader may have left in the middle.
    if (!over.signal.aborted) loader.stop(0);
    await ended;
  }
}

function withDefaults(options: LoadOptions, clock: Clock): LoaderOptions {
  const { giveUpMs = GIVE_UP_MS, requestMs = REQUEST_MS, onAllCreated = () => {} } = options;
  const { control = new LoadControl(), size = { bytes: FIRST_BYTES } } = options;
  return { ...options, clock, giveUpMs, requestMs, onAllCreated, control, size };
}
