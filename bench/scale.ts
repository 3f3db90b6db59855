// Whether cost is in proportion: processor time for more days and finer samples, memory for more days.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { generateBatches, slotRange } from '../src/core/generate/index.ts';
import { emptyTally } from '../src/core/generate/tally.ts';
import { makePlan } from '../src/core/plan/index.ts';
import { BUILT_IN } from '../src/core/plan/presets.ts';
import { PLAN } from './generate.ts';
import { median } from './measure.ts';

export interface ScaleFigure {
  readonly days: number;
  readonly sample: number;
  readonly documents: number;
  readonly cpuSeconds: number;
  /** Time for each document, as a multiple of the first row's. */
  readonly ofFirst: number;
}

/** Generates a plan as a run does. @returns documents and processor time in seconds. */
function cost(days: number, sample: number): { documents: number; cpuSeconds: number } {
  const before = process.cpuUsage();
  const plan = makePlan({
    parameters: { ...PLAN.parameters, days, sample },
    presets: BUILT_IN,
    nowMs: PLAN.nowMs,
  });
  const tally = emptyTally();
  for (const { release } of generateBatches(plan, { ...slotRange(plan), maxBytes: 1 << 20, tally }))
    release?.();
  const { user, system } = process.cpuUsage(before);
  return { documents: tally.documents, cpuSeconds: (user + system) / 1e6 };
}

const DAYS = [1, 2, 4, 8].map((days) => ({ days, sample: 15 }));
const SAMPLES = [60, 30, 15].map((sample) => ({ days: 8, sample }));

/** Days at one sample, then samples at eight days; the medians of some rounds in turn. */
export function measureScale(rounds: number): { days: ScaleFigure[]; samples: ScaleFigure[] } {
  const all = [...DAYS, ...SAMPLES];
  for (const { days, sample } of all) cost(days, sample);
  const costs = all.map((): number[] => []);
  const documents = all.map(() => 0);
  for (let round = 0; round < rounds; round++)
    for (const [at, { days, sample }] of all.entries()) {
      const once = cost(days, sample);
      costs[at]?.push(once.cpuSeconds);
      documents[at] = once.documents;
    }
  const figures = all.map(({ days, sample }, at) => ({
    days,
    sample,
    documents: documents[at] ?? 0,
    cpuSeconds: Number(median(costs[at] ?? []).toFixed(3)),
  }));
  const relative = (rows: typeof figures): ScaleFigure[] => {
    const of = (row: (typeof figures)[number] | undefined) => (row ? row.cpuSeconds / row.documents : 1);
    return rows.map((row) => ({ ...row, ofFirst: Number((of(row) / of(rows[0])).toFixed(3)) }));
  };
  return { days: relative(figures.slice(0, DAYS.length)), samples: relative(figures.slice(DAYS.length)) };
}

const PROGRAM = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Largest resident memory of the built program while it writes every transaction of so many days, MB. */
export function memoryOf(days: number): number {
  const told = `process.on('exit', () => process.stderr.write('\\nrss ' + process.resourceUsage().maxRSS));`;
  const script = `data:text/javascript,${encodeURIComponent(told)}`;
  const options = ['generate', '--sample', '1', '--days', String(days), '--seed', '1', '--stdout'];
  const { stderr } = spawnSync(process.execPath, ['--import', script, PROGRAM, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  return Math.round(Number(/rss (\d+)/.exec(stderr)?.[1]) / 1024);
}
