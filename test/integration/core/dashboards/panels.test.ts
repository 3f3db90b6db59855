// Every panel's search on a real cluster with the three presets: something is drawn, and the story shows.
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Cluster, openCluster } from '../../../../src/core/cluster/client.ts';
import type { TimeSpan } from '../../../../src/core/dashboards/links.ts';
import type { Panel } from '../../../../src/core/dashboards/panel.ts';
import { roomsOf } from '../../../../src/core/dashboards/rooms.ts';
import { searchPanel } from '../../../../src/core/dashboards/try-panels.ts';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import { loadInto } from '../../../../src/core/index.ts';
import { inquireImpact, tellImpact } from '../../../../src/core/validate/guide/impact.ts';
import { writtenSearch } from '../../../../src/core/validate/guide/search.ts';
import { runScope } from '../../../../src/core/validate/scope.ts';
import { everyField } from '../../../helpers/dashboards.ts';
import { planWith } from '../../../helpers/generated.ts';

const url = inject('openSearchUrl');
const index = `dashboards-panels-${process.pid}`;
const plan = planWith({ days: 3, seed: 7 });
const { panels } = roomsOf({ plan, index, pattern: 'p', answers: true });
const searched = panels.filter(({ search }) => search);
const presets = plan.incidents.filter(({ preset }) => preset !== null);
let cluster: Cluster;

beforeAll(async () => {
  cluster = await openCluster({ url }, {});
  await loadInto(cluster, plan, { index });
});
afterAll(async () => {
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  await cluster.close();
});

function panelNamed(piece: string): Panel {
  const panel = panels.find((one) => one.piece === piece);
  if (!panel) throw new Error(`no panel ${piece}`);
  return panel;
}

type Answer = Readonly<Record<string, unknown>>;

/** An aggregation of an answer that has buckets. */
interface Buckets<T> {
  readonly buckets: readonly T[];
}

async function ask({ search }: Panel, span: TimeSpan): Promise<Answer> {
  if (!search) throw new Error('no search');
  return (await searchPanel({ cluster, index, search, span })) as Answer;
}

const whole = { fromMs: plan.startMs, toMs: plan.endMs };
const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** The numbers that a part of an answer draws: those of its metrics, or counts of documents where it has none. */
function drawnNumbers(part: unknown): number[] {
  const fields = everyField({ part });
  const metrics = fields.filter(({ key }) => ['value', 'amount', 'weight'].includes(key));
  const leaves = metrics.length > 0 ? everyField(metrics) : fields.filter(({ key }) => key === 'doc_count');
  return leaves.map(({ value }) => value).filter((value) => typeof value === 'number');
}

test.each(searched.map((panel) => [panel.title, panel] as const))(
  '"%s" has something to draw',
  async (_, panel) => {
    // A day of short buckets stays below the 65,536 that a search may have.
    const span = panel.piece.startsWith('tile')
      ? whole
      : { fromMs: plan.endMs - 86_400_000 / 4, toMs: plan.endMs };
    const parts = Object.entries(await ask(panel, span));
    expect(parts.length).toBeGreaterThan(0);
    for (const [name, part] of parts) {
      const numbers = drawnNumbers(part);
      expect([name, Math.max(...numbers) > 0]).toEqual([name, true]);
    }
  },
);

test('all searches together take less than five seconds on six hours of the shortest buckets', async () => {
  const start = performance.now();
  const span = { fromMs: plan.endMs - 6 * 3_600_000, toMs: plan.endMs };
  for (const panel of searched) await ask(panel, span);
  expect(performance.now() - start).toBeLessThan(5000);
});

describe.each(presets.map((incident) => [String(incident.preset), incident] as const))(
  '%s',
  (_, incident) => {
    const { startMs, endMs } = incident;

    interface Bucket {
      readonly key: number;
      readonly value: { readonly values: Readonly<Record<string, number>> };
    }

    const overTime = (line: unknown) => (line as { over_time: Buckets<Bucket> }).over_time.buckets;

    test('p95 of the response-time panel is 10 times the median of the minutes before', async () => {
      const answer = await ask(panelNamed('response-time'), { fromMs: startMs - 600_000, toMs: endMs });
      const p50 = overTime(answer['p50']).filter(({ key }) => key < startMs);
      const before = median(p50.map(({ value }) => value.values['50.0'] ?? Number.NaN));
      const p95 = overTime(answer['p95']).filter(({ key }) => key >= startMs);
      const inside = p95.map(({ value }) => value.values['95.0'] ?? Number.NaN);
      const [tile] = Object.values(
        await ask(panelNamed('tile-p95'), { fromMs: startMs, toMs: endMs }),
      ) as Bucket[];
      expect(before).toBeGreaterThan(0);
      expect(tile?.value.values['95.0']).toBeGreaterThan(10 * before);
      // Memory pressure builds up over its 15 minutes; it too is plain to see for five of them.
      expect(inside.filter((ms) => ms > 10 * before).length).toBeGreaterThanOrEqual(10);
    });

    test('the tiles say what the guide says: the same failed transactions, the same money', async () => {
      const span = { fromMs: startMs, toMs: incident.recoveredMs };
      interface Summed {
        readonly value: { readonly value: number };
        readonly amount: { readonly value: number };
        readonly weight: { readonly value: number };
      }
      const tile = async (piece: string) => (await ask(panelNamed(piece), span))['tile'] as Summed;
      const scene = { plan, incident, timeZone: plan.parameters.timeZone };
      const search = writtenSearch(runScope(STORED_TRANSACTIONS, index, plan, true), inquireImpact(scene));
      const { body } = await cluster.request({ ...search.query, path: `/${search.query.path}` });
      const said = tellImpact(body, scene)?.impact ?? '';
      const [, failed, money] = /^([\d,]+) transactions fail.* worth \$([\d,]+)\./.exec(said) ?? [];
      const number = (text = '') => Number(text.replaceAll(',', ''));
      expect(number(failed)).toBe((await tile('tile-failed')).value.value);
      const { amount, weight } = await tile('tile-revenue');
      expect(number(money)).toBe(Math.round(amount.value * weight.value));
      expect(number(money)).toBeGreaterThan(0);
    });

    test('the tiles for the window are red', async () => {
      const span = { fromMs: startMs, toMs: endMs };
      const rate = (await ask(panelNamed('tile-error-rate'), span))['tile'] as {
        doc_count: number;
        value: { doc_count: number };
      };
      expect(rate.value.doc_count / rate.doc_count).toBeGreaterThan(0.05);
      const p95 = (await ask(panelNamed('tile-p95'), span))['tile'] as Bucket;
      expect(p95.value.values['95.0']).toBeGreaterThan(2000);
    });
  },
);

test('the strips show open and half-open breakers on every server during the payment incident', async () => {
  const incident = presets.find(({ preset }) => preset === 'payment-gateway-timeout');
  const span = { fromMs: incident?.startMs ?? 0, toMs: incident?.recoveredMs ?? 0 };
  interface Strip {
    readonly over_time: Buckets<{ readonly states: Buckets<{ readonly key: string }> }>;
  }
  const { buckets } = (await ask(panelNamed('breakers'), span))['servers'] as Buckets<Strip>;
  expect(buckets).toHaveLength(3);
  for (const { over_time } of buckets) {
    const states = over_time.buckets.flatMap(({ states: found }) => found.buckets.map(({ key }) => key));
    expect([...new Set(states)].sort()).toEqual(['closed', 'half_open', 'open']);
  }
});
