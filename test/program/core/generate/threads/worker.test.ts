import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { emptyTally } from '../../../../../src/core/generate/count/tally.ts';
import { generateBatches } from '../../../../../src/core/generate/index.ts';
import type { FromThread, ThreadTask } from '../../../../../src/core/generate/threads/messages.ts';
import { planWith } from '../../../../helpers/generated.ts';

test('a thread of the built program generates the same bytes', async () => {
  const plan = planWith({ days: 1, sample: 60 });
  const slots = { from: 800, to: 860 };
  const task: ThreadTask = { plan, ...slots, block: 60, thread: 0, threads: 1, maxBytes: 1 << 20, ahead: 9 };
  const start = fileURLToPath(new URL('../../../../../dist/generate-thread.js', import.meta.url));
  const worker = new Worker(start, { workerData: task });
  const said: FromThread[] = [];
  worker.on('message', (message: FromThread) => said.push(message));
  expect(await once(worker, 'exit')).toEqual([0]);
  const data = said.flatMap((message) =>
    message.type === 'batch' ? [Buffer.from(message.memory, 0, message.length)] : [],
  );
  const expected = [...generateBatches(plan, { ...slots, maxBytes: 1 << 20, tally: emptyTally() })];
  expect(Buffer.concat(data).equals(Buffer.concat(expected.map((batch) => batch.data)))).toBe(true);
  expect(said.at(-1)?.type).toBe('end');
});
