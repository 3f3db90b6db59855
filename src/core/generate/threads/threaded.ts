// Batches made by other threads, in the same order and with the same bytes as by a single one.
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../errors/app-error.ts';
import type { Batch } from '../../documents/batch.ts';
import { TRANSACTION_IDS } from '../../documents/ids.ts';
import type { Plan } from '../../plan/types.ts';
import { mergeTally } from '../count/tally.ts';
import type { BatchRequest, MaxBytes } from '../index.ts';
import type { FromThread, ThreadTask, ToThread } from './messages.ts';

/** Batches that a thread may have ready: one alone, and one of several, which works while it is the turn of others. */
const AHEAD = { alone: 4, inTurns: 8 };

/** The file a thread starts with: beside this one as source, beside the chunks of the built program and library. */
const START = new URL(
  import.meta.url.endsWith('.ts') ? './worker.ts' : './generate-thread.js',
  import.meta.url,
);

export interface ThreadedRequest extends Omit<BatchRequest, 'pool'> {
  readonly maxBytes: MaxBytes;
  /** 1 or more. */
  readonly threads: number;
  /** Slots that a thread generates in its turn; the last batch of a block may be small. */
  readonly block: number;
  /** Ends the threads at once. */
  readonly signal: AbortSignal;
}

/** A thread, and its messages that are not read yet. */
class Thread {
  readonly #worker: Worker;
  readonly #inbox: FromThread[] = [];
  #failure: Error | undefined;
  #ended = false;
  #wake = () => {};
  readonly #signal: AbortSignal;
  readonly #onAbort = () => this.#wake();

  constructor(task: ThreadTask, signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort);
    this.#worker = new Worker(START, { workerData: task });
    this.#worker.on('message', (message: FromThread) => {
      this.#inbox.push(message);
      this.#wake();
    });
    this.#worker.on('error', (error) => {
      this.#failure = error;
      this.#wake();
    });
    this.#worker.on('exit', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** The next message; undefined when the signal fires. Throws AppError `unexpected` when the thread has ended. */
  async next(): Promise<FromThread | undefined> {
    while (!this.#signal.aborted) {
      const message = this.#inbox.shift();
      if (message) return message;
      if (this.#failure || this.#ended) {
        const reason = `a generator thread ended: ${this.#failure?.message ?? 'it reported no error'}`;
        throw new AppError('unexpected', { reason }, { cause: this.#failure });
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return undefined;
  }

  post(message: ToThread, handedOver: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, handedOver);
  }

  async end(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#onAbort);
    await this.#worker.terminate();
  }
}

/**
 * The documents of some slots as bulk NDJSON, counted into a tally, made by threads: they work in turn on blocks of
 * slots, and wait when the reader does. Throws AppError `unexpected` when a thread fails.
 */
export async function* threadedBatches(plan: Plan, request: ThreadedRequest): AsyncGenerator<Batch> {
  const { from, to, block, threads: count, tally, signal } = request;
  const size = () => (typeof request.maxBytes === 'number' ? request.maxBytes : request.maxBytes());
  const ahead = count === 1 ? AHEAD.alone : AHEAD.inTurns;
  const threads = Array.from(
    { length: count },
    (_, thread) =>
      new Thread({ plan, from, to, block, thread, threads: count, maxBytes: size(), ahead }, signal),
  );
  try {
    for (let turn = 0; from + turn * block < to; turn++) {
      const thread = threads[turn % count];
      if (!thread) return;
      for (;;) {
        const message = await thread.next();
        if (!message) return;
        if (message.type === 'end') {
          mergeTally(tally, message.tally);
          break;
        }
        thread.post({ type: 'taken', maxBytes: size() });
        yield batchOf(message, thread);
      }
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

function batchOf(
  { memory, length, offsets, phases, documents }: Extract<FromThread, { type: 'batch' }>,
  thread: Thread,
): Batch {
  const release = () => thread.post({ type: 'memory', memory }, [memory]);
  return { data: Buffer.from(memory, 0, length), offsets, phases, documents, ids: TRANSACTION_IDS, release };
}
