// Loads batches into an index, telling how far it is a few times a second.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/client.ts';
import type { LoadProgress } from '../events.ts';
import type { Documents } from './batch.ts';
import { LoadControl } from './control.ts';
import { Loader, type RefusedDocument } from './loader.ts';

export { FREE, LoadControl, type Steering } from './control.ts';
export type { RefusedDocument } from './loader.ts';

export interface LoadOptions {
  /** Stops the load: requests on their way may finish for a few seconds, and are counted. */
  readonly signal: AbortSignal;
  /** Called for each document that the cluster will never take (a value its mapping forbids). */
  readonly onRefused: (refused: RefusedDocument) => void;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  /** How long the cluster may take nothing at all before the load ends. @default 60000 */
  readonly giveUpMs?: number;
  /** Pauses the load or limits its senders; left out, nobody does. */
  readonly control?: LoadControl | undefined;
}

const TICK_MS = 150;

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
  { signal, onRefused, random, giveUpMs = 60_000, control = new LoadControl() }: LoadOptions,
): AsyncGenerator<LoadProgress, LoadProgress> {
  const loader = new Loader(cluster, index, { signal, onRefused, random, giveUpMs, control });
  const running = loader.run(batches);
  let over = false;
  const ended = running.then(
    () => {
      over = true;
    },
    () => {
      over = true;
    },
  );
  try {
    while (!over) {
      await Promise.race([ended, sleep(TICK_MS)]);
      yield loader.meter.progress(performance.now());
    }
    await running;
    return loader.meter.progress(performance.now());
  } finally {
    // The reader may have walked away in the middle.
    if (!over) loader.stop(0);
    await ended;
  }
}
