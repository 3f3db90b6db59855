// The investigation of a service whose memory fills up.
import { grouped } from '../../../text/numbers.ts';
import { type Bucket, bucketsIn, largest, minuteOf, quantileIn, startOf, valueIn } from './answer.ts';
import { whichCodes } from './code-steps.ts';
import { timeSpent } from './compare-steps.ts';
import { howItEnded } from './end-steps.ts';
import { gradualMinutes } from './minute-steps.ts';
import { highest, lowest, percentiles, perMinutes, type Span, TRANSACTIONS, terms } from './search.ts';
import { type Scene, type StepMaker, spanOfIncident, spanToEnd } from './step.ts';
import { whichVersion } from './version-steps.ts';
import { whereAll } from './where-steps.ts';
import { clock, duration, listed } from './words.ts';

const DAY_MS = 86_400_000;
const MARGIN_MS = 600_000;

/** The same minutes of the nearest day without an incident around them; undefined where the data has none. */
export function sameMinutesElsewhere({ plan, incident, timeZone }: Scene): Span | undefined {
  const days = [...Array(plan.parameters.days).keys()].flatMap((day) => [-day - 1, day + 1]);
  return days
    .map((day) => ({
      fromMs: incident.startMs + day * DAY_MS,
      toMs: incident.endMs + day * DAY_MS,
    }))
    .find(
      ({ fromMs, toMs }) =>
        fromMs >= plan.startMs &&
        toMs <= plan.endMs &&
        clock(fromMs, timeZone) === clock(incident.startMs, timeZone) &&
        !plan.incidents.some(
          (other) => fromMs < other.recoveredMs + MARGIN_MS && other.startMs < toMs + MARGIN_MS,
        ),
    );
}

/** Memory that no server reaches in normal operation, %. */
const HIGH = 80;

const memory: StepMaker = {
  question: 'Which server fills up, and when?',
  panel: 7,
  inquire: (scene) => ({
    span: spanOfIncident(scene),
    where: [{ field: 'memory_usage_percent', atLeast: HIGH }],
    aggs: {
      servers: {
        ...terms('server_instance'),
        aggs: {
          first: lowest('@timestamp'),
          memory: highest('memory_usage_percent'),
          heap: highest('heap_used_percent'),
        },
      },
    },
    ppl: 'stats min(`@timestamp`) as first_seen, max(memory_usage_percent) as memory, max(heap_used_percent) as heap by server_instance',
  }),
  tell: (answer, { timeZone }) => {
    const servers = bucketsIn(answer, 'servers').toSorted(
      (a, b) => valueIn(a, 'first') - valueIn(b, 'first'),
    );
    const [first] = servers;
    if (!first) return undefined;
    const at = (server: Bucket) => clock(valueIn(server, 'first'), timeZone, true);
    const each = servers.map(
      (server) =>
        `${server.key} at ${at(server)} (up to ${grouped(valueIn(server, 'memory'))} % of memory, ${grouped(valueIn(server, 'heap'))} % of the heap)`,
    );
    const all = servers.length > 1;
    return {
      shows: `First transaction with memory at ${HIGH} % or more: ${listed(each)}.`,
      rulesOut: all
        ? 'One bad machine: every server fills up, so it is what they all run.'
        : 'A shortage on all servers: only this one fills up.',
      say: `This is the cause. Memory reaches ${HIGH} % on ${listed(servers.map((server) => `${server.key} at ${at(server)}`))}. ${
        all
          ? 'All of them fill up, one after the other, so it is what they all run.'
          : 'Only this one fills up.'
      }`,
      events: servers.map((server) => ({
        ms: valueIn(server, 'first'),
        text: `memory of ${server.key} reaches ${HIGH} %`,
        ...(server === first ? { short: `first server at ${HIGH} % memory` } : {}),
      })),
    };
  },
};

const pauses: StepMaker = {
  question: 'What does the full memory do?',
  panel: 8,
  inquire: (scene) => ({
    span: spanOfIncident(scene),
    where: [TRANSACTIONS],
    aggs: {
      minutes: {
        ...perMinutes(scene.timeZone, 3),
        aggs: { pause: percentiles('gc_pause_ms'), cpu: highest('cpu_usage_percent') },
      },
    },
    ppl: 'stats percentile(gc_pause_ms, 95) as pause_ms, max(cpu_usage_percent) as cpu by span(`@timestamp`, 3m)',
  }),
  tell: (answer) => {
    const minutes = bucketsIn(answer, 'minutes');
    if (minutes.length < 3) return undefined;
    const pause = (minute: Bucket) => duration(quantileIn(minute, 'pause'));
    const course = minutes.map(
      (minute) => `${pause(minute)} and ${grouped(valueIn(minute, 'cpu'))} % at ${minuteOf(minute)}`,
    );
    const [first, last] = [minutes[0], minutes.at(-1)];
    return {
      shows: `It makes garbage collection (GC) slow. p95 of its pauses, and the highest CPU usage: ${listed(course)}.`,
      rulesOut:
        'A CPU at its limit as the cause: it climbs after the pauses, because collecting garbage uses it.',
      ...(first && last
        ? {
            say: `Why is a full memory slow? p95 of the garbage-collection pauses goes from ${pause(first)} to ${pause(last)}. Each collection stops the server, and frees almost nothing.`,
          }
        : {}),
    };
  },
};

const restarts: StepMaker = {
  question: 'Does a restart help?',
  inquire: (scene) => ({
    span: spanToEnd(scene),
    where: [TRANSACTIONS],
    aggs: {
      servers: {
        ...terms('server_instance'),
        aggs: {
          minutes: { ...perMinutes(scene.timeZone), aggs: { memory: lowest('memory_usage_percent') } },
        },
      },
    },
    ppl: 'stats min(memory_usage_percent) as memory by span(`@timestamp`, 1m), server_instance',
  }),
  tell: (answer) => {
    const memoryIn = (minute: Bucket | undefined) => valueIn(minute, 'memory');
    const falls = bucketsIn(answer, 'servers').flatMap((server) => {
      const minutes = bucketsIn(server, 'minutes');
      const after = largest(
        minutes.slice(1),
        (minute) => memoryIn(minutes[minutes.indexOf(minute) - 1]) - memoryIn(minute),
      );
      const before = after && minutes[minutes.indexOf(after) - 1];
      return before ? [{ server, before, after }] : [];
    });
    if (falls.length === 0) return undefined;
    const sorted = falls.toSorted((a, b) => startOf(a.after) - startOf(b.after));
    const said = ({ server, before, after }: (typeof falls)[number]) =>
      `${server.key} from ${grouped(memoryIn(before))} % at ${minuteOf(before)} to ${grouped(memoryIn(after))} % at ${minuteOf(after)}`;
    return {
      shows: `Yes. The largest fall of memory from one minute to the next: ${listed(sorted.map(said))}. That is a restart of each, one after the other.`,
      rulesOut: 'A load that went away by itself: memory would fall on all servers together.',
      events: sorted.map(({ server, after }, place) => ({
        ms: startOf(after),
        text: `memory of ${server.key} falls to ${grouped(memoryIn(after))} %: restarted`,
        ...(place === 0 ? { short: 'first restart' } : {}),
      })),
    };
  },
};

/** The nine steps of the investigation, in order. */
export const fullMemory: readonly StepMaker[] = [
  gradualMinutes,
  whichCodes,
  whereAll,
  timeSpent('pause', {
    rulesOut: 'The gateways, the queries and the connection pool: the time goes inside the service.',
  }),
  whichVersion,
  memory,
  pauses,
  restarts,
  howItEnded('A cure for all servers at once: each stops failing at its own time.'),
];
