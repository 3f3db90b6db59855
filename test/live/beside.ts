// A live shop beside a node, watched from outside: its events, its memory, and what is in its index.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askText } from '../helpers/ask.ts';
import { doneOf, type Place, runProgram, start } from '../helpers/program.ts';

/** The hour that every proof begins at. */
export const NOW = '2026-03-14T16:00:00Z';
/** Sixteen hours with one session in 60. */
export const USUAL: readonly string[] = [
  ...['--days', '1', '--preset', 'none', '--seed', '7'],
  ...['--now', NOW, '--time-zone', 'UTC'],
];
/** The same with one session in 5. */
export const DENSE: readonly string[] = [...USUAL, '--sample', '5'];

export interface Seen {
  /** ms of real time since the program was started. */
  readonly atMs: number;
  readonly event: Readonly<Record<string, unknown>>;
}

interface Watched {
  readonly events: Seen[];
  /** Resident memory each second, bytes. */
  readonly memory: { readonly atMs: number; readonly bytes: number }[];
  /** Resolves with the exit code. */
  readonly done: Promise<number | null>;
  readonly kill: () => void;
}

/** Starts a shop and notes what it says, and when. */
export function watch(place: Place, args: readonly string[], also: (seen: Seen) => void = () => {}): Watched {
  const began = performance.now();
  const { child, done } = start(place, args);
  const events: Seen[] = [];
  const memory: { atMs: number; bytes: number }[] = [];
  let rest = '';
  child.stdout.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const seen = { atMs: performance.now() - began, event: JSON.parse(line) as Seen['event'] };
      events.push(seen);
      also(seen);
    }
  });
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(status) ?? [];
      memory.push({ atMs: performance.now() - began, bytes: Number(kilobytes) * 1024 });
    } catch {
      // It has ended.
    }
  }, 1000);
  const ended = done.then(({ exit, stderr }) => {
    clearInterval(timer);
    if (exit !== 0 && exit !== null) console.log(stderr.slice(0, 500));
    return exit;
  });
  return { events, memory, done: ended, kill: () => child.kill('SIGKILL') };
}

/** Waits for an event; gives up after so many ms, or when it has ended. */
export async function eventOf(watched: Watched, type: string, withinMs: number): Promise<Seen> {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = watched.events.find(({ event }) => event['type'] === type);
    if (found) return found;
    if (performance.now() > until) throw new Error(`no event ${type} within ${withinMs} ms`);
    await sleep(20);
  }
}

/** Milliseconds of response time below which 95 % of the documents of `[fromMs, toMs)` lie, and how many failed by which code. */
export async function stateOf(url: string, index: string, fromMs: number, toMs: number) {
  await askText(`${url}/${index}/_refresh`, { method: 'POST' });
  const body = {
    size: 0,
    track_total_hits: true,
    query: { range: { '@timestamp': { gte: fromMs, lt: toMs, format: 'epoch_millis' } } },
    aggs: {
      p95: { percentiles: { field: 'response_time_ms', percents: [95] } },
      codes: { terms: { field: 'error_code', size: 50 } },
    },
  };
  const { hits, aggregations } = await ask<{
    hits: { total: { value: number } };
    aggregations: {
      p95: { values: Record<string, number | null> };
      codes: { buckets: { key: string; doc_count: number }[] };
    };
  }>(`${url}/${index}/_search`, { body });
  return {
    documents: hits.total.value,
    p95Ms: aggregations.p95.values['95.0'] ?? 0,
    codes: new Map(aggregations.codes.buckets.map(({ key, doc_count }) => [key, doc_count])),
  };
}

/** Documents of each minute of `[fromMs, toMs)`. */
export async function perMinute(url: string, index: string, fromMs: number, toMs: number): Promise<number[]> {
  const body = {
    size: 0,
    query: { range: { '@timestamp': { gte: fromMs, lt: toMs, format: 'epoch_millis' } } },
    aggs: {
      minutes: {
        date_histogram: {
          field: '@timestamp',
          fixed_interval: '1m',
          min_doc_count: 0,
          extended_bounds: { min: fromMs, max: toMs - 1 },
        },
      },
    },
  };
  const { aggregations } = await ask<{ aggregations: { minutes: { buckets: { doc_count: number }[] } } }>(
    `${url}/${index}/_search`,
    { body },
  );
  return aggregations.minutes.buckets.map(({ doc_count }) => doc_count);
}

/** Problems that `validate --deep` finds; none when every document is as planned. */
export async function invalid(place: Place, flags: readonly string[]): Promise<string[]> {
  const done = doneOf(await runProgram(place, 'validate', ...flags, '--json', '--deep'));
  const failed = done.checks
    .filter(({ ok }) => !ok)
    .map(({ id, expected, found }) => `${id}: ${found} instead of ${expected}`);
  return done.ok ? [] : [`validate: ${done.error?.message ?? 'not ok'}`, ...failed];
}

/** The value below which a share of some values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
