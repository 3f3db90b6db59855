// Steps that lead into every investigation: which minute, which error codes, where, and how it ended.
import { grouped } from '../../../text/numbers.ts';
import { term } from '../../ground-truth/clauses.ts';
import { type Bucket, bucketsIn, countIn, largest, quantileIn, valueIn } from './answer.ts';
import { FAILED, highest, lowest, percentiles, perMinutes, sum, TRANSACTIONS, terms } from './search.ts';
import {
  type Scene,
  type StepMaker,
  spanAbout,
  spanOfIncident,
  spanToEnd,
  spanWithBefore,
  type Told,
} from './step.ts';
import { capitalized, clock, duration, listed } from './words.ts';

/** The end of an incident, at a glance. */
export const BACK = 'back to normal';

const FAILURES = { field: 'status', is: 'error' } as const;
const p95 = (bucket: unknown) => quantileIn(bucket, 'p95');
const errors = (bucket: unknown) => countIn(bucket, 'errors');

/** `14:25`: date histograms name their buckets in the time of the shop. */
export const minuteOf = ({ key_as_string, key }: Bucket) => String(key_as_string ?? key);
export const startOf = ({ key }: Bucket) => Number(key);

const MINUTES = (timeZone: string, minutes: number) => ({
  minutes: {
    ...perMinutes(timeZone, minutes),
    aggs: { p95: percentiles('response_time_ms'), errors: FAILED },
  },
});

const minutesPpl = (minutes: number) =>
  `stats percentile(response_time_ms, 95) as p95, count() as transactions by span(\`@timestamp\`, ${minutes}m)`;

/** A minute counts as the beginning when its p95 is this many times that of the minutes before. */
const JUMP = 3;

/** The first minute of an incident that starts all at once. */
export const whichMinute: StepMaker = {
  question: 'Which minute?',
  inquire: (scene) => ({
    span: spanAbout(scene),
    where: [TRANSACTIONS],
    aggs: MINUTES(scene.timeZone, 1),
    ppl: minutesPpl(1),
  }),
  tell: (answer, { incident, timeZone }) => {
    const minutes = bucketsIn(answer, 'minutes');
    const before = minutes.filter((minute) => startOf(minute) < incident.startMs - 60_000);
    const usual = before.map(p95).toSorted((a, b) => a - b)[before.length >> 1] ?? Number.NaN;
    const first = minutes.find(
      (minute) => startOf(minute) >= incident.startMs - 60_000 && p95(minute) >= JUMP * usual,
    );
    const last = first && minutes[minutes.indexOf(first) - 1];
    const worst = largest(minutes, errors);
    if (!first || !last || !worst) return undefined;
    const [from, to] = [clock(incident.startMs, timeZone), clock(incident.endMs, timeZone)];
    const jump = `p95 response time is ${duration(p95(last))} at ${minuteOf(last)} and ${duration(p95(first))} at ${minuteOf(first)}`;
    return {
      shows: `The ${jump}. The worst minute is ${minuteOf(worst)}, with ${grouped(errors(worst))} failures. The bad minutes are ${from} to ${to}; the next steps search these.`,
      rulesOut: 'A slow build-up, such as memory that fills: one minute before, all is normal.',
      say: `Until ${minuteOf(last)} the checkout is fine: p95 is ${duration(p95(last))}. At ${minuteOf(first)} it is ${duration(p95(first))}. Something broke, all at once.`,
      events: [
        {
          ms: startOf(first),
          text: `p95 response time: ${duration(p95(first))}, after ${duration(p95(last))} in the minute before`,
        },
        { ms: startOf(worst), text: `most failures in one minute: ${grouped(errors(worst))}` },
      ],
    };
  },
};

/** How an incident without a first minute builds up. */
export const gradualMinutes: StepMaker = {
  question: 'Which minute?',
  inquire: (scene) => ({
    span: spanAbout(scene),
    where: [TRANSACTIONS],
    aggs: MINUTES(scene.timeZone, 3),
    ppl: minutesPpl(3),
  }),
  tell: (answer, { incident, timeZone }) => {
    const inside = bucketsIn(answer, 'minutes').filter(
      (bucket) => startOf(bucket) >= incident.startMs && startOf(bucket) < incident.endMs,
    );
    const [first, last, worst] = [inside[0], inside.at(-1), largest(inside, errors)];
    if (!first || !last || !worst || inside.length < 3) return undefined;
    const course = inside.map((bucket) => `${duration(p95(bucket))} at ${minuteOf(bucket)}`);
    const [from, to] = [clock(incident.startMs, timeZone), clock(incident.endMs, timeZone)];
    return {
      shows: `No single one. The p95 response time climbs: ${listed(course)}. The bad minutes are ${from} to ${to}; the next steps search these.`,
      rulesOut: 'One event that breaks something at once: p95 climbs step by step.',
      say: `There is no moment at which it breaks. p95 is ${duration(p95(first))} at ${minuteOf(first)} and ${duration(p95(last))} at ${minuteOf(last)}, and it climbs all the way. That looks like something filling up.`,
      events: [
        { ms: startOf(first), text: `p95 response time: ${duration(p95(first))}, and rising from here` },
        { ms: startOf(last), text: `p95 response time: ${duration(p95(last))}` },
      ],
    };
  },
};

/** Codes with fewer failures are chance, in a sample. */
export const FEW = 5;

/** Codes that do not occur before the incident, the earliest first. */
function newCodes(answer: unknown): readonly Bucket[] {
  return bucketsIn(answer, 'codes')
    .filter((code) => countIn(code, 'before') === 0 && countIn(code, 'during') >= FEW)
    .toSorted((a, b) => valueIn(a, 'first') - valueIn(b, 'first'));
}

const codeCounts = (code: Bucket) => `${code.key} ${countIn(code, 'before')} and ${countIn(code, 'during')}`;

/** Which error codes are new; the first of them is nearest to the cause. */
export const whichCodes: StepMaker = {
  question: 'Which error codes are new, and which comes first?',
  inquire: (scene) => {
    const start = new Date(scene.incident.startMs).toISOString();
    const part = (range: object) => ({ filter: { range: { '@timestamp': range } } });
    return {
      span: spanWithBefore(scene),
      where: [FAILURES],
      aggs: {
        codes: {
          ...terms('error_code', 20),
          aggs: {
            before: part({ lt: start }),
            during: part({ gte: start }),
            first: lowest('@timestamp'),
          },
        },
      },
      ppl: 'stats count() as failures, min(`@timestamp`) as first_seen by error_code',
    };
  },
  tell: (answer, { incident, timeZone }) => {
    const [first, ...others] = newCodes(answer);
    if (!first) return undefined;
    const at = (code: Bucket) => clock(valueIn(code, 'first'), timeZone, true);
    const failures = (code: Bucket) => grouped(countIn(code, 'during'));
    const usual = bucketsIn(answer, 'codes').filter((code) => countIn(code, 'before') > 0);
    const start = clock(incident.startMs, timeZone);
    const later = others.map((code) => ` ${code.key} follows at ${at(code)}: ${failures(code)}.`).join('');
    return {
      shows: `${first.key} is new: ${failures(first)} failures, the first at ${at(first)}.${later}${
        usual.length > 0
          ? ` The usual codes stay rare (before ${start}, and after): ${usual.slice(0, 3).map(codeCounts).join(', ')}.`
          : ''
      }`,
      rulesOut: 'Declined cards and other mistakes of customers: those codes are not new.',
      say: `One error is new: ${first.key}, ${failures(first)} times, the first at ${at(first)}. ${
        others[0] ? `${others[0].key} comes later, so it is an effect. ` : ''
      }We follow the first.`,
      learned: { code: String(first.key) },
      events: [first, ...others].map((code) => ({
        ms: valueIn(code, 'first'),
        text: `first ${code.key}`,
        ...(code === first ? { short: `first ${code.key}` } : {}),
      })),
    };
  },
};

const perKey = (buckets: readonly Bucket[]) =>
  listed(buckets.map(({ key, doc_count }) => `${key} ${grouped(doc_count)}`));

/** Busy threads of a server, of 100, from which on other requests wait for one. */
const FULL = 95;

/** On which servers and behind which load balancers the failures are, and whether the servers have threads left. */
export const whichServers: StepMaker = {
  question: 'Is it one server, or one load balancer?',
  inquire: (scene, { code }) =>
    code === undefined
      ? undefined
      : {
          span: spanOfIncident(scene),
          where: [{ field: 'error_code', is: code }],
          aggs: {
            servers: { ...terms('server_instance'), aggs: { threads: highest('thread_pool_active') } },
            balancers: terms('load_balancer'),
          },
          ppl: 'stats count() as failures, max(thread_pool_active) as threads by server_instance, load_balancer',
        },
  tell: (answer, _scene, { code }) => {
    const servers = bucketsIn(answer, 'servers');
    if (servers.length < 2) return undefined;
    const threads = servers.map((server) => valueIn(server, 'threads'));
    const full = threads.every((busy) => busy >= FULL);
    return {
      shows: `No. ${code} by server: ${perKey(servers)}; by load balancer: ${perKey(bucketsIn(answer, 'balancers'))}. Busy threads reach ${listed(threads.map(grouped))} on them${full ? ', so everything else waits too' : ''}.`,
      rulesOut: 'A broken server or load balancer: all of them see it.',
    };
  },
};

/** At which steps of the checkout and on which servers the failures are, where that is everywhere. */
export const whereAll: StepMaker = {
  question: 'Where does it fail?',
  inquire: (scene, { code }) =>
    code === undefined
      ? undefined
      : {
          span: spanOfIncident(scene),
          where: [{ field: 'error_code', is: code }],
          aggs: {
            steps: terms('step'),
            servers: terms('server_instance'),
            balancers: terms('load_balancer'),
          },
          ppl: 'stats count() as failures by step, server_instance',
        },
  tell: (answer, _scene, { code }) => {
    const [steps, servers] = [bucketsIn(answer, 'steps'), bucketsIn(answer, 'servers')];
    if (steps.length < 2 || servers.length < 2) return undefined;
    return {
      shows: `Everywhere. ${code} by step: ${perKey(steps)}; by server: ${perKey(servers)}; by load balancer: ${perKey(bucketsIn(answer, 'balancers'))}.`,
      rulesOut:
        'Whatever only one step, server or load balancer uses. Cart reviews call no payment gateway, and they fail as well.',
    };
  },
};

/** The parts of the time of a request, each as a field of the documents. */
const PARTS = {
  gateway: percentiles('upstream_response_time_ms'),
  query: percentiles('database_query_time_ms'),
  wait: percentiles('db_connection_wait_ms'),
  pause: highest('gc_pause_ms'),
} as const;

const PARTS_PPL = [
  'percentile(upstream_response_time_ms, 95) as gateway_ms',
  'percentile(database_query_time_ms, 95) as query_ms',
  'percentile(db_connection_wait_ms, 95) as wait_ms',
  'max(gc_pause_ms) as pause_ms',
].join(', ');

type Part = keyof typeof PARTS;
const partOf = (bucket: unknown, part: Part) =>
  duration(part === 'pause' ? valueIn(bucket, part) : quantileIn(bucket, part));

/** Before and during the incident, as buckets named so. */
export function beforeAndDuring({ incident }: Scene, aggs: object) {
  const boundary = new Date(incident.startMs).toISOString();
  return {
    spans: {
      date_range: {
        field: '@timestamp',
        ranges: [
          { key: 'before', to: boundary },
          { key: 'during', from: boundary },
        ],
      },
      aggs,
    },
  };
}

export function spansIn(answer: unknown): { readonly before: Bucket; readonly during: Bucket } | undefined {
  const spans = bucketsIn(answer, 'spans');
  const named = (key: string) => spans.find((span) => span.key === key && span.doc_count > 0);
  const [before, during] = [named('before'), named('during')];
  return before && during ? { before, during } : undefined;
}

/** On what the time of a request goes, before and during the incident. */
export const timeSpent = (suspect: Part, tellPart: Pick<Told, 'rulesOut'>): StepMaker => ({
  question: 'Where does the time go?',
  inquire: (scene) => ({
    span: spanWithBefore(scene),
    where: [TRANSACTIONS],
    aggs: beforeAndDuring(scene, PARTS),
    ppl: `stats ${PARTS_PPL} by span(\`@timestamp\`, 1m)`,
  }),
  tell: (answer) => {
    const spans = spansIn(answer);
    if (!spans) return undefined;
    const { before, during } = spans;
    const names: Record<Part, string> = {
      gateway: 'call to the payment gateway, p95',
      query: 'database query, p95',
      wait: 'wait for a database connection, p95',
      pause: 'longest garbage-collection (GC) pause',
    };
    const said = (part: Part) => `${names[part]}: ${partOf(before, part)}, then ${partOf(during, part)}`;
    const rest = (Object.keys(names) as Part[]).filter((part) => part !== suspect);
    return {
      shows: `Before and during the incident: ${said(suspect)}; ${rest.map(said).join('; ')}.`,
      ...tellPart,
      say: `Where does the time go? ${capitalized(said(suspect))}. The other parts of a request hardly change.`,
    };
  },
});

/** Traffic that grows by less is chance, or the time of day. */
const MORE = 1.25;

/** Whether there is more traffic than before. */
export const traffic: StepMaker = {
  question: 'Is it more traffic, or retries?',
  inquire: (scene) => ({
    span: spanWithBefore(scene),
    where: [TRANSACTIONS],
    aggs: beforeAndDuring(scene, {
      carts: { filter: term('step', 'cart_review'), aggs: { reviewed: sum('sample_weight') } },
      retries: { filter: { range: { retry_count: { gte: 1 } } } },
    }),
    ppl: 'stats sum(sample_weight) as transactions by span(`@timestamp`, 1m), step, retry_count',
  }),
  tell: (answer) => {
    const spans = spansIn(answer);
    if (!spans) return undefined;
    const { before, during } = spans;
    const carts = (span: Bucket) => valueIn(span['carts'], 'reviewed');
    const retries = (span: Bucket) => grouped(countIn(span, 'retries'));
    const counts = `Customers review ${grouped(carts(before))} carts in the minutes before, and ${grouped(carts(during))} in as many minutes of the incident. Documents that are retries: ${retries(before)} before, ${retries(during)} during`;
    if (carts(during) > MORE * carts(before))
      return { shows: `${counts}. There is more of both, and in a sample this small that may be chance.` };
    return {
      shows: `No. ${counts}; each retry follows a failure, and makes it worse.`,
      rulesOut: 'A rush of customers, and retries as the cause.',
    };
  },
};

/** When the failures end and the response times are normal again. */
export const howItEnded = (rulesOut: string): StepMaker => ({
  question: 'When is it over?',
  inquire: (scene, { code }) =>
    code === undefined
      ? undefined
      : {
          span: spanToEnd(scene),
          where: [TRANSACTIONS],
          aggs: {
            failures: {
              filter: term('error_code', code),
              aggs: { servers: { ...terms('server_instance'), aggs: { last: highest('@timestamp') } } },
            },
            minutes: {
              ...perMinutes(scene.timeZone),
              aggs: { p95: percentiles('response_time_ms'), errors: FAILED },
            },
          },
          ppl: minutesPpl(1),
        },
  tell: (answer, { incident, timeZone }, { code }) => {
    const minutes = bucketsIn(answer, 'minutes');
    const calm = minutes.findLast((minute) => startOf(minute) >= incident.recoveredMs);
    const ends = bucketsIn(answer, 'failures.servers').toSorted(
      (a, b) => valueIn(a, 'last') - valueIn(b, 'last'),
    );
    const last = ends.at(-1);
    if (!calm || !last) return undefined;
    const at = (server: Bucket) => clock(valueIn(server, 'last'), timeZone, true);
    return {
      shows: `The last ${code}: ${listed(ends.map((server) => `${server.key} ${at(server)}`))}. At ${minuteOf(calm)} p95 is ${duration(p95(calm))}, and ${failuresText(errors(calm))}.`,
      rulesOut,
      ended: `The last ${code} is at ${at(last)}; at ${minuteOf(calm)} p95 is back at ${duration(p95(calm))}.`,
      events: [
        { ms: valueIn(last, 'last'), text: `last ${code}` },
        { ms: startOf(calm), text: `p95 response time: ${duration(p95(calm))}, back to normal`, short: BACK },
      ],
    };
  },
});

/** `no transaction fails`, `3 transactions fail`. */
const failuresText = (count: number) =>
  count === 0 ? 'no transaction fails' : `${grouped(count)} transaction${count === 1 ? ' fails' : 's fail'}`;
