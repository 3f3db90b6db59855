// Whether cost is in proportion: time to generate and load, processor time to generate, for more days and finer samples;
// memory for more days.
import { spawnSync } from 'node:child_process';
import type { Cluster } from '../src/core/cluster/client.ts';
import { deleteIndex } from '../src/core/cluster/indexes/admin.ts';
import { emptyTally } from '../src/core/generate/count/tally.ts';
import { generateBatches, slotRange, tallyOf } from '../src/core/generate/index.ts';
import { makePlan, type Plan } from '../src/core/plan/index.ts';
import { BUILT_IN } from '../src/core/plan/presets.ts';
import { CLI } from '../test/helpers/program.ts';
import { PLAN } from './generate.ts';
import { generateAndLoad, INDEX, secondsToLoad } from './into-index.ts';
import { inTurns, median } from './measure.ts';

interface Scale {
  readonly days: number;
  readonly sample: number;
}

export interface ScaleFigure extends Scale {
  readonly documents: number;
  readonly seconds: number;
  /** Time for each document, as a multiple of the first row's. */
  readonly ofFirst: number;
}

/** Days at one sample, then samples of the same days. */
export interface ScaleFigures {
  readonly days: readonly ScaleFigure[];
  readonly samples: readonly ScaleFigure[];
}

const planOf = ({ days, sample }: Scale): Plan =>
  makePlan({ parameters: { ...PLAN.parameters, days, sample }, presets: BUILT_IN, nowMs: PLAN.nowMs });

/** Generates a plan as a run does; returns processor time in seconds. */
function cpuSeconds(scale: Scale): number {
  const before = process.cpuUsage();
  const plan = planOf(scale);
  const batches = generateBatches(plan, { ...slotRange(plan), maxBytes: 1 << 20, tally: emptyTally() });
  for (const { release } of batches) release?.();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const DAYS: readonly Scale[] = [1, 2, 4, 8].map((days) => ({ days, sample: 15 }));
const SAMPLES: readonly Scale[] = [60, 30, 15].map((sample) => ({ days: 8, sample }));

async function measured(
  rounds: number,
  secondsOf: (scale: Scale) => number | Promise<number>,
): Promise<ScaleFigures> {
  const all = [...DAYS, ...SAMPLES];
  for (const scale of DAYS.slice(0, 2)) await secondsOf(scale);
  const times = await inTurns(
    all.map((scale) => async () => secondsOf(scale)),
    rounds,
  );
  const figures = all.map((scale, at) => {
    const { documents } = tallyOf(planOf(scale));
    return { ...scale, documents, seconds: Number(median(times[at] ?? []).toFixed(3)) };
  });
  const relative = (rows: typeof figures) => {
    const first = rows[0] ? rows[0].seconds / rows[0].documents : Number.NaN;
    return rows.map((row) => ({
      ...row,
      ofFirst: Number((row.seconds / row.documents / first).toFixed(3)),
    }));
  };
  return { days: relative(figures.slice(0, DAYS.length)), samples: relative(figures.slice(DAYS.length)) };
}

/** Processor time to generate. */
export const measureGenerating = (rounds: number): Promise<ScaleFigures> => measured(rounds, cpuSeconds);

/** Elapsed time to generate and load, until the documents can be found. */
export async function measureLoading(cluster: Cluster, rounds: number): Promise<ScaleFigures> {
  const figures = await measured(rounds, (scale) => {
    const plan = planOf(scale);
    const { documents } = tallyOf(plan);
    return secondsToLoad(cluster, { plan, documents }, () => generateAndLoad(cluster, plan));
  });
  await deleteIndex(cluster, INDEX);
  return figures;
}

/** Largest resident memory of the built program while it writes every transaction of so many days, MB. */
export function memoryOf(days: number): number {
  // Not resourceUsage().maxRSS: that begins with the memory of the process it was started from.
  const told = `import { readFileSync } from 'node:fs';
    process.on('exit', () => {
      const [peak] = /VmHWM.*/.exec(readFileSync('/proc/self/status', 'utf8'));
      process.stderr.write('\\n' + peak);
    });`;
  const script = `data:text/javascript,${encodeURIComponent(told)}`;
  const options = ['generate', '--sample', '1', '--days', String(days), '--seed', '1', '--stdout'];
  const { stderr } = spawnSync(process.execPath, ['--import', script, CLI, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(stderr)?.[1]) / 1024);
}
