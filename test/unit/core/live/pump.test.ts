// The documents of a live shop are those of a plan that ends later, whatever happens on the way.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../../../../src/core/async/clock.ts';
import type { Cluster } from '../../../../src/core/cluster/client.ts';
import type { RunMeta } from '../../../../src/core/cluster/indexes/run-meta.ts';
import type { ClusterRequest } from '../../../../src/core/cluster/request.ts';
import { generateDocuments } from '../../../../src/core/generate/index.ts';
import { Keeper } from '../../../../src/core/live/keeper.ts';
import { Pump } from '../../../../src/core/live/pump.ts';
import { Release } from '../../../../src/core/live/release.ts';
import { LiveShop } from '../../../../src/core/live/shop.ts';
import { sinceThen } from '../../../../src/core/live/since-then.ts';
import { Statistics } from '../../../../src/core/live/statistics.ts';
import { makePlan, type Plan } from '../../../../src/core/plan/index.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { metaOf, planOf } from '../../../../src/core/run/meta.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { DEFAULTS, encode, NOW } from '../../../helpers/generated.ts';
import { installVirtualTime, settled, wait } from '../../../helpers/virtual-time.ts';

const INDEX = 'shop';
const MINUTE_MS = 60_000;

/** An index in memory that can be away. */
class Node {
  /** Documents by id, in the order they came. */
  readonly documents = new Map<string, string>();
  duplicates = 0;
  away = false;
  meta: RunMeta | undefined;
  readonly cluster: Cluster = {
    url: 'http://127.0.0.1:9200',
    request: async (request: ClusterRequest) => this.answer(request),
    close: async () => {},
  } as unknown as Cluster;

  private answer({ path, body }: ClusterRequest) {
    const headers = {};
    if (this.away && path.endsWith('/_bulk'))
      return { status: 503, body: { error: { type: 'away', reason: 'away' } }, headers };
    if (this.away) throw new AppError('connection-refused', { address: '127.0.0.1:9200' });
    if (path.endsWith('/_mapping')) {
      this.meta = (body as { _meta: RunMeta })._meta;
      return { status: 200, body: {}, headers };
    }
    if (path.endsWith('/_bulk')) return { status: 200, body: { items: this.bulk(String(body)) }, headers };
    return { status: 404, body: {}, headers };
  }

  private bulk(lines: string) {
    const texts = lines.trimEnd().split('\n');
    return texts.flatMap((action, index) => {
      if (index % 2 === 1) return [];
      const id = (JSON.parse(action) as { create: { _id: string } }).create._id;
      const there = this.documents.has(id);
      if (there) this.duplicates++;
      else this.documents.set(id, `${action}\n${texts[index + 1]}\n`);
      return [
        { create: { _index: INDEX, status: there ? 409 : 201, ...(there ? {} : { result: 'created' }) } },
      ];
    });
  }
}

const parameters = { ...DEFAULTS, days: 1, labelDocuments: true };
const input = { parameters, presets: BUILT_IN, nowMs: NOW };
const loaded = makePlan(input);

/** The documents that end in a span of a plan, in order. */
function documentsOf(plan: Plan, fromMs: number, toMs: number): string[] {
  const slot = (ms: number) => Math.floor((ms - plan.firstSlotMs) / plan.slotMs);
  return [...generateDocuments(plan, { from: slot(fromMs), to: Math.min(plan.slotCount, slot(toMs) + 1) })]
    .filter(({ ms }) => ms >= fromMs && ms < toMs)
    .map(encode);
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
installVirtualTime();

function open(
  node: Node,
  speed: number,
  releasedMs = loaded.endMs,
  shop = new LiveShop(input),
  beganMs = loaded.endMs,
) {
  const meta = metaOf({ plan: loaded, toolVersion: '1.0.0', run: 'run-1' });
  const statistics = new Statistics(speed, releasedMs);
  const { cluster } = node;
  const release = new Release({ cluster, index: INDEX, shop, statistics, releasedMs });
  const keeper = new Keeper({ cluster, index: INDEX, url: cluster.url, meta, shop, folder, command: 'live' });
  const began = SYSTEM_CLOCK.now();
  const simulated = () => beganMs + (SYSTEM_CLOCK.now() - began) * speed;
  const pump = new Pump({
    release,
    keeper,
    watch: { look: () => {} },
    clock: SYSTEM_CLOCK,
    random: () => 0.5,
    simulated,
  });
  const running = pump.run();
  const stop = () => settled(pump.stop(running, 5000));
  const pass = (ms: number) => settled(wait(ms));
  const start = (what: string) => {
    const startMs = Math.floor(simulated() / 1000) * 1000 + 1000;
    const answer = shop.start({ type: 'start', what, severity: 'major', durationMinutes: 10 }, startMs);
    if (!answer.ok) throw new Error(answer.reason);
    keeper.changed(startMs + 1000);
    return answer.incident;
  };
  const recover = () => {
    const nextMs = Math.floor(simulated() / 1000) * 1000 + 1000;
    const answer = shop.recover(nextMs);
    if (!answer.ok) throw new Error(answer.reason);
    keeper.changed(nextMs);
    return answer.incident;
  };
  return { meta, shop, release, keeper, pump, statistics, stop, pass, start, recover };
}

/** The plan as `validate` makes it from the index, whose documents end where it says. */
function remembered(node: Node): Plan {
  if (!node.meta) throw new Error('nothing is remembered');
  return planOf(INDEX, node.meta);
}

describe('a live shop', () => {
  it('gives, at 60 times real time, the documents of a plan of those two hours', async () => {
    const node = new Node();
    const live = open(node, 60);
    await live.pass(120_000);
    await live.stop();
    const { releasedMs } = live.release;
    expect(releasedMs).toBeGreaterThan(loaded.endMs + 118 * MINUTE_MS);
    const later = makePlan({ ...input, nowMs: loaded.endMs + 130 * MINUTE_MS });
    expect([...node.documents.values()]).toEqual(documentsOf(later, loaded.endMs, releasedMs));
    expect(node.duplicates).toBe(0);
  });

  it('has an incident that is started and ended, as the index remembers it', async () => {
    const node = new Node();
    const live = open(node, 10);
    await live.pass(30_000);
    const { id } = live.start('payment_gateway_timeout');
    expect(readFileSync(live.keeper.keyPath, 'utf8')).toContain(id);
    await live.pass(20_000);
    const { endMs } = live.recover();
    await live.pass(60_000);
    await live.stop();
    const { releasedMs } = live.release;
    await live.keeper.remember(releasedMs, new AbortController().signal);
    const plan = remembered(node);
    expect(plan.key).toBe(loaded.key);
    expect(plan.endMs).toBe(releasedMs);
    expect(plan.incidents.find((one) => one.id === id)?.endMs).toBe(endMs);
    expect([...node.documents.values()]).toEqual(documentsOf(plan, loaded.endMs, releasedMs));
    expect([...node.documents.values()].join('')).toContain('PAYMENT_TIMEOUT');
  });

  it('loses nothing and keeps the order while the cluster is away for a minute, and says so', async () => {
    const node = new Node();
    const live = open(node, 1);
    await live.pass(20_000);
    node.away = true;
    await live.pass(30_000);
    live.start('circuit_breaker');
    await live.pass(30_000);
    const { releasedMs } = live.release;
    expect(live.pump.trouble).not.toBe('');
    expect(releasedMs).toBeLessThan(loaded.endMs + 21_000);
    node.away = false;
    await live.pass(15_000);
    expect(live.pump.trouble).toBe('');
    expect(live.release.releasedMs).toBeGreaterThan(loaded.endMs + 93_000);
    await live.stop();
    await live.keeper.remember(live.release.releasedMs, new AbortController().signal);
    const plan = remembered(node);
    expect([...node.documents.values()]).toEqual(documentsOf(plan, loaded.endMs, plan.endMs));
  });

  it('goes on after it was killed, without a gap and without a duplicate', async () => {
    const node = new Node();
    const killed = open(node, 10);
    await killed.pass(30_000);
    killed.start('database_pool_exhaustion');
    await killed.pass(17_000);
    await killed.stop();
    // What the index remembers is older than its last documents.
    const plan = remembered(node);
    expect(plan.endMs).toBeLessThan(killed.release.releasedMs);
    const { untilMs, incidents } = killed.shop.course(plan.endMs);
    const shop = new LiveShop({ ...input, live: { untilMs, incidents } });
    const resumed = open(node, 10, plan.endMs, shop);
    await resumed.pass(70_000);
    await resumed.stop();
    await resumed.keeper.remember(resumed.release.releasedMs, new AbortController().signal);
    const whole = remembered(node);
    expect(node.duplicates).toBeGreaterThan(0);
    expect([...node.documents.values()]).toEqual(documentsOf(whole, loaded.endMs, whole.endMs));
  });

  it('goes on with a gap where the person wants one: nothing of it comes, and the key names it', async () => {
    const node = new Node();
    const killed = open(node, 10);
    await killed.pass(30_000);
    killed.start('payment_gateway_timeout');
    await killed.pass(17_000);
    await killed.stop();
    const plan = remembered(node);
    const lastMs = killed.release.releasedMs;
    expect(lastMs).toBeGreaterThan(plan.endMs);
    const beganMs = lastMs + 3 * MINUTE_MS;
    const shop = new LiveShop({ ...input, live: killed.shop.course(plan.endMs) });
    const resumed = open(node, 10, plan.endMs, shop, beganMs);
    const found = { meta: resumed.meta, input, endMs: plan.endMs, lastMs };
    const said = [...sinceThen({ gap: 'leave', found, beganMs, shop, keeper: resumed.keeper })];
    expect(said).toMatchObject([{ type: 'notice', text: expect.stringContaining('No documents ') }]);
    await resumed.pass(60_000);
    await resumed.stop();
    await resumed.keeper.remember(resumed.release.releasedMs, new AbortController().signal);
    const whole = remembered(node);
    const written = [...node.documents.values()];
    expect(written).toEqual(documentsOf(whole, loaded.endMs, whole.endMs));
    const instants = written.map((text) => Date.parse(/"@timestamp":"([^"]+)"/.exec(text)?.[1] ?? ''));
    expect(instants.filter((ms) => ms >= lastMs && ms < beganMs)).toEqual([]);
    expect(instants.filter((ms) => ms >= beganMs).length).toBeGreaterThan(100);
    expect(readFileSync(resumed.keeper.keyPath, 'utf8')).toContain('recording_stopped');
  });
});
