// Writes every transaction of the benchmark's day to its output the plain way: objects that are stringified.
import { writeSync } from 'node:fs';
import { SlotMaker } from '../src/core/generate/customers/slot.ts';
import { PLAN } from './generate.ts';
import { plainLines } from './plain.ts';

const STDOUT = 1;
const ENOUGH = 1 << 20;

const maker = new SlotMaker(PLAN);
let lines = '';
for (let slot = 0; slot < PLAN.slotCount; slot++)
  for (const count of maker.sessions(slot)) {
    for (const row of maker.rows.slice(0, count)) lines += plainLines(PLAN.key, PLAN.parameters.sample, row);
    if (lines.length < ENOUGH) continue;
    writeSync(STDOUT, lines);
    lines = '';
  }
writeSync(STDOUT, lines);
