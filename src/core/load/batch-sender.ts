// Sends one batch until every document of it is settled: what failed again, what is too large in pieces.

import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors/app-error.ts';
import type { Condition } from '../async/condition.ts';
import type { Cluster } from '../cluster/client.ts';
import { type Documents, documentAt, pick, pieces } from '../documents/batch.ts';
import { backoffMs } from './backoff.ts';
import { sendBulk } from './bulk.ts';
import type { BulkOutcome, Trouble } from './bulk-answer.ts';
import type { LoadControl } from './control.ts';
import type { Meter } from './meter.ts';
import type { Pace } from './pace.ts';

export interface RefusedDocument {
  readonly id: string;
  readonly reason: string;
  /** The document as it was sent, one line of JSON. */
  readonly source: string;
}

export interface SenderOptions {
  readonly onRefused: (refused: RefusedDocument) => void;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  /** How long the cluster may take nothing at all. */
  readonly giveUpMs: number;
  /** How long one request may take. */
  readonly requestMs: number;
  /** How a person steers the load. */
  readonly control: LoadControl;
}

export interface SendTarget {
  readonly cluster: Cluster;
  readonly index: string;
  readonly meter: Meter;
  readonly pace: Pace;
  /** Notified when a person changes the limits, at a stop, and whenever a batch is done. */
  readonly changed: Condition;
  /** Fires when no new request shall begin. */
  readonly stopSending: AbortSignal;
  /** Fires when requests on their way shall end too. */
  readonly abortInFlight: AbortSignal;
}

type Answered = Extract<BulkOutcome, { type: 'answered' }>;

export class BatchSender {
  readonly #target: SendTarget;
  readonly #options: SenderOptions;
  #settledAt = performance.now();
  /** Bytes of a request that the cluster takes, learned from 413 answers. */
  #maxBytes = Number.POSITIVE_INFINITY;

  constructor(target: SendTarget, options: SenderOptions) {
    this.#target = target;
    this.#options = options;
  }

  get maxBytes(): number {
    return this.#maxBytes;
  }

  /** From now on the cluster is waited for. */
  beginWaiting(): void {
    this.#settledAt = performance.now();
    this.#target.meter.heard(this.#settledAt);
  }

  /**
   * Sends a piece, and what is left of it, until every document is written or refused, or a stop comes. Resolves to
   * true when all of it is written.
   */
  async send(piece: Documents): Promise<boolean> {
    let rest = piece;
    let refused = 0;
    for (let attempt = 1; ; attempt++) {
      await this.#unpaused();
      if (this.#target.stopSending.aborted) return false;
      // Another request may have learned meanwhile how much may be sent at once.
      if (rest.data.length > this.#maxBytes && rest.documents > 1)
        return (await this.#sendPieces(rest)) && refused === 0;
      const begin = performance.now();
      const outcome = await this.#request(rest);
      if (outcome.type !== 'failed' || outcome.trouble.busy) this.#target.meter.heard(performance.now());
      if (outcome.type === 'too-large') return (await this.#sendSmaller(rest)) && refused === 0;
      if (outcome.type === 'answered') {
        const ms = performance.now() - begin;
        this.#target.meter.answered(ms);
        refused += outcome.refused.length;
        const left = this.#account(outcome, rest, ms);
        if (left === undefined) return refused === 0;
        if (left.documents < rest.documents) attempt = 1;
        rest = left;
      }
      if (outcome.trouble !== undefined) this.#weigh(outcome.trouble);
      this.#target.meter.retried++;
      await this.#pause(backoffMs(attempt, this.#options.random));
    }
  }

  #request(documents: Documents): Promise<BulkOutcome> {
    const limits = { signal: this.#target.abortInFlight, timeoutMs: this.#options.requestMs };
    return sendBulk(this.#target.cluster, this.#target.index, documents, limits);
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
    this.#target.meter.acknowledged += created + alreadyThere;
    this.#target.meter.alreadyThere += alreadyThere;
    this.#target.meter.refused += refused.length;
    this.#target.meter.bytes += bytes;
    this.#target.pace.answered(bytes, ms, now);
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
    return this.#sendPieces(rest);
  }

  async #sendPieces(documents: Documents): Promise<boolean> {
    let whole = true;
    for (const piece of pieces(documents, this.#maxBytes)) whole = (await this.send(piece)) && whole;
    return whole;
  }

  /** Slows down if the cluster asks for it; throws once it has taken nothing at all for too long. */
  #weigh({ busy, blocked, reason }: Trouble): void {
    const now = performance.now();
    this.#target.meter.troubled(reason);
    if (busy) {
      this.#target.meter.busy(now);
      this.#target.pace.slowDown(now);
    }
    if (now - this.#settledAt < this.#options.giveUpMs) return;
    const { index } = this.#target;
    if (blocked) throw new AppError('writes-blocked', { index, reason });
    const { acknowledged, generated: planned } = this.#target.meter;
    throw new AppError('load-incomplete', { acknowledged, planned, index, reason });
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#target.stopSending }).catch(() => undefined);
  }

  /** Waits as long as the load is paused, which is no fault of the cluster. */
  async #unpaused(): Promise<void> {
    const { control } = this.#options;
    const { meter, stopSending, changed } = this.#target;
    if (!control.limits.paused) return;
    meter.held++;
    while (control.limits.paused && !stopSending.aborted) await changed.wait();
    meter.held--;
    this.beginWaiting();
  }
}

const TOO_LARGE = { index: 0, reason: 'this one document is larger than the cluster takes' };
