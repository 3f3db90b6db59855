// The first step: which minute.
import { grouped } from '../../../text/numbers.ts';
import { bucketsIn, largest, minuteOf, startOf } from './answer.ts';
import { errors, minutesPpl, overMinutes, p95 } from './minutes.ts';
import { TRANSACTIONS } from './search.ts';
import { type StepMaker, spanAbout } from './step.ts';
import { clock, duration, listed } from './words.ts';

/** A minute counts as the beginning when its p95 is this many times that of the minutes before. */
const JUMP = 3;

/** The first minute of an incident that starts all at once. */
export const whichMinute: StepMaker = {
  question: 'Which minute?',
  panel: 1,
  inquire: (scene) => ({
    span: spanAbout(scene),
    where: [TRANSACTIONS],
    aggs: overMinutes(scene.timeZone, 1),
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
  panel: 1,
  inquire: (scene) => ({
    span: spanAbout(scene),
    where: [TRANSACTIONS],
    aggs: overMinutes(scene.timeZone, 3),
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
