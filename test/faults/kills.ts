// kill -9 of the loader and of the node at random moments; then the run is resumed and must end like any other.
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askText } from '../helpers/ask.ts';
import { doneOf, type Finished, type Place, runProgram, start } from '../helpers/program.ts';
import { SMALL_DAY } from '../helpers/small-run.ts';
import { MortalNode } from './mortal-node.ts';
import { randomOf } from './schedule.ts';

export interface KillResult {
  readonly what: 'loader' | 'node';
  /** When it was killed, ms after the run began. */
  readonly atMs: number;
  /** Documents that the run had told to be acknowledged. */
  readonly acknowledged: number;
  readonly problems: readonly string[];
}

const ARGUMENTS = [...SMALL_DAY, '--sample', '40', '--yes', '--json'];

/** The sums of an index, which are the same for the same documents. */
async function fingerprint(url: string, index: string): Promise<string> {
  await askText(`${url}/${index}/_refresh`, { method: 'POST' });
  const body = {
    size: 0,
    track_total_hits: true,
    aggs: {
      ids: { cardinality: { field: 'transaction_id', precision_threshold: 40_000 } },
      amount: { sum: { field: 'response_time_ms' } },
      hours: { date_histogram: { field: '@timestamp', fixed_interval: '1h' } },
    },
  };
  const { hits, aggregations } = await ask<{ hits: { total: object }; aggregations: object }>(
    `${url}/${index}/_search`,
    { body },
  );
  return JSON.stringify([hits.total, aggregations]);
}

const commandFor = ({ flags }: MortalNode, index: string) => [
  ...['run', ...flags, '--index', index],
  ...ARGUMENTS,
];

function problemsOf(finished: Finished, seen: string, wanted: string): string[] {
  if (finished.stdout === '') return [`nothing was said: ${finished.stderr.slice(0, 300)}`];
  const { ok, documents, error } = doneOf(finished);
  return [
    ...(ok ? [] : [`it ends with ${error?.code}: ${error?.message}`]),
    ...(documents.found === documents.planned ? [] : [`${documents.found} of ${documents.planned} found`]),
    ...(seen === wanted ? [] : ['the index differs from that of an undisturbed run']),
  ];
}

interface Ground {
  readonly place: Place;
  readonly node: MortalNode;
  /** What an undisturbed run leaves, and how long it takes from start to end, ms. */
  readonly wanted: string;
  readonly wholeMs: number;
  readonly documents: number;
}

/** Goes on until the run has ended, as a person would. */
async function goOn(place: Place, { flags }: MortalNode): Promise<Finished> {
  const resume = () => runProgram(place, 'run', ...flags, '--resume', '--json');
  let finished = await resume();
  for (let tries = 0; finished.exit !== 0 && tries < 3; tries++) finished = await resume();
  return finished;
}

/** When to kill: after a part of the documents, or a part of the time of a whole run, checks and all. */
interface Moment {
  readonly by: 'documents' | 'time';
  /** 0 to 1. */
  readonly share: number;
}

async function killOnce(
  ground: Ground,
  what: KillResult['what'],
  { by, share }: Moment,
): Promise<KillResult> {
  const { node, wanted, wholeMs, documents } = ground;
  const place = node.place();
  const index = `kill-test-${Math.floor(performance.now())}`;
  try {
    const startMs = performance.now();
    const running = start(place, commandFor(node, index));
    const acknowledged = () => Number(/.*"acknowledged":(\d+)/s.exec(running.output())?.[1] ?? 0);
    if (by === 'time') await sleep(share * wholeMs);
    else while (acknowledged() <= share * documents && running.child.exitCode === null) await sleep(2);
    const atMs = Math.round(performance.now() - startMs);
    const told = acknowledged();
    let finished: Finished | undefined;
    if (what === 'loader') {
      running.child.kill('SIGKILL');
      await running.done;
    } else {
      await node.kill();
      await node.up();
      finished = await running.done;
    }
    if (running.output().includes('"type":"done","ok":true')) finished = await running.done;
    else if (finished?.exit !== 0) finished = await again(place, node, index);
    const seen = await fingerprint(node.url, index);
    return { what, atMs, acknowledged: told, problems: problemsOf(finished, seen, wanted) };
  } finally {
    await fetch(`${node.url}/${index}`, { method: 'DELETE' });
    place.remove();
  }
}

/** Goes on; a run that was killed before it was remembered, or in its very last moment, is begun again. */
async function again(place: Place, node: MortalNode, index: string): Promise<Finished> {
  const resumed = await goOn(place, node);
  if (resumed.exit !== 2) return resumed;
  return runProgram(place, ...commandFor(node, index), '--on-conflict', 'append');
}

/** Kills the loader and the node so many times, at moments spread at random over a run. */
export async function killTrials(
  counts: { readonly loader: number; readonly node: number; readonly secure?: boolean },
  seed: number,
  say: (line: string) => void = () => {},
): Promise<KillResult[]> {
  const random = randomOf(seed);
  const node = new MortalNode(counts.secure ?? false);
  const place = node.place();
  const results: KillResult[] = [];
  try {
    await node.up();
    await node.forgetful();
    const index = 'kill-test-undisturbed';
    const startMs = performance.now();
    const whole = await runProgram(place, ...commandFor(node, index));
    if (whole.exit !== 0) throw new Error(`an undisturbed run fails: ${whole.stderr}`);
    const { documents } = doneOf(whole);
    const ground = {
      place,
      node,
      documents: documents.planned,
      wholeMs: performance.now() - startMs,
      wanted: await fingerprint(node.url, index),
    };
    const kinds = [
      ...Array<KillResult['what']>(counts.loader).fill('loader'),
      ...Array<KillResult['what']>(counts.node).fill('node'),
    ];
    for (const [number, what] of kinds.entries()) {
      // Two of three in the middle of the load.
      const by = number % 3 === 2 ? 'time' : 'documents';
      const result = await killOnce(ground, what, { by, share: 0.8 * random() });
      results.push(result);
      const { atMs, acknowledged, problems } = result;
      say(
        `${what} killed after ${atMs} ms, ${acknowledged} acknowledged: ${problems.join('; ') || 'same result'}`,
      );
    }
    return results;
  } finally {
    await node.down();
    place.remove();
  }
}
