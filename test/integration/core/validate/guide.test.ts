// The guide against the index it speaks of: ten seeds, in zones of every kind.

import { expect, test } from 'vitest';
import { refreshIndex } from '../../../../src/core/cluster/indexes/refresh.ts';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import type { CheckResult } from '../../../../src/core/events.ts';
import { generateDocuments } from '../../../../src/core/generate/index.ts';
import { TRANSACTIONS } from '../../../../src/core/generate/signals/transactions.ts';
import type { Plan } from '../../../../src/core/plan/index.ts';
import { FAILURE_CODE } from '../../../../src/core/plan/models/call-times.ts';
import { INCIDENT_CODES, modelOf } from '../../../../src/core/plan/models/registry.ts';
import type { Preset } from '../../../../src/core/plan/preset.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { BALANCERS, GATEWAYS, SERVERS } from '../../../../src/core/plan/shop.ts';
import { askGuide } from '../../../../src/core/run/guide.ts';
import { runCheck } from '../../../../src/core/validate/check.ts';
import { evidenceChecks } from '../../../../src/core/validate/evidence-checks.ts';
import { briefsOf } from '../../../../src/core/validate/guide/briefs.ts';
import type { Guide } from '../../../../src/core/validate/guide/guide.ts';
import { sameMinutesElsewhere } from '../../../../src/core/validate/guide/memory-steps.ts';
import { guideText } from '../../../../src/core/validate/guide/pages.ts';
import { runScope } from '../../../../src/core/validate/scope.ts';
import { encode, planWith } from '../../../helpers/generated.ts';
import { type Ask, numbersIn, unseenNames, writtenNumbers, wrongNumbers } from '../../../helpers/guide.ts';
import { testIndexes } from '../../../helpers/indexes.ts';

const NOW = Date.parse('2026-03-14T20:00:00Z');
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Asia/Tokyo'] as const;
const SEEDS = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110];
/** The guide looks at whole half hours around an incident, at least 15 minutes on each side. */
const MARGIN_MS = 46 * 60_000;

interface Slots {
  readonly from: number;
  readonly to: number;
}

const indexes = await testIndexes();
const signal = new AbortController().signal;

const ask: Ask = async (query) => (await indexes.cluster.request({ ...query, path: `/${query.path}` })).body;

/** Presets of a person's own, of the types that no built-in one has. */
const [payment] = BUILT_IN.filter(({ id }) => id === 'payment-gateway-timeout');
const own = (id: string, days_before: number, start: string, end: string, model: Preset['model']): Preset => {
  if (!payment) throw new Error('there is no payment preset');
  return {
    ...payment,
    ...{ id, title: `Own ${id}`, model },
    window: { ...payment.window, days_before, start, end },
    evidence: [
      {
        id: 'fails',
        claim: 'Failed transactions',
        query: { term: { status: 'error' } },
        expect: { equals: 'errors' },
      },
    ],
    investigation: [
      {
        ...{ id: 'how-many', question: 'How many transactions fail?', claim: 'Failures' },
        ...{ query: { term: { status: 'error' } }, expect: { equals: 'errors' } },
        shows: '{found} of {documents} transactions fail.',
      },
    ],
  };
};
const OWN = [
  own('unreachable', 1, '17:00', '17:10', { type: 'circuit_breaker', settings: { gateway: 'stripe' } }),
  own('slow', 0, '10:00', '10:12', { type: 'upstream_degradation', settings: { gateway: 'stripe' } }),
];

/** The same slots, each once, in as few pieces as there are: a piece begins some minutes earlier to know its sessions. */
function joined(pieces: readonly Slots[]): Slots[] {
  const whole: Slots[] = [];
  for (const piece of pieces.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && piece.from <= last.to)
      whole.splice(-1, 1, { from: last.from, to: Math.max(last.to, piece.to) });
    else whole.push(piece);
  }
  return whole;
}

/** Loads what the guide looks at: the hours around each incident, and the evening that one of them is compared with. */
async function loaded(plan: Plan): Promise<string> {
  const index = await indexes.create();
  const { timeZone } = plan.parameters;
  const spans = plan.incidents.flatMap((incident) => {
    const { preset, startMs, endMs, recoveredMs } = incident;
    if (preset === null) return [{ fromMs: startMs, toMs: endMs }];
    const around = { fromMs: startMs - MARGIN_MS, toMs: recoveredMs + MARGIN_MS };
    return [around, ...[sameMinutesElsewhere({ plan, incident, timeZone }) ?? []].flat()];
  });
  const slotOf = (ms: number) => Math.floor((ms - plan.firstSlotMs) / plan.slotMs);
  const parts = joined(
    spans.map(({ fromMs, toMs }) => ({
      from: Math.max(0, slotOf(fromMs - 600_000)),
      to: Math.min(plan.slotCount, slotOf(toMs) + 1),
    })),
  );
  const lines = parts.flatMap((slots) => [...generateDocuments(plan, slots)].map(encode));
  for (let at = 0; at < lines.length; at += 5000) {
    const body = Buffer.from(lines.slice(at, at + 5000).join(''));
    await indexes.cluster.request({ method: 'POST', path: `/${index}/_bulk`, body });
  }
  await refreshIndex(indexes.cluster, index);
  return index;
}

async function guideOf(plan: Plan): Promise<Guide> {
  const index = await loaded(plan);
  const scope = runScope(STORED_TRANSACTIONS, index, plan, true);
  const tally = TRANSACTIONS.tally.count(plan);
  const { cluster } = indexes;
  const results: CheckResult[] = [];
  for (const check of evidenceChecks(scope, plan, tally)) {
    const result = await runCheck(cluster, check, signal);
    if (result) results.push(result);
  }
  return askGuide({ cluster, plan, tally, url: cluster.url, scope, results, signal });
}

const planOf = (seed: number, at: number) =>
  planWith({ seed, days: 3, timeZone: ZONES[at % ZONES.length] ?? 'UTC' }, NOW, [...BUILT_IN, ...OWN]);

/** Codes, gateways, upstream services, servers and load balancers of any document. */
async function vocabularyOf(index: string): Promise<ReadonlySet<string>> {
  const fields = ['error_code', 'payment_gateway', 'upstream_service', 'server_instance', 'load_balancer'];
  const aggs = Object.fromEntries(fields.map((field) => [field, { terms: { field, size: 100 } }]));
  const answer = await ask({ method: 'GET', path: `${index}/_search`, body: { size: 0, aggs } });
  const { aggregations } = answer as {
    aggregations: Record<string, { buckets: readonly { key: string }[] }>;
  };
  return new Set(Object.values(aggregations).flatMap(({ buckets }) => buckets.map(({ key }) => key)));
}

const MOST_LINES = 130;

/** Lines of Markdown from a heading to the next of its level or above. */
function linesUnder(markdown: string, heading: string): readonly string[] {
  const next = new RegExp(`^#{1,${heading.indexOf(' ')}} `);
  const lines = markdown.split('\n');
  const start = lines.indexOf(heading);
  const end = lines.findIndex((line, at) => at > start && next.test(line));
  return start < 0 ? [] : lines.slice(start, end < 0 ? undefined : end);
}

test.each(SEEDS.map((seed, at) => [seed, at] as const))(
  'seed %i: every number is that of its query, no query names what no answer has shown, and the cause is found',
  async (seed, at) => {
    const plan = planOf(seed, at);
    const guide = await guideOf(plan);
    expect(guide.scenarios).toHaveLength(BUILT_IN.length + OWN.length);
    expect(await wrongNumbers(guide, ask)).toEqual([]);

    const vocabulary = await vocabularyOf(guide.index);
    for (const name of [...GATEWAYS, ...SERVERS, ...BALANCERS, ...INCIDENT_CODES])
      expect(vocabulary, 'what the index holds').toContain(name);
    const markdown = guideText(guide);
    for (const scenario of guide.scenarios) {
      const { title, incident, steps, impact, brief, ended, ownSteps } = scenario;
      expect(await unseenNames(scenario, vocabulary, ask), title).toEqual([]);
      expect(
        steps.map(({ told }) => told.shows).filter((text) => /holds too few documents/.test(text)),
        title,
      ).toEqual([]);
      expect(steps, title).toHaveLength(9);
      expect(impact, title).toBeDefined();
      expect(brief?.errorRate, title).toBeGreaterThan(0.1);
      expect(brief?.p95Ms, title).toBeGreaterThan(brief?.p95BeforeMs ?? Number.POSITIVE_INFINITY);
      expect(ended, title).toBeDefined();
      const learned = Object.assign({}, ...steps.map(({ told }) => told.learned));
      const { callFailure, codes } = modelOf(incident.type);
      expect(learned.code, title).toBe(callFailure ? FAILURE_CODE[callFailure] : codes[0]);
      expect(learned.gateway, title).toBe(incident.gateway);
      // At a glance: the failures that the steps have followed, and nothing left out.
      expect(brief?.failuresDql, title).toContain(`error_code : ${learned.code}`);
      const glance = briefsOf(guide).find((each) => each.incident === incident.id);
      for (const part of ['say', 'which', 'where', 'impact', 'cause'] as const)
        expect(glance?.[part], `${title}: ${part}`).not.toBe('');
      expect(glance?.when, title).toContain(`first ${learned.code}`);
      expect(glance?.when, title).toMatch(/ back to normal$/);
      expect(ownSteps, title).toHaveLength(OWN.some(({ id }) => id === incident.preset) ? 1 : 0);
      const about = linesUnder(markdown, `### ${title}`).length + linesUnder(markdown, `## ${title}`).length;
      expect(about + scenario.timeline.length, title).toBeLessThanOrEqual(MOST_LINES);
    }
    // What a built-in preset says in its own words must be true of this run as well.
    for (const { title, story, rootCause, redHerrings, steps } of guide.scenarios) {
      if (!BUILT_IN.some((preset) => preset.title === title)) continue;
      const answers = await Promise.all(steps.map(({ query }) => ask(query)));
      const known = writtenNumbers([answers, steps.map(({ query }) => query.body)], guide.timeZone);
      const said = numbersIn([story, rootCause, ...redHerrings].join(' '));
      expect(
        said.filter((number) => !known.has(number)),
        title,
      ).toEqual([]);
    }
    // The table of the others, whose numbers are all from one answer.
    expect(guide.random).toHaveLength(plan.incidents.filter(({ preset }) => preset === null).length);
    const others = guide.randomSearch && (await ask(guide.randomSearch.query));
    const written = writtenNumbers(others, guide.timeZone);
    for (const { failures } of guide.random)
      expect(numbersIn(failures).filter((number) => !written.has(number))).toEqual([]);
  },
);

test('a number that is not in its answer, and a name that comes too early, are noticed', async () => {
  const guide = await guideOf(planWith({ seed: 120, days: 1, incidentsPerDay: { min: 0, max: 0 } }, NOW));
  const [scenario] = guide.scenarios;
  const step = scenario?.steps[3];
  if (!scenario || !step) throw new Error('there is no step');
  const told = { ...step.told, shows: `${step.told.shows} And 77,777 more at 03:33.` };
  const forged = { ...scenario, steps: scenario.steps.with(3, { ...step, told }) };
  expect(await wrongNumbers({ ...guide, scenarios: [forged] }, ask)).toHaveLength(2);
  const early = { ...scenario, steps: scenario.steps.slice(3) };
  expect(await unseenNames(early, await vocabularyOf(guide.index), ask)).toContain('step 0: PAYMENT_TIMEOUT');
});
