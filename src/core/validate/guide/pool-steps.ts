// The investigation of a database connection pool that runs empty.
import { grouped } from '../../../text/numbers.ts';
import { term } from '../../ground-truth/clauses.ts';
import { valueAt } from '../check.ts';
import {
  type Bucket,
  bucketsIn,
  countIn,
  largest,
  minuteOf,
  quantileIn,
  startOf,
  valueIn,
} from './answer.ts';
import { whichCodes } from './code-steps.ts';
import { timeSpent } from './compare-steps.ts';
import { byDuration, durationsIn, durationsPpl } from './durations.ts';
import { BACK } from './end-steps.ts';
import { whichMinute } from './minute-steps.ts';
import { highest, percentiles, perMinutes, sum, TRANSACTIONS, terms } from './search.ts';
import { knowing, type StepMaker, spanAbout, spanOfIncident, spanToEnd } from './step.ts';
import { whichVersion } from './version-steps.ts';
import { whereAll } from './where-steps.ts';
import { clock, duration, listed } from './words.ts';

/** Waits that are long, and those that reach the timeout of 30 s, with some room for its rounding. */
const BOUNDS_MS = [1000, 29_000] as const;

const howLongTheyWait: StepMaker = {
  question: 'How long do requests wait for a connection, and which of them fail?',
  inquire: knowing(['code'], (scene, { code }) => ({
    span: spanOfIncident(scene),
    where: [TRANSACTIONS],
    aggs: byDuration('db_connection_wait_ms', BOUNDS_MS, { failures: { filter: term('error_code', code) } }),
    ppl: durationsPpl('db_connection_wait_ms', 'transactions'),
  })),
  tell: (answer, _scene, { code }) => {
    const durations = durationsIn(answer);
    if (!durations) return undefined;
    const { quick, slow, late, from, to } = durations;
    const failed = (bucket: Bucket) => grouped(countIn(bucket, 'failures'));
    const waits = `${grouped(quick.doc_count)} transactions wait less than ${from} for a connection, ${grouped(slow.doc_count)} wait ${from} to ${to}, and ${grouped(late.doc_count)} wait longer`;
    return {
      shows: `By their wait: ${waits}. ${code} among these: ${failed(quick)}, ${failed(slow)} and ${failed(late)}. Those who fail have waited to the end and never got a connection.`,
      rulesOut: 'A database that is down: connecting to it would fail at once, not after the full wait.',
      say: `How long do they wait? ${waits}. Those who fail have waited to the end and never got one.`,
    };
  },
};

const pool: StepMaker = {
  question: 'What happens in the connection pools?',
  panel: 6,
  inquire: (scene) => ({
    span: spanAbout(scene),
    where: [TRANSACTIONS],
    aggs: {
      minutes: {
        ...perMinutes(scene.timeZone),
        aggs: {
          active: highest('db_pool_active'),
          pending: highest('db_pool_pending'),
          size: highest('db_pool_max'),
          transactions: sum('sample_weight'),
        },
      },
    },
    ppl: 'stats max(db_pool_active) as active, max(db_pool_pending) as pending, sum(sample_weight) as transactions by span(`@timestamp`, 1m)',
  }),
  tell: (answer, { incident }) => {
    const minutes = bucketsIn(answer, 'minutes');
    const active = (minute: Bucket) => valueIn(minute, 'active');
    const earlier = minutes.filter((minute) => startOf(minute) < incident.startMs);
    const before = earlier.at(-1);
    const busiest = largest(earlier, (minute) => valueIn(minute, 'transactions'));
    const full = minutes.find(
      (minute) => startOf(minute) >= incident.startMs && active(minute) >= valueIn(minute, 'size'),
    );
    const queue = largest(minutes, (minute) => valueIn(minute, 'pending'));
    if (!before || !busiest || !full || !queue) return undefined;
    const transactions = (minute: Bucket) => grouped(valueIn(minute, 'transactions'));
    const size = grouped(valueIn(full, 'size'));
    return {
      shows: `At ${minuteOf(before)} the busiest pool has ${grouped(active(before))} of its ${size} connections in use; at ${minuteOf(full)} one has all ${grouped(active(full))}. Up to ${grouped(valueIn(queue, 'pending'))} requests of a server queue. That minute has ${transactions(full)} transactions; the busiest minute before (${minuteOf(busiest)}) has ${transactions(busiest)}.`,
      rulesOut:
        'Too much traffic: the pool was never near full with as many. Connections are taken and do not come back.',
      say: `Here is the cause. At ${minuteOf(before)} the busiest pool uses ${grouped(active(before))} of ${size} connections, at ${minuteOf(full)} all ${grouped(active(full))}, with no more customers than before. Connections are taken and do not come back.`,
      events: [
        {
          ms: startOf(full),
          text: `a pool has all ${grouped(active(full))} connections in use`,
          short: 'first pool is full',
        },
      ],
    };
  },
};

const memoryAndThreads: StepMaker = {
  question: 'Is it memory? It rises to alarming levels.',
  inquire: (scene) => ({
    span: spanOfIncident(scene),
    where: [TRANSACTIONS],
    aggs: {
      servers: {
        ...terms('server_instance'),
        aggs: {
          memory: highest('memory_usage_percent'),
          pause: highest('gc_pause_ms'),
          cpu: highest('cpu_usage_percent'),
          threads: highest('thread_pool_active'),
        },
      },
    },
    ppl: 'stats max(memory_usage_percent) as memory, max(gc_pause_ms) as pause_ms, max(cpu_usage_percent) as cpu, max(thread_pool_active) as threads by server_instance',
  }),
  tell: (answer) => {
    const servers = bucketsIn(answer, 'servers');
    if (servers.length === 0) return undefined;
    const each = servers.map(
      (server) =>
        `${server.key} memory ${grouped(valueIn(server, 'memory'))} %, longest GC pause ${duration(valueIn(server, 'pause'))}, CPU ${grouped(valueIn(server, 'cpu'))} %, busy threads ${grouped(valueIn(server, 'threads'))}`,
    );
    return {
      shows: `No. At most: ${each.join('; ')}. Memory holds the waiting requests, the pauses stay short, and the CPU has little to do.`,
      rulesOut: 'Memory pressure and a CPU at its limit: both are effects of the queue.',
    };
  },
};

/** When the connections come back. */
const whenTheyComeBack: StepMaker = {
  question: 'When is it over, and what ends it?',
  inquire: knowing(['code'], (scene, { code }) => ({
    span: spanToEnd(scene),
    where: [TRANSACTIONS],
    aggs: {
      failures: { filter: term('error_code', code), aggs: { last: highest('@timestamp') } },
      minutes: {
        ...perMinutes(scene.timeZone),
        aggs: {
          active: highest('db_pool_active'),
          size: highest('db_pool_max'),
          p95: percentiles('response_time_ms'),
        },
      },
    },
    ppl: 'stats max(db_pool_active) as active, percentile(response_time_ms, 95) as p95 by span(`@timestamp`, 1m)',
  })),
  tell: (answer, { incident, timeZone }, { code }) => {
    const minutes = bucketsIn(answer, 'minutes');
    const active = (minute: Bucket) => valueIn(minute, 'active');
    const last = valueIn(valueAt(answer, 'aggregations.failures'), 'last');
    const full = minutes.findLast((minute) => active(minute) >= valueIn(minute, 'size'));
    const after = minutes.slice(full ? minutes.indexOf(full) + 1 : 0);
    const calm = minutes.findLast((minute) => startOf(minute) >= incident.recoveredMs);
    if (!full || !calm || after.length < 3 || Number.isNaN(last)) return undefined;
    const course = after.slice(0, 4).map((minute) => `${grouped(active(minute))} at ${minuteOf(minute)}`);
    const at = clock(last, timeZone, true);
    const p95 = duration(quantileIn(calm, 'p95'));
    return {
      shows: `The last ${code} is at ${at}. A pool is full for the last time at ${minuteOf(full)}; then the busiest one has in use: ${listed(course)}. At ${minuteOf(calm)} p95 is ${p95}.`,
      rulesOut: 'A restart: it would empty a pool at once, and these empty over minutes.',
      ended: `The connections come back little by little: the last ${code} is at ${at}, a pool is full for the last time at ${minuteOf(full)}, and at ${minuteOf(calm)} p95 is back at ${p95}.`,
      events: [
        { ms: last, text: `last ${code}` },
        { ms: startOf(full), text: 'the last full pool' },
        { ms: startOf(calm), text: `p95 response time: ${p95}, back to normal`, short: BACK },
      ],
    };
  },
};

/** The nine steps of the investigation, in order. */
export const emptyPool: readonly StepMaker[] = [
  whichMinute,
  whichCodes,
  whereAll,
  timeSpent('wait', {
    rulesOut: 'The gateways, the queries and garbage collection: none of them takes long.',
  }),
  whichVersion,
  howLongTheyWait,
  pool,
  memoryAndThreads,
  whenTheyComeBack,
];
