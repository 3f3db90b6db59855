// Sends one batch until every document of it is written or rejected: failed documents are retried, and a batch that is too
// large goes out in pieces.

import { AppError } from '../../errors/app-error.ts';
import type { Clock } from '../async/clock.ts';
import type { Condition } from '../async/condition.ts';
import { type BlockKind, blockKind } from '../cluster/block.ts';
import type { Cluster } from '../cluster/client.ts';
import { type Documents, documentAt, pick, pieces } from '../documents/batch.ts';
import { backoffMs } from './backoff.ts';
import { sendBulk } from './bulk.ts';
import type { BulkOutcome, Trouble } from './bulk-answer.ts';
import type { ConcurrencyController } from './concurrency-controller.ts';
import type { LoadControl } from './control.ts';
import type { Meter } from './meter.ts';

/** A document that the cluster rejected for good. */
export interface RefusedDocument {
  readonly id: string;
  readonly reason: string;
  /** The document as it was sent, one line of JSON. */
  readonly source: string;
}

export interface SenderOptions {
  readonly onRefused: (refused: RefusedDocument) => void;
  readonly clock: Clock;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  /** How long the cluster may take nothing at all, ms. */
  readonly giveUpMs: number;
  /** How long one request may take, ms. */
  readonly requestMs: number;
  /** The limits a person sets while the load runs. */
  readonly control: LoadControl;
}

export interface SendTarget {
  readonly cluster: Cluster;
  readonly index: string;
  readonly meter: Meter;
  readonly concurrency: ConcurrencyController;
  /** Notified when a person changes the limits, at a stop, and whenever a batch is done. */
  readonly changed: Condition;
  /** Fires when no new request may begin. */
  readonly stopSending: AbortSignal;
  /** Fires when requests in flight must end too. */
  readonly abortInFlight: AbortSignal;
}

/** A block that someone has set does not pass as one of a full disk does; a script may lift it at once. */
const SET_BLOCK_MS = 2000;

/** The kind of a block that someone has set; undefined for any other trouble, and for a full disk. */
function setBlock(trouble: Pick<Trouble, 'blocked' | 'reason'> | undefined): BlockKind | undefined {
  const kind = trouble?.blocked ? blockKind(trouble.reason) : undefined;
  return kind === 'disk' ? undefined : kind;
}

type Answered = Extract<BulkOutcome, { type: 'answered' }>;

const TOO_LARGE = { index: 0, reason: 'this one document is larger than the cluster takes' };

export class BatchSender {
  readonly #target: SendTarget;
  readonly #options: SenderOptions;
  /** When the cluster last took a document, or waiting for it began. */
  #tookAt: number;
  /** Largest request the cluster accepts, bytes; learned from 413 responses. */
  #maxBytes = Number.POSITIVE_INFINITY;

  constructor(target: SendTarget, options: SenderOptions) {
    this.#target = target;
    this.#options = options;
    this.#tookAt = options.clock.now();
  }

  get maxBytes(): number {
    return this.#maxBytes;
  }

  /** The time in which the cluster takes nothing counts from now. */
  beginWaiting(): void {
    this.#tookAt = this.#options.clock.now();
    this.#target.meter.heard(this.#tookAt);
  }

  /**
   * Sends documents, and what is left of them, until all are written or rejected, or a stop comes. Resolves to true when
   * all of them are in the index. Throws AppError `writes-blocked` or `load-incomplete` when the cluster took nothing for
   * too long, and whatever no repetition can fix.
   */
  async send(documents: Documents): Promise<boolean> {
    const { meter, stopSending } = this.#target;
    let rest = documents;
    let refused = 0;
    for (let attempt = 1; ; attempt++) {
      await this.#unpaused();
      if (stopSending.aborted) return false;
      // Another request may have learned meanwhile how much may be sent at once.
      if (rest.data.length > this.#maxBytes && rest.documents > 1)
        return (await this.#sendPieces(rest)) && refused === 0;
      const begin = this.#now();
      const outcome = await this.#request(rest);
      if (outcome.type !== 'failed' || outcome.trouble.busy) meter.heard(this.#now());
      if (outcome.type === 'too-large') return (await this.#sendSmaller(rest)) && refused === 0;
      if (outcome.type === 'answered') {
        const ms = this.#now() - begin;
        meter.answered(ms);
        refused += outcome.refused.length;
        const left = this.#account(outcome, rest, ms);
        if (left === undefined) return refused === 0;
        if (left.documents < rest.documents) attempt = 1;
        rest = left;
      }
      if (outcome.trouble !== undefined) this.#weigh(outcome.trouble);
      meter.retried++;
      const wait = backoffMs(attempt, this.#options.random);
      const isSet = setBlock(outcome.trouble) !== undefined;
      await this.#options.clock.sleep(isSet ? Math.min(wait, SET_BLOCK_MS / 4) : wait, stopSending);
    }
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #request(documents: Documents): Promise<BulkOutcome> {
    const limits = { signal: this.#target.abortInFlight, timeoutMs: this.#options.requestMs };
    return sendBulk(this.#target.cluster, this.#target.index, documents, limits);
  }

  /** Counts what a response settled; returns the documents to retry, if any. */
  #account(
    { created, alreadyThere, refused, again }: Answered,
    sent: Documents,
    ms: number,
  ): Documents | undefined {
    const { meter, concurrency } = this.#target;
    const left = again.length === 0 ? undefined : pick(sent, again);
    const bytes = sent.data.length - (left?.data.length ?? 0);
    const now = this.#now();
    meter.acknowledged += created + alreadyThere;
    meter.alreadyThere += alreadyThere;
    meter.bytes += bytes;
    concurrency.answered(bytes, ms, now);
    this.#refuse(sent, refused);
    if (again.length < sent.documents) this.#tookAt = now;
    return left;
  }

  #refuse(sent: Documents, refused: Answered['refused']): void {
    this.#target.meter.refused += refused.length;
    for (const { index, reason } of refused) this.#options.onRefused({ ...documentAt(sent, index), reason });
  }

  /** Sends a batch that was too large in halves; a single document that is too large is rejected. */
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
    let allCreated = true;
    for (const piece of pieces(documents, this.#maxBytes))
      allCreated = (await this.send(piece)) && allCreated;
    return allCreated;
  }

  /** Slows down if the cluster asks for it; throws once it has taken nothing at all for too long. */
  #weigh({ busy, blocked, reason }: Trouble): void {
    const { index, meter, concurrency } = this.#target;
    const now = this.#now();
    meter.troubled(reason);
    if (busy) {
      meter.busy(now);
      concurrency.slowDown(now);
    }
    const { giveUpMs } = this.#options;
    const patience =
      setBlock({ blocked, reason }) === undefined ? giveUpMs : Math.min(SET_BLOCK_MS, giveUpMs);
    if (now - this.#tookAt < patience) return;
    if (blocked) throw new AppError('writes-blocked', { index, reason, kind: blockKind(reason) });
    const { acknowledged, generated: planned } = meter;
    throw new AppError('load-incomplete', { acknowledged, planned, index, reason });
  }

  /** Waits as long as the load is paused, which is not the cluster's fault. */
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
