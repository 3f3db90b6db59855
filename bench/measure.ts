// Times tasks against each other: one after the other, again and again, so that a busy machine is unfair to none.

export interface Task {
  readonly name: string;
  /** Does the work; returns documents and bytes. */
  readonly run: () => { documents: number; bytes: number };
  /** True for the way that the others are compared with. */
  readonly plain?: boolean;
}

export interface Figure {
  readonly name: string;
  readonly plain: boolean;
  readonly documents: number;
  readonly bytes: number;
  /** Medians over the rounds: elapsed and processor time, microseconds for each document. */
  readonly wallUs: number;
  readonly cpuUs: number;
}

export const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Runs every way once a round, one after the other; returns what each of them gave. Every other round goes backwards,
 * so that no way always comes after the same one.
 */
export async function inTurns(ways: readonly (() => Promise<number>)[], rounds: number): Promise<number[][]> {
  const given = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    const turns = [...ways.entries()];
    for (const [way, run] of round % 2 === 0 ? turns : turns.toReversed()) given[way]?.push(await run());
  }
  return given;
}

/** Runs every task once to warm up, then once a round. */
export function measure(tasks: readonly Task[], rounds: number): Figure[] {
  const samples = tasks.map(({ name, run, plain = false }) => ({
    name,
    run,
    plain,
    ...run(),
    wall: [0],
    cpu: [0],
  }));
  for (const sample of samples) {
    sample.wall.length = 0;
    sample.cpu.length = 0;
  }
  for (let round = 0; round < rounds; round++) {
    for (const { run, wall, cpu } of samples) {
      const start = performance.now();
      const before = process.cpuUsage();
      const { documents } = run();
      const { user, system } = process.cpuUsage(before);
      wall.push(((performance.now() - start) * 1000) / documents);
      cpu.push((user + system) / documents);
    }
  }
  return samples.map(({ name, plain, documents, bytes, wall, cpu }) => ({
    name,
    plain,
    documents,
    bytes,
    wallUs: median(wall),
    cpuUs: median(cpu),
  }));
}
