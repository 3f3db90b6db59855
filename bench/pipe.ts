// Whole processes that write every transaction of a day into `wc -l`: the built program, and the plain way.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CLI } from '../test/helpers/program.ts';
import { PLAN } from './generate.ts';
import { inTurns, median } from './measure.ts';

const PLAIN = fileURLToPath(new URL('./plain-process.ts', import.meta.url));
const { parameters, nowMs } = PLAN;
const OURS = [
  ...[CLI, 'generate', '--stdout', '--days', '1', '--sample', '1', '--time-zone', 'UTC'],
  ...['--seed', String(parameters.seed), '--now', new Date(nowMs).toISOString()],
];

export interface PipeFigures {
  readonly documents: number;
  /** Medians, from the start of the process until `wc` has counted its last line. */
  readonly seconds: { readonly program: number; readonly plain: number };
  /** Median over the rounds of the plain way's time over the program's. */
  readonly timesPlain: number;
}

/** Runs both in turn. Throws when they do not write the same number of lines. */
export async function measurePipe(rounds: number): Promise<PipeFigures> {
  const counts = new Set<number>();
  const secondsOf = (args: readonly string[]) => async () => {
    const since = performance.now();
    const pipe = ['-c', '"$0" "$@" 2>/dev/null | wc -l', process.execPath, ...args];
    counts.add(Number(execFileSync('sh', pipe, { encoding: 'utf8' })));
    return (performance.now() - since) / 1000;
  };
  const [program = [], plain = []] = await inTurns([secondsOf(OURS), secondsOf([PLAIN])], rounds);
  const [lines, other] = counts;
  if (lines === undefined || other !== undefined)
    throw new Error(`different numbers of lines: ${[...counts]}`);
  return {
    documents: lines / 2,
    seconds: { program: Number(median(program).toFixed(2)), plain: Number(median(plain).toFixed(2)) },
    timesPlain: Number(median(program.map((time, round) => (plain[round] ?? Number.NaN) / time)).toFixed(2)),
  };
}
