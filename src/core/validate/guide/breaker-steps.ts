// What the circuit breakers do, which can look like a recovery.
import { grouped } from '../../../text/numbers.ts';
import { type Bucket, bucketsIn, quantileIn, valueIn } from './answer.ts';
import { FAILED, lowest, percentiles, TRANSACTIONS, terms } from './search.ts';
import { type StepMaker, spanToEnd } from './step.ts';
import { clock, duration, listed } from './words.ts';

/** When they open, and what that makes of the response times. */
export const breakers: StepMaker = {
  question: 'What do the circuit breakers do?',
  panel: 4,
  inquire: (scene) => ({
    span: spanToEnd(scene),
    where: [TRANSACTIONS],
    aggs: {
      states: {
        ...terms('circuit_breaker_state'),
        aggs: {
          servers: { ...terms('server_instance'), aggs: { first: lowest('@timestamp') } },
          failures: { ...FAILED, aggs: { p50: percentiles('response_time_ms', 50) } },
        },
      },
    },
    ppl: 'stats min(`@timestamp`) as first_seen, count() as transactions by circuit_breaker_state, server_instance',
  }),
  tell: (answer, { timeZone }) => {
    const states = bucketsIn(answer, 'states');
    const state = (key: string) => states.find((bucket) => bucket.key === key);
    const [open, halfOpen] = [state('open'), state('half_open')];
    if (states.length === 0) return undefined;
    if (!open) {
      return {
        shows: 'They stay closed: too few calls fail to open them.',
        rulesOut: 'The breakers as a cause: none of them opens.',
      };
    }
    const opened = bucketsIn(open, 'servers').toSorted((a, b) => valueIn(a, 'first') - valueIn(b, 'first'));
    const at = (bucket: Bucket) => clock(valueIn(bucket, 'first'), timeZone, true);
    const openings = listed(opened.map((server) => `${server.key} ${at(server)}`));
    const fast = quantileIn(open['failures'], 'p50');
    const probing = halfOpen ? ` ${grouped(halfOpen.doc_count)} transactions see one half open.` : '';
    const quickly = Number.isNaN(fast)
      ? ''
      : ` While one is open, half of its failures take ${duration(fast)} or less.`;
    return {
      shows: `They open. First transaction with an open breaker: ${openings}.${quickly}${probing}`,
      rulesOut:
        'The breakers as the cause: they open after the first failures (step 1). Short response times are no recovery either: payments still fail, only faster.',
      say: `Now the red herring. From ${opened[0] ? at(opened[0]) : ''} the response times fall, and it looks like a recovery. It is the circuit breakers: payments fail${
        Number.isNaN(fast) ? '' : ` in ${duration(fast)}`
      } instead of waiting.`,
      events: opened.map((server, place) => ({
        ms: valueIn(server, 'first'),
        text: `circuit breaker of ${server.key} is open`,
        ...(place === 0 ? { short: 'first breaker opens' } : {}),
      })),
    };
  },
};
