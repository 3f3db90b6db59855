// The daily curve: transactions per second in each part of the day, in the plan and in the index.

import { timeRange } from '../ground-truth/clauses.ts';
import { MINUTE_MS } from '../plan/durations.ts';
import { DAY_PARTS, type Plan, trafficAt } from '../plan/index.ts';
import type { Pause } from '../plan/pauses.ts';
import { dayOf, existsIn, instantOf } from '../plan/time-zone.ts';
import { type Check, numberAt } from './check.ts';
import type { RunScope } from './scope.ts';

/** Sessions arrive at random and bring 2.6 documents on average, so counts spread 1.7 times as wide as Poisson counts. */
const SPREAD = 1.7;
/** Failed payments are not confirmed, and some are retried: an incident changes the rate of its part of the day by this share. */
const INCIDENT_SHARE = 0.04;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

type DayPart = (typeof DAY_PARTS)[number];

/** What is left of a span without the pauses of a live shop, in which nothing was recorded. */
function withoutPauses(span: Span, pauses: readonly Pause[]): Span[] {
  return pauses.reduce<Span[]>(
    (left, { startMs, endMs }) =>
      left.flatMap(({ fromMs, toMs }) =>
        [
          { fromMs, toMs: Math.min(toMs, startMs) },
          { fromMs: Math.max(fromMs, endMs), toMs },
        ].filter((part) => part.toMs > part.fromMs),
      ),
    [span],
  );
}

/** The spans of one part of the day on every day of the data. */
function spansOf(
  { startMs, endMs, parameters, pauses }: Plan,
  { fromHour: from, toHour: to }: DayPart,
): Span[] {
  const { timeZone } = parameters;
  const spans: Span[] = [];
  for (let day = dayOf(startMs, timeZone); ; day = day.add({ days: 1 })) {
    const start = instantOf(day, from * 60, timeZone);
    if (start >= endMs) return spans;
    const end = to === 24 ? instantOf(day.add({ days: 1 }), 0, timeZone) : instantOf(day, to * 60, timeZone);
    const span = { fromMs: Math.max(start, startMs), toMs: Math.min(end, endMs) };
    if (span.toMs > span.fromMs && existsIn(day, timeZone)) spans.push(...withoutPauses(span, pauses));
  }
}

interface ExpectedRate {
  /** Name of the part of the day. */
  readonly block: string;
  readonly seconds: number;
  /** Transactions a second. */
  readonly rate: number;
  /** Largest difference allowed, transactions a second. */
  readonly tolerance: number;
  readonly spans: readonly Span[];
}

function expectedIn(plan: Plan, part: DayPart): ExpectedRate {
  const spans = spansOf(plan, part);
  let seconds = 0;
  let transactions = 0;
  for (const { fromMs, toMs } of spans) {
    for (let ms = fromMs; ms < toMs; ms += MINUTE_MS) {
      const widthMs = Math.min(MINUTE_MS, toMs - ms);
      transactions += (trafficAt(plan, ms + widthMs / 2) * widthMs) / 1000;
    }
    seconds += (toMs - fromMs) / 1000;
  }
  const { sample } = plan.parameters;
  const rate = transactions / seconds;
  const chance = (5 * SPREAD * Math.sqrt(transactions / sample) * sample) / seconds;
  return { block: part.name, spans, seconds, rate, tolerance: chance + INCIDENT_SHARE * rate };
}

const tenths = (rate: number) => String(Math.round(rate * 10) / 10);

/** `sum(sample_weight)` a second in each part of the day matches the curve, within statistical noise. */
export function trafficCheck(scope: RunScope, plan: Plan): Check {
  const blocks = DAY_PARTS.map((part) => expectedIn(plan, part)).filter(({ seconds }) => seconds > 0);
  const filters = Object.fromEntries(
    blocks.map(({ block, spans }) => [
      block,
      { bool: { should: spans.map(({ fromMs, toMs }) => timeRange(fromMs, toMs)) } },
    ]),
  );
  const aggs = {
    blocks: { filters: { filters }, aggs: { transactions: { sum: { field: 'sample_weight' } } } },
  };
  const list = (rates: readonly number[]) =>
    blocks.map(({ block }, index) => `${block} h ${tenths(rates[index] ?? 0)}`).join(', ');
  return {
    id: 'traffic',
    title: 'Transactions per second by hour of day',
    query: scope.search({ size: 0, aggs }),
    expected: list(blocks.map(({ rate }) => rate)),
    judge: (answer) => {
      const rates = blocks.map(
        ({ block, seconds }) =>
          numberAt(answer, `aggregations.blocks.buckets.${block}.transactions.value`) / seconds,
      );
      const ok = blocks.every(
        ({ rate, tolerance }, index) => Math.abs((rates[index] ?? Number.NaN) - rate) <= tolerance,
      );
      return { ok, found: list(rates) };
    },
  };
}
