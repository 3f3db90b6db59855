// `npm run faults`: random schedules of faults against a real node, with --secure against one with the security plugin. With
// --kills the kill -9 of loader and node, with --managers a change of the cluster manager.
import { parseArgs } from 'node:util';
import { bringUp } from '../helpers/real-node.ts';
import { killTrials } from './kills.ts';
import { managerTrial } from './managers.ts';
import { bringUpSecured } from './secured.ts';
import { type TrialResult, trials } from './trial.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '4' },
    each: { type: 'boolean', default: false },
    managers: { type: 'boolean', default: false },
    secure: { type: 'boolean', default: false },
    kills: { type: 'boolean', default: false },
    loader: { type: 'string', default: '20' },
    node: { type: 'string', default: '5' },
  },
});

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function tell(results: readonly TrialResult[], seconds: number): void {
  const kinds = new Map<string, number>();
  for (const { injected } of results)
    for (const [kind, count] of injected) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  for (const [kind, count] of [...kinds].sort((a, b) => b[1] - a[1]))
    console.log(`${kind.padEnd(20)} ${count}`);
  const good = results.filter(({ problems }) => problems.length === 0).length;
  console.log(
    `${sum([...kinds.values()])} faults in ${results.length} runs of ${results[0]?.documents} documents or so`,
  );
  console.log(`${sum(results.map(({ retried }) => retried))} requests made again`);
  console.log(
    `${results.filter(({ resumed }) => resumed > 0).length} runs were stopped or gave up, and were resumed`,
  );
  console.log(`${good} of ${results.length} ended as if nothing had happened, in ${Math.round(seconds)} s`);
}

async function schedules(): Promise<boolean> {
  const guarded = values.secure ? bringUpSecured() : undefined;
  const node = guarded ?? bringUp();
  const start = performance.now();
  try {
    const url = await node.url;
    const first = Number(values.seed);
    const seeds = Array.from({ length: Number(values.schedules) }, (_, number) => first + number);
    const told = ({ seed, problems, seconds }: TrialResult) => {
      for (const problem of problems) console.log(`schedule ${seed}: ${problem}`);
      if (values.each) console.log(`schedule ${seed}: ${seconds.toFixed(1)} s`);
    };
    const atOnce = Number(values['at-once']);
    const results = await trials({ target: url, seeds, atOnce, told, secured: guarded?.secured });
    tell(results, (performance.now() - start) / 1000);
    return results.every(({ problems }) => problems.length === 0);
  } finally {
    await node.stop();
  }
}

async function kills(): Promise<boolean> {
  const counts = { loader: Number(values.loader), node: Number(values.node), secure: values.secure };
  const results = await killTrials(counts, Number(values.seed), (line) => console.log(line));
  const good = results.filter(({ problems }) => problems.length === 0).length;
  console.log(`${good} of ${results.length} ended with the same result`);
  return good === results.length;
}

async function managers(): Promise<boolean> {
  const result = await managerTrial();
  const { sent, acknowledged, found, retried } = result;
  console.log(`managers in turn: ${result.managers.join(', ')}`);
  console.log(`${sent} sent, ${acknowledged} acknowledged, ${found} found, ${retried} requests made again`);
  return sent === acknowledged && found === sent;
}

async function all(): Promise<boolean> {
  if (values.managers) return managers();
  return values.kills ? kills() : schedules();
}

process.exitCode = (await all()) ? 0 : 1;
