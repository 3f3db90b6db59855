// Writes every transaction of the benchmark's day to its output the plain way: objects that are stringified.
import { writeSync } from 'node:fs';
import { OrderedSlots } from '../src/core/generate/customers/ordered-slots.ts';
import { slotRange } from '../src/core/generate/index.ts';
import { PLAN } from './generate.ts';
import { plainLines } from './plain.ts';

const STDOUT = 1;
const ENOUGH = 1 << 20;

const ordered = new OrderedSlots(PLAN, slotRange(PLAN));
let lines = '';
for (const count of ordered.counts()) {
  for (const row of ordered.rows.slice(0, count)) lines += plainLines(PLAN, row);
  if (lines.length < ENOUGH) continue;
  writeSync(STDOUT, lines);
  lines = '';
}
writeSync(STDOUT, lines);
