// Delivers batches: a few requests on their way at once.

import { Condition } from '../async/condition.ts';
import { unlessAborted } from '../async/within.ts';
import type { Cluster } from '../cluster/client.ts';
import type { Documents } from '../documents/batch.ts';
import { BatchSender, type SenderOptions } from './batch-sender.ts';
import { Meter } from './meter.ts';
import { Pace } from './pace.ts';

export interface LoaderOptions extends SenderOptions {
  readonly signal: AbortSignal;
  /** Called with each batch of which every document is in the index. */
  readonly onAllCreated: (batch: Documents) => void;
  /** The loader says how large the next batch should be. */
  readonly size: BatchSize;
}

/** Shared by the loader and its source. */
export interface BatchSize {
  /** Bytes of the next batch. */
  bytes: number;
}

/** After a stop, requests on their way get this long to be answered. */
const GRACE_MS = 5000;

export class Loader {
  readonly meter: Meter;
  readonly #options: LoaderOptions;
  readonly #pace: Pace;
  readonly #sender: BatchSender;
  /** Fires when no new request shall begin. */
  readonly #stopSending = new AbortController();
  /** Fires when requests on their way shall end too. */
  readonly #abortInFlight = new AbortController();
  /** Notified when a person changes the limits, at a stop, and whenever a batch is done. */
  readonly #changed = new Condition();
  #failure: unknown;

  constructor(cluster: Cluster, index: string, options: LoaderOptions) {
    this.#options = options;
    const now = performance.now();
    this.meter = new Meter(now);
    this.#pace = new Pace(now);
    const target = { cluster, index, meter: this.meter, pace: this.#pace, changed: this.#changed };
    const signals = { stopSending: this.#stopSending.signal, abortInFlight: this.#abortInFlight.signal };
    this.#sender = new BatchSender({ ...target, ...signals }, options);
  }

  /** Delivers all batches. Resolves early after a stop; rejects with what made going on useless. */
  async run(batches: Iterable<Documents> | AsyncIterable<Documents>): Promise<void> {
    const { signal, control } = this.#options;
    const onAbort = () => this.stop();
    const unsteered = control.onChange(this.#changed.notifyAll);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) this.stop();
    const iterator = iteratorOf(batches);
    const active = new Set<Promise<void>>();
    try {
      while (!this.#stopSending.signal.aborted) {
        const { paused, maxSenders } = control.limits;
        if (!paused && active.size < Math.min(this.#pace.senders, maxSenders)) {
          this.#options.size.bytes = Math.min(this.#pace.size, this.#sender.maxBytes);
          const batch = await this.#next(iterator);
          if (batch === undefined) break;
          this.#begin(batch, active);
        } else await this.#changed.wait();
      }
    } catch (error) {
      this.#fail(error);
    }
    await Promise.all(active);
    signal.removeEventListener('abort', onAbort);
    unsteered();
    await iterator.return?.().catch((error: unknown) => this.#fail(error));
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Begins no new request; those on their way get a few seconds, or none. */
  stop(graceMs = GRACE_MS): void {
    this.#stopSending.abort();
    this.#changed.notifyAll();
    if (graceMs === 0) this.#abortInFlight.abort();
    else setTimeout(() => this.#abortInFlight.abort(), graceMs).unref();
  }

  /** Keeps the first failure, to be told once the requests on their way are answered or aborted. */
  #fail(error: unknown): void {
    this.#failure ??= error;
    this.stop();
  }

  #begin(batch: Documents, active: Set<Promise<void>>): void {
    this.meter.generated += batch.documents;
    // A source that was slow is no fault of the cluster.
    if (active.size === 0) this.#sender.beginWaiting();
    const delivery = this.#deliver(batch)
      .catch((error: unknown) => {
        if (!this.#abortInFlight.signal.aborted) this.#fail(error);
      })
      .finally(() => {
        active.delete(delivery);
        this.meter.delivering = active.size;
        this.#changed.notifyAll();
      });
    active.add(delivery);
    this.meter.delivering = active.size;
  }

  /** The next batch, or none as soon as a stop comes. */
  async #next(iterator: AsyncIterator<Documents>): Promise<Documents | undefined> {
    const step = await unlessAborted(iterator.next(), this.#stopSending.signal);
    return step === undefined || step.done ? undefined : step.value;
  }

  async #deliver(batch: Documents): Promise<void> {
    const whole = await this.#sender.send(batch);
    if (whole) this.#options.onAllCreated(batch);
    // After a stop a request may still be on its way.
    if (this.#stopSending.signal.aborted) return;
    this.meter.batches++;
    batch.release?.();
  }
}

function iteratorOf<T>(values: Iterable<T> | AsyncIterable<T>): AsyncIterator<T> {
  if (Symbol.asyncIterator in values) return values[Symbol.asyncIterator]();
  const iterator = values[Symbol.iterator]();
  return {
    next: async () => iterator.next(),
    return: async () => iterator.return?.() ?? { done: true, value: undefined },
  };
}
