// One run through faults: it must end as if nothing had happened.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../src/core/cluster/types.ts';
import type { RunDone } from '../../src/core/events.ts';
import { generateDocuments, slotRange } from '../../src/core/generate/index.ts';
import { makePlan } from '../../src/core/plan/index.ts';
import type { PlanParameters } from '../../src/core/plan/parameters.ts';
import type { RunRequest } from '../../src/core/run/request.ts';
import { run } from '../../src/core/run/run.ts';
import { ask, askText } from '../helpers/ask.ts';
import type { Certificate } from '../helpers/certificates.ts';
import { DEFAULTS } from '../helpers/parameters.ts';
import { startChaos } from './chaos-proxy.ts';
import { type Fault, type Schedule, scheduleOf } from './schedule.ts';

export interface TrialResult {
  readonly seed: number;
  /** What is not as it must be; empty when all is well. */
  readonly problems: readonly string[];
  readonly injected: ReadonlyMap<Fault, number>;
  readonly documents: number;
  readonly retried: number;
  /** How often the run was resumed, after it was stopped or gave up. */
  readonly resumed: number;
  readonly seconds: number;
}

/** Sixteen hours of one day, about 2,400 documents. */
const PARAMETERS: PlanParameters = {
  ...DEFAULTS,
  days: 1,
  incidentsPerDay: { min: 1, max: 2 },
  sample: 600,
  timeZone: 'UTC',
};

const NOW = Date.parse('2026-03-14T16:00:00Z');

/** Small enough for some eighty requests a run. */
const BATCH_BYTES = 40_000;
const REQUEST_MS = 600;

/** Of the usual waits before a request is made again, this part: the faults are the same, the run is shorter. */
const SHORT = 0.1;
const GIVE_UP_MS = 20_000;
const MOST_RESUMES = 6;

async function idsIn(target: string, index: string): Promise<string[]> {
  await askText(`${target}/${index}/_refresh`, { method: 'POST' });
  const { hits } = await ask<{ hits: { hits: { _id: string }[] } }>(`${target}/${index}/_search`, {
    body: { size: 10_000, _source: false },
  });
  return hits.hits.map(({ _id }) => _id).sort();
}

/** Runs once, stopping when the schedule says so; tells how it ended and what it had to repeat. */
async function once(request: RunRequest, stopAt: number | undefined) {
  const stop = new AbortController();
  let done: RunDone | undefined;
  let retried = 0;
  let lost = '';
  let planned = Number.POSITIVE_INFINITY;
  for await (const event of run(request, stop.signal)) {
    if (event.type === 'planned') planned = event.documents;
    if (event.type === 'progress') {
      retried = event.retried;
      if (stopAt !== undefined && event.acknowledged >= stopAt * planned) stop.abort('SIGINT');
    }
    if (event.type === 'notice' && event.text.includes('are sent again')) lost = event.text;
    if (event.type === 'done') done = event;
  }
  if (!done) throw new Error('a run ended without its last event');
  return { done, retried, lost };
}

/** A run that speaks https with the faults in between, and signs in. */
export interface Secured {
  readonly tls: Certificate;
  readonly signIn: Pick<Connection, 'username' | 'password' | 'caFile'>;
}

function requestOf(
  { seed, random }: Schedule,
  connection: Connection,
  state: string,
  index: string,
): RunRequest {
  const folder = (name: string) => join(state, name);
  return {
    id: `fault-${seed}`,
    connection,
    local: false,
    index,
    onConflict: 'fail',
    replaceConfirmed: false,
    parameters: { ...PARAMETERS, seed: seed % 5 },
    presets: [],
    nowMs: NOW,
    part: undefined,
    outputDir: undefined,
    splitMb: undefined,
    directories: { cache: folder('cache'), state: folder('state'), config: folder('config') },
    environment: {},
    toolVersion: '0.0.0',
    settings: {},
    command: 'run',
    resumeCommand: () => 'run --resume',
    random: () => SHORT * random(),
    requestMs: REQUEST_MS,
    giveUpMs: GIVE_UP_MS,
    batchBytes: BATCH_BYTES,
    threads: () => (seed % 3 === 0 ? 1 : 0),
  };
}

function problemsOf(done: RunDone, ids: readonly string[], wanted: readonly string[]): string[] {
  const { planned, acknowledged, found, refused } = done.documents;
  const failed = done.checks.filter(({ ok }) => !ok);
  const same = ids.length === wanted.length && ids.every((id, at) => id === wanted[at]);
  return [
    ...(done.error ? [`it ends with ${done.error.code}: ${done.error.message}`] : []),
    ...(planned === wanted.length ? [] : [`${planned} planned, not ${wanted.length}`]),
    ...(found === planned && acknowledged === planned && refused === 0
      ? []
      : [`${planned} planned, ${acknowledged} acknowledged, ${found} found, ${refused} refused`]),
    ...(same ? [] : [`the index holds ${ids.length} ids, which are not the ${wanted.length} planned`]),
    ...(done.checks.length > 0 ? [] : ['no check was made']),
    ...failed.map(({ id, expected, found: seen }) => `check ${id}: ${expected} expected, ${seen} found`),
  ];
}

/** Runs one schedule against the node at `target`, in an index of its own that is removed afterwards. */
async function trial(
  { target, most, secured }: Pick<Trials, 'target' | 'most' | 'secured'>,
  seed: number,
): Promise<TrialResult> {
  const start = performance.now();
  const schedule = scheduleOf(seed, most);
  const index = `fault-trial-${seed}-${Math.floor(start)}`;
  const state = mkdtempSync(join(tmpdir(), 'incident-demo-faults-'));
  const chaos = await startChaos({ target, schedule, index, tls: secured?.tls });
  try {
    const request = requestOf(schedule, { url: chaos.url, ...secured?.signIn }, state, index);
    let { done, retried, lost } = await once(request, schedule.stopAt);
    let resumed = 0;
    while (done.error && resumed < MOST_RESUMES) {
      resumed++;
      // Whoever goes on at once is told that the index is read-only, and waits as well.
      await chaos.calm();
      const next = await once({ ...request, onConflict: 'append' }, undefined);
      done = next.done;
      retried += next.retried;
      lost ||= next.lost;
    }
    const plan = makePlan(request);
    const wanted = [...generateDocuments(plan, slotRange(plan))].map(({ id }) => id).sort();
    // The node is never killed here: whatever was acknowledged must be there.
    const problems = [
      ...problemsOf(done, await idsIn(target, index), wanted),
      ...(lost === '' ? [] : [lost]),
    ];
    const seconds = (performance.now() - start) / 1000;
    return { seed, problems, injected: chaos.injected, documents: wanted.length, retried, resumed, seconds };
  } finally {
    await chaos.close();
    await fetch(`${target}/${index}`, { method: 'DELETE' });
    rmSync(state, { recursive: true, force: true });
  }
}

export interface Trials {
  /** A node that may be written to. */
  readonly target: string;
  readonly seeds: readonly number[];
  /** Runs at the same time. */
  readonly atOnce: number;
  /** Faults in one run at most. */
  readonly most?: number;
  readonly secured?: Secured | undefined;
  readonly told?: (result: TrialResult) => void;
}

/** Runs many schedules, a few at the same time. */
export async function trials({ seeds, atOnce, told, ...where }: Trials): Promise<TrialResult[]> {
  const results: TrialResult[] = [];
  const waiting = [...seeds];
  const worker = async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const result = await trial(where, seed);
      results.push(result);
      told?.(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
