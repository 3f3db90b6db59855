// Delivers batches with a few requests in flight at once.

import type { Clock } from '../async/clock.ts';
import { Condition } from '../async/condition.ts';
import { unlessAborted } from '../async/within.ts';
import type { Cluster } from '../cluster/client.ts';
import type { Documents } from '../documents/batch.ts';
import { BatchSender, type SenderOptions } from './batch-sender.ts';
import { ConcurrencyController } from './concurrency-controller.ts';
import { Meter } from './meter.ts';

export interface LoaderOptions extends SenderOptions {
  readonly signal: AbortSignal;
  /** Called with each batch whose documents are all in the index. */
  readonly onAllCreated: (batch: Documents) => void;
  /** Set by the loader before it pulls the next batch. */
  readonly size: BatchSize;
}

/** Shared by the loader and its source. */
export interface BatchSize {
  /** Bytes of the next batch. */
  bytes: number;
}

/** How long requests in flight may take after a stop. */
const GRACE_MS = 5000;

export class Loader {
  readonly meter: Meter;
  readonly #options: LoaderOptions;
  readonly #clock: Clock;
  readonly #concurrency: ConcurrencyController;
  readonly #sender: BatchSender;
  /** Fires when no new request may begin. */
  readonly #stopSending = new AbortController();
  /** Fires when requests in flight must end too. */
  readonly #abortInFlight = new AbortController();
  /** Fires when the load is over. */
  readonly #over = new AbortController();
  /** Notified when a person changes the limits, at a stop, and whenever a batch is done. */
  readonly #changed = new Condition();
  #failure: unknown;

  constructor(cluster: Cluster, index: string, options: LoaderOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.meter = new Meter(this.#clock.now());
    this.#concurrency = new ConcurrencyController(this.#clock.now());
    const target = { cluster, index, meter: this.meter, concurrency: this.#concurrency };
    const signals = { stopSending: this.#stopSending.signal, abortInFlight: this.#abortInFlight.signal };
    this.#sender = new BatchSender({ ...target, ...signals, changed: this.#changed }, options);
  }

  /** Delivers all batches. Resolves early after a stop; rejects with the first failure that makes going on useless. */
  async run(batches: Iterable<Documents> | AsyncIterable<Documents>): Promise<void> {
    const { signal, control } = this.#options;
    const onAbort = () => this.stop();
    const removeListener = control.onChange(this.#changed.notifyAll);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) this.stop();
    const iterator = iteratorOf(batches);
    const active = new Set<Promise<void>>();
    try {
      await this.#pump(iterator, active);
    } catch (error) {
      this.#fail(error);
    }
    await Promise.all(active);
    signal.removeEventListener('abort', onAbort);
    removeListener();
    await iterator.return?.().catch((error: unknown) => this.#fail(error));
    this.#over.abort();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Begins no new request; those in flight get some time to be answered, or none. */
  stop(graceMs = GRACE_MS): void {
    this.#stopSending.abort();
    this.#changed.notifyAll();
    const abortInFlight = () => this.#abortInFlight.abort();
    if (graceMs === 0) abortInFlight();
    else this.#clock.sleep(graceMs, this.#over.signal).then(abortInFlight);
  }

  /** Begins a request whenever the limits allow one more, until the source ends or a stop comes. */
  async #pump(iterator: AsyncIterator<Documents>, active: Set<Promise<void>>): Promise<void> {
    const { control, size } = this.#options;
    while (!this.#stopSending.signal.aborted) {
      const { paused, maxSenders } = control.limits;
      if (paused || active.size >= Math.min(this.#concurrency.senders, maxSenders)) {
        await this.#changed.wait();
        continue;
      }
      size.bytes = Math.min(this.#concurrency.size, this.#sender.maxBytes);
      const batch = await this.#next(iterator);
      if (batch === undefined) return;
      this.#begin(batch, active);
    }
  }

  /** Keeps the first failure, to be thrown once the requests in flight are answered or aborted. */
  #fail(error: unknown): void {
    this.#failure ??= error;
    this.stop();
  }

  #begin(batch: Documents, active: Set<Promise<void>>): void {
    this.meter.generated += batch.documents;
    // A slow source is not the cluster's fault.
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
    const allCreated = await this.#sender.send(batch);
    if (allCreated) this.#options.onAllCreated(batch);
    // After a stop a request that reads its memory may still be in flight.
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
