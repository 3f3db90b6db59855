// The investigation of a payment gateway that hangs, refuses calls, or is slow.
import { grouped } from '../../../text/numbers.ts';
import { term } from '../../ground-truth/clauses.ts';
import { valueAt } from '../check.ts';
import { type Bucket, bucketsIn, countIn, largest, minuteOf, quantileIn, valueIn } from './answer.ts';
import { breakers } from './breaker-steps.ts';
import { whichCodes } from './code-steps.ts';
import { traffic } from './compare-steps.ts';
import { byDuration, durationsIn, durationsPpl } from './durations.ts';
import { BACK } from './end-steps.ts';
import { whichMinute } from './minute-steps.ts';
import { FAILED, highest, percentiles, perMinutes, TRANSACTIONS, terms } from './search.ts';
import { knowing, type StepMaker, spanOfIncident, spanToEnd } from './step.ts';
import { whichServers } from './where-steps.ts';
import { capitalized, clock, duration, listed } from './words.ts';

const failures = (bucket: Bucket) => countIn(bucket, 'failures');
const TRIED = (code: string) => ({ failures: { filter: term('error_code', code) } });

const whichStep: StepMaker = {
  question: 'Which step of the checkout, and where does its time go?',
  inquire: knowing(['code'], (scene, { code }) => ({
    span: spanOfIncident(scene),
    where: [TRANSACTIONS],
    aggs: {
      steps: {
        ...terms('step'),
        aggs: {
          ...TRIED(code),
          gateway: percentiles('upstream_response_time_ms'),
          query: percentiles('database_query_time_ms'),
          wait: percentiles('db_connection_wait_ms'),
        },
      },
    },
    ppl: `stats count() as transactions, percentile(upstream_response_time_ms, 95) as gateway_ms, percentile(database_query_time_ms, 95) as query_ms by step, error_code`,
  })),
  tell: (answer, _scene, { code }) => {
    const steps = bucketsIn(answer, 'steps');
    const failing = largest(steps, failures);
    if (!failing || failures(failing) === 0) return undefined;
    const others = steps.filter((step) => step !== failing);
    const elsewhere = listed(others.map((step) => `${step.key} ${grouped(failures(step))}`));
    const part = (name: string) => duration(quantileIn(failing, name));
    const calls = `p95 of its calls to the gateway is ${part('gateway')}, of its database queries ${part('query')}, and of its wait for a connection ${part('wait')}`;
    return {
      shows: `${others.some((step) => failures(step) > 0) ? 'Most' : 'All'} ${code} are in ${failing.key}: ${grouped(failures(failing))} (${elsewhere}). The ${calls}.`,
      rulesOut: 'The database and its connection pool: both take milliseconds.',
      learned: { step: String(failing.key) },
    };
  },
};

const whichGateway: StepMaker = {
  question: 'Which gateway?',
  panel: 3,
  inquire: knowing(['code', 'step'], (scene, { code, step }) => ({
    span: spanOfIncident(scene),
    where: [{ field: 'step', is: step }],
    aggs: {
      gateways: {
        ...terms('payment_gateway'),
        aggs: { ...TRIED(code), gateway: percentiles('upstream_response_time_ms', 50) },
      },
    },
    ppl: 'stats count() as payments, percentile(upstream_response_time_ms, 50) as p50 by payment_gateway, error_code',
  })),
  tell: (answer, _scene, { code }) => {
    const gateways = bucketsIn(answer, 'gateways');
    const failing = largest(gateways, failures);
    if (!failing || failures(failing) === 0) return undefined;
    const all = gateways.map(
      (gateway) =>
        `${gateway.key} ${grouped(failures(gateway))} of ${grouped(gateway.doc_count)} payments (p50 of its calls ${duration(quantileIn(gateway, 'gateway'))})`,
    );
    return {
      shows: `It is ${failing.key}. ${code} by gateway: ${listed(all)}.`,
      rulesOut: 'Our network and our servers as a whole: they would hit every gateway.',
      say: `By gateway it is clear: ${listed(gateways.map((gateway) => `${gateway.key} ${grouped(failures(gateway))} of ${grouped(gateway.doc_count)}`))}. It is ${failing.key}; what all of them share works.`,
      learned: { gateway: String(failing.key) },
    };
  },
};

interface Failing {
  readonly shows: string;
  readonly rulesOut: string;
}

/** Calls that take long, and those close to the timeout, which is 30 s. */
const BOUNDS_MS = [5000, 25_000] as const;

const howCallsFail = ({ shows, rulesOut }: Failing): StepMaker => ({
  question: 'Is the gateway slow, or does it not answer at all?',
  inquire: knowing(['code', 'gateway'], (scene, { code, gateway }) => ({
    span: spanOfIncident(scene),
    where: [{ field: 'payment_gateway', is: gateway }],
    aggs: byDuration('upstream_response_time_ms', BOUNDS_MS, TRIED(code)),
    ppl: durationsPpl('upstream_response_time_ms', 'calls'),
  })),
  tell: (answer, _scene, { code, gateway }) => {
    const durations = durationsIn(answer);
    if (!durations) return undefined;
    const { quick, slow, late, from, to } = durations;
    const count = (bucket: Bucket) => grouped(bucket.doc_count);
    const failed = (bucket: Bucket) => grouped(failures(bucket));
    const calls = `${count(quick)} end within ${from}, ${count(slow)} take ${from} to ${to}, and ${count(late)} take longer`;
    return {
      shows: `Of the calls to ${gateway}, ${calls}. ${code} among these: ${failed(quick)}, ${failed(slow)} and ${failed(late)}. ${shows}`,
      rulesOut,
      say: `How do its calls fail? ${capitalized(calls)}. ${shows}`,
    };
  },
});

/** When the gateway answers again; failures that end earlier may end only because the breakers hold the calls back. */
const whenItAnswers: StepMaker = {
  question: 'When is it over?',
  inquire: knowing(['gateway'], (scene, { gateway }) => ({
    span: spanToEnd(scene),
    where: [{ field: 'payment_gateway', is: gateway }],
    aggs: {
      open: { filter: term('circuit_breaker_state', 'open'), aggs: { last: highest('@timestamp') } },
      failures: {
        ...FAILED,
        aggs: { codes: { ...terms('error_code'), aggs: { last: highest('@timestamp') } } },
      },
      minutes: {
        ...perMinutes(scene.timeZone, 5),
        aggs: { p95: percentiles('response_time_ms'), errors: FAILED },
      },
    },
    ppl: 'stats max(`@timestamp`) as last_seen, count() as payments by status, error_code, circuit_breaker_state',
  })),
  tell: (answer, { incident, timeZone }, { code, gateway }) => {
    const minutes = bucketsIn(answer, 'minutes');
    const calm = minutes.findLast((minute) => Number(minute.key) + 300_000 > incident.recoveredMs);
    const failed = bucketsIn(answer, 'failures.codes').find(({ key }) => key === code);
    if (!calm || !failed) return undefined;
    const at = (ms: number) => clock(ms, timeZone, true);
    const last = valueIn(failed, 'last');
    const open = valueIn(valueAt(answer, 'aggregations.open'), 'last');
    const held = Number.isNaN(open)
      ? ''
      : ` The breakers hold payments back for longer: the last payment that meets an open one is at ${at(open)}.`;
    const p95 = duration(quantileIn(calm, 'p95'));
    const normal = `Failed payments on ${gateway} from ${minuteOf(calm)} on: ${grouped(countIn(calm, 'errors'))} of ${grouped(calm.doc_count)}, with a p95 of ${p95}`;
    return {
      shows: `The last ${code} is at ${at(last)}.${held} ${normal}: it answers again.`,
      rulesOut:
        'A repair on our side: nothing is restarted, and the breakers close by themselves once their probes are answered.',
      ended: `The gateway ${gateway} answers again. ${
        Number.isNaN(open)
          ? `The last ${code} is at ${at(last)}`
          : `The last payment that meets an open breaker is at ${at(open)}`
      }; from ${minuteOf(calm)} p95 of its payments is ${p95}.`,
      events: [
        { ms: last, text: `last ${code}` },
        ...(Number.isNaN(open) ? [] : [{ ms: open, text: 'last payment that meets an open breaker' }]),
        { ms: Number(calm.key), text: `p95 of payments on ${gateway}: ${p95}, back to normal`, short: BACK },
      ],
    };
  },
};

/** The nine steps of an investigation of a gateway, in order. */
const gatewaySteps = (failing: Failing): readonly StepMaker[] => [
  whichMinute,
  whichCodes,
  whichStep,
  whichGateway,
  whichServers,
  howCallsFail(failing),
  traffic,
  breakers,
  whenItAnswers,
];

export const hangingGateway = gatewaySteps({
  shows: 'The failed calls all end at the timeout; hardly any answer comes late.',
  rulesOut: 'A gateway that is only slow: its durations would spread up to the timeout.',
});

export const unreachableGateway = gatewaySteps({
  shows: 'The failed calls end well before the timeout of a call: no connection is made.',
  rulesOut: 'A gateway that takes the calls and hangs: they would take longer.',
});

export const slowGateway = gatewaySteps({
  shows: 'Good and failed calls alike take seconds: the gateway answers, late.',
  rulesOut: 'A gateway that is down: many of its slow calls succeed.',
});
