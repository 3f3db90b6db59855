// `npm run prove-live`: what a live shop promises, beside a real node; ten minutes of real time and ten more.
import { parseArgs } from 'node:util';
import { bringUp } from '../helpers/real-node.ts';
import { fast, kills, outage, type Proof, realTime } from './proofs.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    fast: { type: 'string', default: '120' },
    outage: { type: 'string', default: '60' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});

function tell({ name, figures, problems }: Proof): boolean {
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  for (const line of [...figures, ...problems.map((problem) => `! ${problem}`)])
    console.log(`       ${line}`);
  return problems.length === 0;
}

/** Runs what was asked for: a proof with a length of 0 is left out. */
async function all(): Promise<boolean> {
  const node = bringUp();
  const results: boolean[] = [];
  const prove = async (length: number, proof: (length: number, url: string) => Promise<Proof>) => {
    if (length > 0) results.push(tell(await proof(length, await node.url)));
  };
  try {
    await prove(Number(values.fast), (seconds, url) => fast(url, seconds));
    await prove(Number(values.kills), (times, url) => kills(url, times, Number(values.seed)));
    await prove(Number(values.outage), outage);
    await prove(Number(values.minutes), (minutes, url) => realTime(url, minutes));
  } finally {
    await node.stop();
  }
  return results.every((good) => good);
}

process.exitCode = (await all()) ? 0 : 1;
