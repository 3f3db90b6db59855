import { describe, expect, it, test } from 'vitest';
import { roomsOf } from '../../../../../src/core/dashboards/rooms.ts';
import { STORED_TRANSACTIONS } from '../../../../../src/core/documents/transactions.ts';
import { tallyOf } from '../../../../../src/core/generate/index.ts';
import type { Preset } from '../../../../../src/core/plan/preset.ts';
import { BUILT_IN } from '../../../../../src/core/plan/presets.ts';
import { evidenceChecks } from '../../../../../src/core/validate/evidence-checks.ts';
import { makeGuide, withLinks } from '../../../../../src/core/validate/guide/guide.ts';
import { INVESTIGATIONS } from '../../../../../src/core/validate/guide/investigations.ts';
import { guideText } from '../../../../../src/core/validate/guide/pages.ts';
import { type Inquiry, writtenSearch } from '../../../../../src/core/validate/guide/search.ts';
import { runScope } from '../../../../../src/core/validate/scope.ts';
import { NOW, planWith } from '../../../../helpers/generated.ts';

const PLAN = { key: 'abc', firstSlotMs: 0, slotMs: 60_000, markers: [] };
const alone = runScope(STORED_TRANSACTIONS, 'demo', PLAN, true);
const shared = runScope(STORED_TRANSACTIONS, 'demo', PLAN, false);
const at = (time: string) => Date.parse(`2026-11-24T${time}:00Z`);
const INQUIRY: Inquiry = {
  span: { fromMs: at('14:25'), toMs: at('14:35') },
  where: [
    { field: 'status', is: 'error' },
    { field: 'memory_usage_percent', atLeast: 80 },
  ],
  aggs: { codes: { terms: { field: 'error_code' } } },
  ppl: 'stats count() by error_code',
};

describe('a search of the guide', () => {
  it('has the same conditions in DQL, DSL and PPL', () => {
    const { dql, query, ppl } = writtenSearch(alone, INQUIRY);
    expect(dql).toBe('status : error and memory_usage_percent >= 80');
    expect(query).toEqual({
      method: 'GET',
      path: 'demo/_search',
      body: {
        size: 0,
        query: {
          bool: {
            filter: [
              {
                range: { '@timestamp': { gte: '2026-11-24T14:25:00.000Z', lt: '2026-11-24T14:35:00.000Z' } },
              },
              { term: { status: 'error' } },
              { range: { memory_usage_percent: { gte: 80 } } },
            ],
          },
        },
        aggs: INQUIRY.aggs,
      },
    });
    expect(ppl).toBe(
      "source = demo | where `@timestamp` >= '2026-11-24 14:25:00' and `@timestamp` < '2026-11-24 14:35:00' and status = 'error' and memory_usage_percent >= 80 | stats count() by error_code",
    );
  });

  it('takes two spans, and only its own documents where the index holds others', () => {
    const also = { fromMs: at('10:00'), toMs: at('10:10') };
    const { dql, query, ppl, spans } = writtenSearch(shared, { ...INQUIRY, where: [], also });
    expect(spans).toEqual([INQUIRY.span, also]);
    expect(dql).toMatch(/^transaction_id : \S*abc\S*\*$/);
    expect(JSON.stringify(query.body)).toContain('"should":[');
    expect(JSON.stringify(query.body)).toContain('{"prefix":{"transaction_id":"');
    // The earlier span first; AND and OR do not meet in one command, which binds them differently in 2.x and 3.x.
    const [source, whole, gap] = ppl.split(' | ');
    expect(source).toBe('source = demo');
    expect(whole).toMatch(
      /^where `@timestamp` >= '2026-11-24 10:00:00' and `@timestamp` < '2026-11-24 14:35:00' and /,
    );
    expect(gap).toBe("where `@timestamp` < '2026-11-24 10:10:00' or `@timestamp` >= '2026-11-24 14:25:00'");
    expect(ppl).toContain("like(transaction_id, '");
  });
});

it.each([
  ['ecommerce_performance_demo', 'ecommerce_performance_demo'],
  ['shop-2026.11', '`shop-2026.11`'],
  ['a%b', '`a%b`'],
])('the index %s stands in PPL as %s', (index, written) => {
  const scope = runScope(
    STORED_TRANSACTIONS,
    index,
    { key: 'abc', firstSlotMs: 0, slotMs: 60_000, markers: [] },
    true,
  );
  expect(writtenSearch(scope, INQUIRY).ppl.split(' | ')[0]).toBe(`source = ${written}`);
});

const guideFor = async (
  presets: readonly Preset[],
  answer: unknown,
  found = '65',
  zone = 'Europe/Berlin',
) => {
  const parameters = { days: 1, incidentsPerDay: { min: 0, max: 0 }, timeZone: zone };
  const plan = planWith(parameters, NOW, presets);
  const tally = tallyOf(plan);
  const scope = runScope(STORED_TRANSACTIONS, 'demo', plan, true);
  const results = evidenceChecks(scope, plan, tally).map(({ id, title, query, expected, unit }) => ({
    ...{ id, title, query, expected, found, ok: found !== '1', ms: 1 },
    ...(unit ? { unit } : {}),
  }));
  const url = 'http://localhost:9200';
  return makeGuide({ plan, tally, url, scope, results, ask: async () => answer });
};
const payment = BUILT_IN.filter(({ id }) => id === 'payment-gateway-timeout');

test('a step that names a panel names one that the incident room has', () => {
  const plan = planWith({ days: 1 });
  const { panels } = roomsOf({ plan, index: 'demo', pattern: 'p', answers: false });
  const numbers = panels.flatMap(({ title }) => /^\d+(?=\. )/.exec(title) ?? []).map(Number);
  expect(numbers).toEqual(numbers.map((_, place) => place + 1));
  const named = Object.values(INVESTIGATIONS).map(({ steps }) => steps.flatMap(({ panel = [] }) => panel));
  for (const each of named) {
    expect(each.length).toBeGreaterThan(2);
    expect(each.filter((panel) => !numbers.includes(panel))).toEqual([]);
  }
});

describe('the investigation guide', () => {
  it('says of an empty index that it shows nothing, and asks no step that would need an answer', async () => {
    const guide = await guideFor(payment, { hits: { total: { value: 0 } }, aggregations: {} });
    const [scenario] = guide.scenarios;
    expect(scenario?.steps.length).toBeGreaterThan(0);
    for (const { told } of scenario?.steps ?? []) expect(told.shows).toContain('too few documents');
    expect(scenario?.steps.map(({ dql }) => dql).join(' ')).not.toMatch(/PAYMENT_TIMEOUT|stripe/);
    expect(guideText(guide)).not.toMatch(/NaN|undefined/);
  });

  it.each([
    ['UTC', 0],
    ['Etc/UTC', 0],
    ['Europe/Berlin', 1],
  ])('gives the time of a scenario in UTC once: %s', async (timeZone, times) => {
    const text = guideText(await guideFor(payment, {}, '8900', timeZone));
    expect(text.split('recovered by')).toHaveLength(2);
    expect(text.split('In UTC:')).toHaveLength(times + 1);
  });

  it('keeps the proof in an appendix, with units also where it does not hold', async () => {
    const text = guideText(await guideFor(payment, {}, '1'));
    expect(text.indexOf('| Claim |')).toBeGreaterThan(text.indexOf('## Appendix'));
    expect(text).toContain('| from 200 to 420 ms | 1 ms | **no** |');
    expect(text.indexOf('curl ')).toBeGreaterThan(text.indexOf('## Appendix'));
  });

  it("adds the steps of a person's own preset, with its questions as they were before there were claims", async () => {
    const own = payment.map(
      (preset): Preset => ({
        ...preset,
        investigation: preset.investigation.slice(0, 1).map(({ claim, ...step }) => ({
          ...step,
          question: 'Is it slow?',
          shows: 'It took {found}.',
        })),
      }),
    );
    const text = guideText(await guideFor(own, {}, '8900'));
    expect(text).toMatch(/### \d\. Is it slow\?\n/);
    expect(text).toContain('It took 8.9 s.');
    expect(guideText(await guideFor(own, {}, '1'))).toMatch(
      /Not in this index:\*\* expected exactly 30,\d{3} ms, found 1 ms\./,
    );
    expect(guideText(await guideFor(payment, {}))).not.toContain('How slow are the slowest transactions?\n');
  });

  it('links to Dashboards without asking again', async () => {
    const plain = await guideFor(payment, { aggregations: {} });
    const id = plain.scenarios[0]?.incident.id ?? '';
    const page = 'https://dashboards.example.com/app/dashboards#/view/room';
    const guide = withLinks(plain, {
      links: [
        { incident: id, title: 'The incident room', url: page },
        { incident: null, title: 'All of the data', url: `${page}?all` },
      ],
      discover: (dql, { fromMs }) =>
        `https://dashboards.example.com/discover?${encodeURIComponent(dql)}@${fromMs}`,
    });
    const [text, before] = [guideText(guide), guideText(plain)];
    expect(text).toContain(`- **Dashboards:** [The incident room](${page})`);
    expect(text).not.toContain('All of the data');
    const [span] = plain.scenarios[0]?.steps[0]?.spans ?? [];
    expect(text).toContain(
      `- [Discover](https://dashboards.example.com/discover?event_type%20%3A%20checkout_attempt@${span?.fromMs}) (`,
    );
    expect(before).not.toContain('dashboards.example.com');
  });
});
