// Delivers batches: a few requests on their way at once, each batch sent until every document of it is settled.

import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import type { Cluster } from '../cluster/client.ts';
import { backoffMs } from './backoff.ts';
import { type Documents, documentAt, pick, pieces } from './batch.ts';
import { sendBulk } from './bulk.ts';
import type { BulkOutcome, Trouble } from './bulk-answer.ts';
import type { LoadControl } from './control.ts';
import { Meter } from './meter.ts';
import { Pace } from './pace.ts';

export interface RefusedDocument {
  readonly id: string;
  readonly reason: string;
  /** The document as it was sent, one line of JSON. */
  readonly source: string;
}

export interface LoaderOptions {
  readonly signal: AbortSignal;
  readonly onRefused: (refused: RefusedDocument) => void;
  /** Called with each batch of which every document is in the index. */
  readonly onWhole: (batch: Documents) => void;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  readonly giveUpMs: number;
  /** How long one request may take. */
  readonly requestMs: number;
  /** How a person steers the load. */
  readonly control: LoadControl;
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

type Answered = Extract<BulkOutcome, { type: 'answered' }>;

export class Loader {
  readonly meter: Meter;
  readonly #cluster: Cluster;
  readonly #index: string;
  readonly #options: LoaderOptions;
  readonly #pace: Pace;
  /** Fires when no new request shall begin. */
  readonly #halt = new AbortController();
  readonly #halted = new Promise<undefined>((resolve) => {
    this.#halt.signal.addEventListener('abort', () => resolve(undefined));
  });
  /** Fires when requests on their way shall end too. */
  readonly #cut = new AbortController();
  #failure: unknown;
  #settledAt = performance.now();
  /** Learned from 413 answers. */
  #maxBytes = Number.POSITIVE_INFINITY;

  constructor(cluster: Cluster, index: string, options: LoaderOptions) {
    this.#cluster = cluster;
    this.#index = index;
    this.#options = options;
    const now = performance.now();
    this.meter = new Meter(now);
    this.#pace = new Pace(now);
  }

  /** Delivers all batches. Resolves early after a stop; rejects with what made going on useless. */
  async run(batches: Iterable<Documents> | AsyncIterable<Documents>): Promise<void> {
    const { signal } = this.#options;
    const onAbort = () => this.stop();
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) this.stop();
    const iterator = iteratorOf(batches);
    const active = new Set<Promise<void>>();
    try {
      while (!this.#halt.signal.aborted) {
        const { paused, mostSenders } = this.#options.control.steering;
        if (!paused && active.size < Math.min(this.#pace.senders, mostSenders)) {
          this.#options.size.bytes = Math.min(this.#pace.size, this.#maxBytes);
          const batch = await this.#next(iterator);
          if (batch === undefined) break;
          this.#begin(batch, active);
        } else await Promise.race([...active, this.#options.control.changed(), this.#halted]);
      }
      await Promise.all(active);
    } finally {
      signal.removeEventListener('abort', onAbort);
      await iterator.return?.();
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Begins no new request; those on their way get a few seconds, or none. */
  stop(graceMs = GRACE_MS): void {
    this.#halt.abort();
    if (graceMs === 0) this.#cut.abort();
    else setTimeout(() => this.#cut.abort(), graceMs).unref();
  }

  #begin(batch: Documents, active: Set<Promise<void>>): void {
    this.meter.generated += batch.documents;
    // A source that was slow is no fault of the cluster.
    if (active.size === 0) this.#beginWaiting();
    const delivery = this.#deliver(batch)
      .catch((error: unknown) => {
        if (this.#cut.signal.aborted) return;
        this.#failure ??= error;
        this.stop();
      })
      .finally(() => {
        active.delete(delivery);
        this.meter.senders = active.size;
      });
    active.add(delivery);
    this.meter.senders = active.size;
  }

  /** From now on the cluster is waited for. */
  #beginWaiting(): void {
    this.#settledAt = performance.now();
    this.meter.heard(this.#settledAt);
  }

  /** Waits as long as the load is paused, which is no fault of the cluster. */
  async #unpaused(): Promise<void> {
    const { control } = this.#options;
    if (!control.steering.paused) return;
    while (control.steering.paused && !this.#halt.signal.aborted) {
      await Promise.race([control.changed(), this.#halted]);
    }
    this.#beginWaiting();
  }

  /** The next batch, or none as soon as a stop comes. */
  async #next(iterator: AsyncIterator<Documents>): Promise<Documents | undefined> {
    const step = await Promise.race([iterator.next(), this.#halted]);
    return step === undefined || step.done ? undefined : step.value;
  }

  async #deliver(batch: Documents): Promise<void> {
    const whole = await this.#settle(batch);
    if (whole) this.#options.onWhole(batch);
    // After a stop a request may still be on its way.
    if (this.#halt.signal.aborted) return;
    this.meter.batches++;
    batch.release?.();
  }

  /**
   * Sends a piece, and what is left of it, until every document is written or refused, or a stop comes. Resolves to
   * true when all of it is written.
   */
  async #settle(piece: Documents): Promise<boolean> {
    let rest = piece;
    let refused = 0;
    for (let attempt = 1; ; attempt++) {
      await this.#unpaused();
      if (this.#halt.signal.aborted) return false;
      // Another request may have learned meanwhile how much may be sent at once.
      if (rest.data.length > this.#maxBytes && rest.documents > 1)
        return (await this.#settleAll(rest)) && refused === 0;
      const begin = performance.now();
      const outcome = await this.#send(rest);
      if (outcome.type !== 'failed' || outcome.trouble.busy) this.meter.heard(performance.now());
      if (outcome.type === 'too-large') return (await this.#sendSmaller(rest)) && refused === 0;
      if (outcome.type === 'answered') {
        const ms = performance.now() - begin;
        this.meter.answered(ms);
        refused += outcome.refused.length;
        const left = this.#account(outcome, rest, ms);
        if (left === undefined) return refused === 0;
        if (left.documents < rest.documents) attempt = 1;
        rest = left;
      }
      if (outcome.trouble !== undefined) this.#weigh(outcome.trouble);
      this.meter.retried++;
      await this.#pause(backoffMs(attempt, this.#options.random));
    }
  }

  #send(documents: Documents): Promise<BulkOutcome> {
    const limits = { signal: this.#cut.signal, timeoutMs: this.#options.requestMs };
    return sendBulk(this.#cluster, this.#index, documents, limits);
  }

  /** Counts what an answer settled; returns the documents to send again, if any. */
  #account(
    { created, alreadyThere, refused, again }: Answered,
    sent: Documents,
    ms: number,
  ): Documents | undefined {
    const left = again.length === 0 ? undefined : pick(sent, again);
    const bytes = sent.data.length - (left?.data.length ?? 0);
    const now = performance.now();
    this.meter.acknowledged += created + alreadyThere;
    this.meter.alreadyThere += alreadyThere;
    this.meter.refused += refused.length;
    this.meter.bytes += bytes;
    this.#pace.answered(bytes, ms, now);
    for (const { index, reason } of refused) this.#options.onRefused({ ...documentAt(sent, index), reason });
    if (again.length < sent.documents) this.#settledAt = now;
    return left;
  }

  async #sendSmaller(rest: Documents): Promise<boolean> {
    if (rest.documents === 1) {
      this.#account(
        { type: 'answered', created: 0, alreadyThere: 0, refused: [TOO_LARGE], again: [] },
        rest,
        0,
      );
      return false;
    }
    this.#maxBytes = Math.min(this.#maxBytes, Math.ceil(rest.data.length / 2));
    return this.#settleAll(rest);
  }

  async #settleAll(documents: Documents): Promise<boolean> {
    let whole = true;
    for (const piece of pieces(documents, this.#maxBytes)) whole = (await this.#settle(piece)) && whole;
    return whole;
  }

  /** Slows down if the cluster asks for it; throws once it has taken nothing at all for too long. */
  #weigh({ busy, blocked, reason }: Trouble): void {
    const now = performance.now();
    this.meter.troubled(reason);
    if (busy) {
      this.meter.busy(now);
      this.#pace.slowDown(now);
    }
    if (now - this.#settledAt < this.#options.giveUpMs) return;
    const index = this.#index;
    if (blocked) throw new AppError('writes-blocked', { index, reason });
    const { acknowledged, generated: planned } = this.meter;
    throw new AppError('load-incomplete', { acknowledged, planned, index, reason });
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#halt.signal }).catch(() => undefined);
  }
}

const TOO_LARGE = { index: 0, reason: 'this one document is larger than the cluster takes' };

function iteratorOf<T>(values: Iterable<T> | AsyncIterable<T>): AsyncIterator<T> {
  if (Symbol.asyncIterator in values) return values[Symbol.asyncIterator]();
  const iterator = values[Symbol.iterator]();
  return {
    next: async () => iterator.next(),
    return: async () => iterator.return?.() ?? { done: true, value: undefined },
  };
}
