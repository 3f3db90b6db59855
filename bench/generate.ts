// How fast documents are made, on one thread: drawn only, counted, as bytes, and as objects that are stringified.
import { Counter } from '../src/core/generate/count/counter.ts';
import { emptyTally } from '../src/core/generate/count/tally.ts';
import { OrderedSlots } from '../src/core/generate/customers/ordered-slots.ts';
import { raiseInliningLimit } from '../src/core/generate/encode/v8-inlining.ts';
import { generateBatches, type Slots } from '../src/core/generate/index.ts';
import { makePlan, type Plan } from '../src/core/plan/index.ts';
import { BUILT_IN } from '../src/core/plan/presets.ts';
import { DEFAULTS } from '../test/helpers/parameters.ts';
import { faked } from './faker.ts';
import type { Task } from './measure.ts';
import { plainLines } from './plain.ts';

// As the program does.
raiseInliningLimit();

/** A day that is over, with every transaction: 2.3 million documents a day. */
export const PLAN: Plan = makePlan({
  parameters: { ...DEFAULTS, days: 1, sample: 1, timeZone: 'UTC' },
  presets: BUILT_IN,
  nowMs: Date.parse('2026-03-14T23:59:00Z'),
});

/** Two hours of the afternoon, with an incident in them. */
const PART: Slots = { from: 800, to: 920 };

function drawn(): { documents: number; bytes: number } {
  let documents = 0;
  for (const count of new OrderedSlots(PLAN, PART).counts()) documents += count;
  return { documents, bytes: 0 };
}

function counted(): { documents: number; bytes: number } {
  const ordered = new OrderedSlots(PLAN, PART);
  const counter = new Counter(PLAN);
  for (const count of ordered.counts()) for (const row of ordered.rows.slice(0, count)) counter.add(row);
  return { documents: counter.take().documents, bytes: 0 };
}

function encoded(): { documents: number; bytes: number } {
  let documents = 0;
  let bytes = 0;
  for (const batch of generateBatches(PLAN, {
    ...PART,
    maxBytes: 1 << 20,
    tally: emptyTally(),
  })) {
    documents += batch.documents;
    bytes += batch.data.length;
    batch.release?.();
  }
  return { documents, bytes };
}

/** The same documents, counted too, as objects that are stringified. */
function stringified(): { documents: number; bytes: number } {
  const buffer = Buffer.allocUnsafe(1 << 16);
  const ordered = new OrderedSlots(PLAN, PART);
  const counter = new Counter(PLAN);
  let bytes = 0;
  for (const count of ordered.counts())
    for (const row of ordered.rows.slice(0, count)) {
      counter.add(row);
      bytes += buffer.write(plainLines(PLAN, row), 'latin1');
    }
  return { documents: counter.take().documents, bytes };
}

export const TASKS: readonly Task[] = [
  { name: 'drawn', run: drawn },
  { name: 'drawn and counted', run: counted },
  { name: 'drawn, counted, encoded', run: encoded },
  { name: 'objects, JSON.stringify', run: stringified, plain: true },
  { name: 'faker for each document', run: faked },
];
