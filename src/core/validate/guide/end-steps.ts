// The last step: when it is over.
import { grouped } from '../../../text/numbers.ts';
import { term } from '../../ground-truth/clauses.ts';
import { type Bucket, bucketsIn, minuteOf, startOf, valueIn } from './answer.ts';
import { errors, minutesPpl, overMinutes, p95 } from './minutes.ts';
import { highest, TRANSACTIONS, terms } from './search.ts';
import { knowing, type StepMaker, spanToEnd } from './step.ts';
import { clock, duration, listed } from './words.ts';

/** The end of an incident, at a glance. */
export const BACK = 'back to normal';

/** When the failures end and the response times are normal again. */
export const howItEnded = (rulesOut: string): StepMaker => ({
  question: 'When is it over?',
  inquire: knowing(['code'], (scene, { code }) => ({
    span: spanToEnd(scene),
    where: [TRANSACTIONS],
    aggs: {
      failures: {
        filter: term('error_code', code),
        aggs: { servers: { ...terms('server_instance'), aggs: { last: highest('@timestamp') } } },
      },
      ...overMinutes(scene.timeZone, 1),
    },
    ppl: minutesPpl(1),
  })),
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
