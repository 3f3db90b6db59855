// Every figure of the answer key, read a second time from the documents as they are written, by other means.
import { describe, expect, it } from 'vitest';
import { emptyTally } from '../../../../src/core/generate/count/tally.ts';
import { generateBatches, slotRange } from '../../../../src/core/generate/index.ts';
import { type AnswerEntry, answerKey } from '../../../../src/core/ground-truth/answer-key.ts';
import type { Plan, PlanParameters } from '../../../../src/core/plan/index.ts';
import { planWith } from '../../../helpers/generated.ts';

/** The codes that docs/answer-key.md calls those of incidents. */
const OF_INCIDENTS = [
  'PAYMENT_TIMEOUT',
  'DB_CONN_EXHAUSTED',
  'CIRCUIT_BREAKER_OPEN',
  'MEMORY_EXHAUSTED',
  'UPSTREAM_SERVICE_ERROR',
];

interface Line {
  readonly ms: number;
  readonly status?: string;
  readonly code: string | undefined;
  readonly responseMs: number;
  readonly open: boolean;
}

/** The documents of a plan from its NDJSON, without those that have no response time, and its answer key. */
function written(plan: Plan): { lines: readonly Line[]; key: readonly AnswerEntry[] } {
  const tally = emptyTally();
  const lines: Line[] = [];
  for (const { data } of generateBatches(plan, { ...slotRange(plan), tally }))
    for (const [at, text] of Buffer.from(data).toString().trimEnd().split('\n').entries()) {
      if (at % 2 === 0) continue;
      const document = JSON.parse(text);
      if (document.response_time_ms === undefined) continue;
      lines.push({
        ms: Date.parse(document['@timestamp']),
        status: document.status,
        code: document.error_code,
        responseMs: document.response_time_ms,
        open: document.circuit_breaker_state === 'open',
      });
    }
  return { lines, key: answerKey(plan, tally) };
}

const within = (lines: readonly Line[], from: string | number, to: string | number) =>
  lines.filter(({ ms }) => ms >= new Date(from).getTime() && ms < new Date(to).getTime());

function countsOf(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** The nearest rank: the value at ceil(share · n) of the sorted ones. */
const rank = (sorted: readonly number[], percent: number) =>
  sorted[Math.ceil((percent * sorted.length) / 100) - 1];

function figuresOf(lines: readonly Line[]) {
  const times = lines.map(({ responseMs }) => responseMs).sort((a, b) => a - b);
  const failed = lines.filter(({ status }) => status === 'error');
  const codes = failed.map(({ code }) => code ?? 'none');
  return {
    documents: lines.length,
    errors: countsOf(codes.filter((code) => OF_INCIDENTS.includes(code))),
    other_errors: countsOf(codes.filter((code) => !OF_INCIDENTS.includes(code))),
    // Half a ten-thousandth is rounded up; in integers, so that it is exactly half.
    error_rate: Math.floor((20_000 * failed.length + lines.length) / (2 * lines.length)) / 10_000,
    p50_response_time_ms: rank(times, 50),
    p95_response_time_ms: rank(times, 95),
    p99_response_time_ms: rank(times, 99),
    max_response_time_ms: times.at(-1),
  };
}

const firstOf = (lines: readonly Line[], shows: (line: Line) => boolean) => {
  const moments = lines.filter(shows).map(({ ms }) => ms);
  return moments.length === 0 ? null : new Date(Math.min(...moments)).toISOString();
};

const MINUTE = 60_000;

/** The end of the first minute with p95 above 2 s or a tenth of errors, and at least three such documents. */
function detectableFrom(lines: readonly Line[], { start, recovered }: AnswerEntry): string | null {
  const first = Math.floor(Date.parse(start) / MINUTE) * MINUTE;
  for (let from = first; from < Date.parse(recovered); from += MINUTE) {
    const minute = within(lines, from, from + MINUTE);
    const slow = minute.filter(({ responseMs }) => responseMs > 2000).length;
    const errors = minute.filter(({ status }) => status === 'error').length;
    const p95 =
      rank(
        minute.map(({ responseMs }) => responseMs).sort((a, b) => a - b),
        95,
      ) ?? 0;
    const fires = (slow >= 3 && p95 > 2000) || (errors >= 3 && errors / minute.length >= 0.1);
    if (fires) return new Date(from + MINUTE).toISOString();
  }
  return null;
}

const CASES: readonly (readonly [string, Partial<PlanParameters>])[] = [
  ...Array.from({ length: 10 }, (_, at) => [`seed ${at + 1}`, { seed: at + 1, sample: 240 }] as const),
  ['seed 11, three days at the default sample', { seed: 11, days: 3 }],
  ['graded', { seed: 12, sample: 120, days: 4, profile: 'graded' }],
];

describe.each(CASES)('the answer key, %s', (_, changes) => {
  const { lines, key } = written(planWith(changes));
  const incidents = key.filter(({ kind }) => kind === 'incident');

  it('states what the documents of each window show', () => {
    expect(incidents.length).toBeGreaterThan(3);
    for (const { id, start, end, expected } of incidents)
      expect({ id, ...expected }).toEqual({ id, ...figuresOf(within(lines, start, end)) });
  });

  it('states when each incident shows', () => {
    for (const entry of incidents) {
      const its = within(lines, entry.start, entry.recovered);
      const symptom = ({ code, responseMs, open }: Line) =>
        open || responseMs >= 5000 || (code !== undefined && OF_INCIDENTS.includes(code));
      const { id, first_symptom_at, breaker_opened_at, detectable_from } = entry;
      expect({ id, first_symptom_at, breaker_opened_at, detectable_from }).toEqual({
        id,
        first_symptom_at: firstOf(its, symptom),
        breaker_opened_at: firstOf(its, ({ open }) => open),
        detectable_from: detectableFrom(lines, entry),
      });
    }
  });

  it('is in the order of time, and every moment lies where it belongs', () => {
    expect(key.map(({ start }) => start)).toEqual(key.map(({ start }) => start).toSorted());
    for (const { id, onset, start, end, recovered, mitigated_at } of incidents) {
      expect(onset <= start && start < end && end <= recovered, id).toBe(true);
      expect(mitigated_at !== null && mitigated_at > start && mitigated_at <= recovered, id).toBe(true);
    }
  });
});

describe('an answer key without a tally', () => {
  it('has expectations of the model, and no moments that only documents tell', () => {
    for (const entry of answerKey(planWith({ days: 1 }))) {
      const { p50_response_time_ms: p50, p95_response_time_ms: p95 } = entry.expected ?? {};
      expect(p50 !== undefined && p95 !== undefined && p50 <= p95).toBe(true);
      expect([entry.first_symptom_at, entry.breaker_opened_at, entry.detectable_from]).toEqual([
        null,
        null,
        null,
      ]);
    }
  });
});

describe('a red herring', () => {
  it('is an entry of its own kind, without a type, a severity and figures', () => {
    const plan = planWith({ days: 1 });
    const herring = {
      id: 'herring-1',
      title: 'Flash sale',
      component: 'traffic',
      reason: 'flash_sale',
      startMs: plan.startMs,
      endMs: plan.startMs + 600_000,
      servers: ['checkout-service-01'],
      steps: ['cart_review'],
    } as const;
    const [entry] = answerKey({ ...plan, redHerrings: [herring] });
    expect(entry).toMatchObject({
      ...{ id: 'herring-1', kind: 'red_herring', type: null, severity: null, expected: null },
      ...{ component: 'traffic', reason: 'flash_sale', mitigation: null, mitigated_at: null },
      ...{
        start: new Date(plan.startMs).toISOString(),
        recovered: new Date(plan.startMs + 600_000).toISOString(),
      },
    });
  });
});

it('says in a root cause that breakers open only where documents show one that is open', () => {
  const many = { days: 3, seed: 3, sample: 60, incidentsPerDay: { min: 6, max: 8 } } as const;
  const { lines, key } = written(planWith(many));
  const gateways = key.filter(
    ({ type, preset }) => preset === null && /payment_gateway_timeout|circuit_breaker/.test(type ?? ''),
  );
  const said = gateways.map(({ root_cause }) => /breakers open/.test(root_cause ?? ''));
  const shown = gateways.map(({ start, recovered }) =>
    within(lines, start, recovered).some(({ open }) => open),
  );
  expect(said).toEqual(shown);
  expect(new Set(said).size).toBe(2);
});
