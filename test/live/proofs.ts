// What a live shop promises, each proved beside a real node. Every proof gives its figures, and what is wrong.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateDocuments } from '../../src/core/generate/index.ts';
import { trafficAt } from '../../src/core/plan/curve.ts';
import { makePlan, type PlanInput } from '../../src/core/plan/make-plan.ts';
import { sampleAt } from '../../src/core/plan/sampling.ts';
import { planInputOf } from '../../src/core/run/meta.ts';
import { MortalNode } from '../faults/mortal-node.ts';
import { randomOf } from '../faults/schedule.ts';
import { ask, askText } from '../helpers/ask.ts';
import { newPlace, runProgram } from '../helpers/program.ts';
import {
  DENSE,
  eventOf,
  invalid,
  NOW,
  perMinute,
  quantile,
  type Seen,
  stateOf,
  USUAL,
  watch,
} from './beside.ts';

export interface Proof {
  readonly name: string;
  readonly figures: readonly string[];
  readonly problems: readonly string[];
}

const MINUTE_MS = 60_000;
const MIB = 2 ** 20;

const where = (url: string, index: string) => ['--url', url, '--index', index];
const remove = (url: string, index: string) => fetch(`${url}/${index}`, { method: 'DELETE' });
const ticksOf = (events: readonly Seen[]) => events.filter(({ event }) => event['type'] === 'tick');
const instantIn = (event: Seen['event'] | undefined, name: string) => Date.parse(String(event?.[name]));
const lagOf = ({ event }: Seen) => Number(event['lagMs']);

/** What the index remembers, as input of its plan. */
async function inputOf(url: string, index: string): Promise<PlanInput> {
  const answer = await ask<Record<string, { mappings: { _meta: Parameters<typeof planInputOf>[1] } }>>(
    `${url}/${index}/_mapping`,
  );
  const [held] = Object.values(answer);
  if (!held) throw new Error(`${index} is not there`);
  return planInputOf(index, held.mappings._meta);
}

/** Minutes of real time with an incident in the middle: an index with the usual sample goes on with one session in 5. */
export async function realTime(url: string, minutes: number): Promise<Proof> {
  const index = 'live-proof-real-time';
  const place = newPlace();
  const startAt = Math.floor(minutes / 2);
  const problems: string[] = [];
  let visible: Awaited<ReturnType<typeof stateOf>> | undefined;
  let before: typeof visible;
  let inKey = false;
  const looking: Promise<void>[] = [];
  const look = async (atMs: number, key: string, id: string) => {
    inKey = readFileSync(key, 'utf8').includes(id);
    before = await stateOf(url, index, atMs - 2 * MINUTE_MS, atMs);
    await sleep(15_000);
    visible = await stateOf(url, index, atMs, atMs + 15_000);
  };
  try {
    const loaded = await runProgram(place, 'run', ...where(url, index), ...USUAL, '--json', '--yes');
    if (loaded.exit !== 0) throw new Error(loaded.stderr);
    const shown = ['--sample', '5', '--json', '--yes', '--for', `${minutes}m`];
    const args = ['live', ...where(url, index), '--now', NOW, ...shown];
    const incident = ['--at', `${startAt}m:payment_gateway_timeout:major`, '--at', `${startAt + 3}m:recover`];
    const watched = watch(place, [...args, ...incident], ({ event }) => {
      if (event['type'] !== 'incident') return;
      const { id, start_ms } = { id: String(event['id']), start_ms: Date.parse(String(event['at'])) };
      const run = watched.events.find((seen) => seen.event['type'] === 'live-started')?.event['id'];
      const key = `${place.folder}/state/incident-demo/runs/${run}/incidents.json`;
      looking.push(look(start_ms, key, id));
    });
    const exit = await watched.done;
    await Promise.all(looking);
    if (exit !== 0) problems.push(`it ends with ${exit}`);
    const began = watched.events.find(({ event }) => event['type'] === 'live-started');
    const beganMs = instantIn(began?.event, 'simulated');
    const lags = ticksOf(watched.events).map(lagOf);
    const lagMs = quantile(lags, 0.99);
    if (!(lagMs < 5000)) problems.push(`lag ${lagMs} ms at the 99th percentile`);
    // Counting everything for the last word is no part of the steady state.
    const fromMs = (began?.atMs ?? 0) + MINUTE_MS;
    const untilMs = ticksOf(watched.events).at(-1)?.atMs ?? 0;
    const steady = watched.memory
      .filter(({ atMs }) => atMs > fromMs && atMs < untilMs)
      .map(({ bytes }) => bytes);
    const [least, most] = [Math.min(...steady), Math.max(...steady)];
    if (!(most - least <= 20 * MIB))
      problems.push(`memory ranges over ${((most - least) / MIB).toFixed(1)} MiB`);
    const plan = makePlan(await inputOf(url, index));
    const first = Math.ceil(beganMs / MINUTE_MS) * MINUTE_MS;
    const quiet = first + Math.floor((startAt * MINUTE_MS - (first - beganMs)) / MINUTE_MS) * MINUTE_MS;
    const counts = await perMinute(url, index, first, quiet);
    const deviations = counts.map((count, minute) => {
      const middleMs = first + (minute + 0.5) * MINUTE_MS;
      const expected = (trafficAt(plan, middleMs) * 60) / sampleAt(plan, middleMs);
      return (count - expected) / Math.sqrt(expected);
    });
    // Requests come in sessions, so that a minute varies by more than lone ones would.
    const worst = Math.max(...deviations.map(Math.abs));
    if (!(worst <= 4)) problems.push(`a minute is ${worst.toFixed(1)} standard deviations from the plan`);
    const failed = [...(visible?.codes ?? [])].filter(([code]) =>
      /UPSTREAM|CIRCUIT|PAYMENT_TIMEOUT/.test(code),
    );
    if (failed.length === 0) problems.push('no error code within 15 s of the start');
    if (!((visible?.p95Ms ?? 0) >= 1.5 * (before?.p95Ms ?? Number.POSITIVE_INFINITY)))
      problems.push(`p95 ${visible?.p95Ms} ms within 15 s of the start, ${before?.p95Ms} ms before`);
    if (!inKey) problems.push('the answer key does not name the incident at once');
    problems.push(...(await invalid(place, where(url, index))));
    return {
      name: `${minutes} minutes of real time`,
      figures: [
        `${lags.length} ticks, lag ${quantile(lags, 0.5)} ms median, ${lagMs} ms at the 99th percentile, ${Math.max(...lags)} ms at most`,
        `memory each minute ${steady
          .filter((_, second) => second % 60 === 0)
          .map((bytes) => (bytes / MIB).toFixed(0))
          .join(', ')} MiB`,
        `memory ${(least / MIB).toFixed(1)} to ${(most / MIB).toFixed(1)} MiB after the first minute`,
        `documents a minute ${counts.join(', ')}: at most ${worst.toFixed(2)} standard deviations from the plan`,
        `15 s after the start p95 ${before?.p95Ms.toFixed(0)} -> ${visible?.p95Ms.toFixed(0)} ms, ${failed.map(([code, count]) => `${count} ${code}`).join(', ')}`,
      ],
      problems,
    };
  } finally {
    await remove(url, index);
    place.remove();
  }
}

/** Two minutes at 60 times real time give the documents that a plan of those hours gives. */
export async function fast(url: string, seconds: number): Promise<Proof> {
  const index = 'live-proof-fast';
  const place = newPlace();
  try {
    const args = [
      'live',
      ...where(url, index),
      ...DENSE,
      '--json',
      '--yes',
      '--speed',
      '60',
      '--for',
      `${seconds}s`,
    ];
    const watched = watch(place, args);
    const exit = await watched.done;
    const began = watched.events.find(({ event }) => event['type'] === 'live-started');
    const fromMs = instantIn(began?.event, 'simulated');
    // A plan ends with a whole minute.
    const toMs = Math.floor((fromMs + seconds * MINUTE_MS) / MINUTE_MS) * MINUTE_MS;
    const input = await inputOf(url, index);
    const { live: _, ...loaded } = input;
    const planned = makePlan({ ...loaded, nowMs: toMs });
    const wanted = new Map<string, string>();
    const slots = { from: 0, to: planned.slotCount };
    for (const { id, ms, source } of generateDocuments(planned, slots))
      if (ms >= fromMs && ms < toMs) wanted.set(id, JSON.stringify(source));
    const found = await documentsIn(url, index, fromMs, toMs);
    const differing = [...wanted].filter(([id, source]) => found.get(id) !== source).length;
    const extra = [...found.keys()].filter((id) => !wanted.has(id)).length;
    return {
      name: `${seconds} s at 60 times real time`,
      figures: [`${wanted.size} documents planned, ${found.size} found`],
      problems: [
        ...(exit === 0 ? [] : [`it ends with ${exit}`]),
        ...(wanted.size > 0 ? [] : ['nothing was planned']),
        ...(differing === 0 ? [] : [`${differing} documents differ or are missing`]),
        ...(extra === 0 ? [] : [`${extra} documents are not planned`]),
      ],
    };
  } finally {
    await remove(url, index);
    place.remove();
  }
}

/** The documents of a span by their ids, as they were sent. */
async function documentsIn(url: string, index: string, fromMs: number, toMs: number) {
  await askText(`${url}/${index}/_refresh`, { method: 'POST' });
  const found = new Map<string, string>();
  const query = { range: { '@timestamp': { gte: fromMs, lt: toMs, format: 'epoch_millis' } } };
  for (let after: unknown[] | undefined; ; ) {
    const body = {
      size: 5000,
      query,
      sort: [{ '@timestamp': 'asc' }, { transaction_id: 'asc' }],
      ...(after ? { search_after: after } : {}),
    };
    const { hits } = await ask<{ hits: { hits: { _id: string; _source: object; sort: unknown[] }[] } }>(
      `${url}/${index}/_search`,
      { body },
    );
    for (const { _id, _source } of hits.hits) found.set(_id, JSON.stringify(_source));
    after = hits.hits.at(-1)?.sort;
    if (!after || hits.hits.length < 5000) return found;
  }
}

/** The cluster is stopped for a while: nothing is lost, and the shop says how far it is behind and catches up. */
export async function outage(seconds: number): Promise<Proof> {
  const node = new MortalNode(false);
  const place = node.place();
  const index = 'live-proof-outage';
  const problems: string[] = [];
  try {
    await node.up();
    const args = [
      'live',
      ...node.flags,
      '--index',
      index,
      ...DENSE,
      '--json',
      '--yes',
      '--for',
      `${seconds + 60}s`,
    ];
    const watched = watch(place, [...args, '--at', `${Math.floor(seconds / 2)}s:upstream_degradation:major`]);
    const began = await eventOf(watched, 'live-started', 120_000);
    await sleep(10_000);
    const away = performance.now();
    await node.kill();
    await sleep(seconds * 1000);
    await node.up();
    const awayMs = performance.now() - away;
    const exit = await watched.done;
    if (exit !== 0) problems.push(`it ends with ${exit}`);
    const lags = ticksOf(watched.events).map(lagOf);
    const most = Math.max(...lags);
    if (!(most >= seconds * 1000 - 5000)) problems.push(`the lag told was ${most} ms at most`);
    if (!((lags.at(-1) ?? Number.POSITIVE_INFINITY) < 5000))
      problems.push(`${lags.at(-1)} ms behind at the end`);
    const orders = ticksOf(watched.events).map(({ event }) => instantIn(event, 'indexed'));
    if (orders.some((ms, at) => ms < (orders[at - 1] ?? 0))) problems.push('the index went back in time');
    if (
      !watched.events.some(
        ({ event }) => event['type'] === 'notice' && /Documents wait/.test(String(event['text'])),
      )
    )
      problems.push('nothing was said of it');
    problems.push(...(await invalid(place, ['--index', index, ...node.flags])));
    return {
      name: `the cluster away for ${(awayMs / 1000).toFixed(0)} s`,
      figures: [
        `lag up to ${(most / 1000).toFixed(1)} s, ${((lags.at(-1) ?? 0) / 1000).toFixed(1)} s at the end; live from ${(began.atMs / 1000).toFixed(0)} s on`,
      ],
      problems,
    };
  } finally {
    await node.down();
    place.remove();
  }
}

/** Killed so many times at random and gone on with, with incidents in between. */
export async function kills(url: string, times: number, seed: number): Promise<Proof> {
  const index = 'live-proof-kills';
  const place = newPlace();
  const random = randomOf(seed);
  const problems: string[] = [];
  let started = 0;
  try {
    const base = ['live', ...where(url, index), '--json', '--yes', '--speed', '20'];
    for (let time = 0; time < times; time++) {
      // A shop goes on from the clock of its start, so every start has a later one.
      const now = new Date(Date.parse(NOW) + time * 4 * MINUTE_MS).toISOString();
      const fresh = time === 0 ? DENSE : ['--now', now];
      const incident = ['--at', '5s:payment_gateway_timeout:major', '--at', '70s:recover'];
      const watched = watch(place, [...base, ...fresh, ...incident]);
      await eventOf(watched, 'live-started', 120_000);
      await sleep(6000 * random());
      watched.kill();
      await watched.done;
      started += watched.events.filter(({ event }) => event['type'] === 'incident').length;
    }
    const now = new Date(Date.parse(NOW) + times * 4 * MINUTE_MS).toISOString();
    const last = await watch(place, [...base, '--now', now, '--for', '5s']).done;
    if (last !== 0) problems.push(`the last one ends with ${last}`);
    problems.push(...(await invalid(place, where(url, index))));
    return {
      name: `${times} kill -9, each gone on with`,
      figures: [`${started} incidents started on the way`],
      problems,
    };
  } finally {
    await remove(url, index);
    place.remove();
  }
}
