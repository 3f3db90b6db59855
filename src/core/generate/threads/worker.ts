// The entry of a thread that generates: it hands over batches as fast as they are taken.
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { emptyTally } from '../count/tally.ts';
import { BufferPool, WriteBuffer } from '../encode/buffers.ts';
import { generateBatches } from '../index.ts';
import type { FromThread, ThreadTask, ToThread } from './messages.ts';

const { plan, from, to, block, thread, threads, maxBytes, ahead } = workerData as ThreadTask;
const pool = new BufferPool();
let allowed = ahead;
let size = maxBytes;
let wake = () => {};

const post = (message: FromThread, handedOver: ArrayBuffer[] = []) =>
  parentPort?.postMessage(message, handedOver);

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'memory') pool.give(new WriteBuffer(message.memory));
  else {
    allowed++;
    size = message.maxBytes;
  }
  wake();
});

async function untilAllowed(): Promise<void> {
  // Messages arrive only between two batches: handed-back memory among them.
  await setImmediate();
  while (allowed === 0)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
}

for (let first = from + thread * block; first < to; first += threads * block) {
  const tally = emptyTally();
  const slots = { from: first, to: Math.min(to, first + block) };
  for (const { data, offsets, phases, documents } of generateBatches(plan, {
    ...slots,
    maxBytes: () => size,
    pool,
    tally,
  })) {
    await untilAllowed();
    allowed--;
    const memory = data.buffer as ArrayBuffer;
    post({ type: 'batch', memory, length: data.length, offsets, phases, documents }, [memory]);
  }
  post({ type: 'end', tally });
}
parentPort?.close();
