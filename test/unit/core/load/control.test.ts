// A load that a person steers: paused it sends nothing, and it keeps to the limit of senders.

import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../../src/core/cluster/client.ts';
import { TRANSACTION_IDS } from '../../../../src/core/documents/ids.ts';
import type { LoadProgress } from '../../../../src/core/events.ts';
import { LoadControl, loadBatches } from '../../../../src/core/load/index.ts';
import { installVirtualTime, settled, wait } from '../../../helpers/virtual-time.ts';

installVirtualTime();

interface FakeCluster {
  readonly cluster: Cluster;
  /** Requests on their way now, and the most there ever were. */
  readonly seen: { now: number; most: number; all: number };
}

/** A cluster that takes every document after a while. */
function taking(answerMs: number): FakeCluster {
  const seen = { now: 0, most: 0, all: 0 };
  const request = async () => {
    seen.now++;
    seen.all++;
    seen.most = Math.max(seen.most, seen.now);
    await wait(answerMs);
    seen.now--;
    return { status: 200, body: { items: [{ create: { status: 201 } }] }, headers: {} };
  };
  return { cluster: { url: 'http://localhost:9200', request, close: async () => {} }, seen };
}

function* batches(count: number) {
  for (let number = 0; number < count; number++) {
    const data = Buffer.from(`{"create":{"_id":"${number}"}}\n{}\n`);
    yield { data, offsets: new Uint32Array([0, data.length]), documents: 1, ids: TRANSACTION_IDS };
  }
}

function load(cluster: Cluster, count: number, control: LoadControl, signal = new AbortController().signal) {
  return loadBatches(cluster, 'demo', batches(count), {
    signal,
    onRefused: () => {},
    random: () => 0,
    control,
  });
}

/** Lets a load run to its end; calls back at each report of progress. */
function drain(
  load: AsyncIterable<LoadProgress>,
  each: (progress: LoadProgress) => void | Promise<void> = () => {},
): Promise<void> {
  return settled(
    (async () => {
      for await (const progress of load) await each(progress);
    })(),
  );
}

describe('a load with limits', () => {
  it('sends nothing while it is paused, is not silent then, and goes on to the end', async () => {
    const control = new LoadControl();
    const { cluster, seen } = taking(5);
    let paused = 0;
    let last = 0;
    await drain(load(cluster, 200, control), async ({ acknowledged, silentMs }) => {
      last = acknowledged;
      if (paused === 0) control.setLimits({ paused: true, maxSenders: 8 });
      paused++;
      if (paused === 3) {
        const { all } = seen;
        await wait(100);
        expect(seen).toMatchObject({ now: 0, all });
        expect(all).toBeLessThan(200);
      }
      if (paused > 2 && paused < 5) expect(silentMs).toBe(0);
      if (paused === 5) control.setLimits({ paused: false, maxSenders: 8 });
    });
    expect(last).toBe(200);
    expect(seen.all).toBe(200);
  });

  it('is not silent, and has nothing on its way, while a batch that came late waits for the end of a pause', async () => {
    const control = new LoadControl();
    const { cluster } = taking(5);
    const late = async function* () {
      const [first, second] = batches(2);
      if (first) yield first;
      await wait(400);
      if (second) yield second;
    };
    const { signal } = new AbortController();
    const options = { signal, onRefused: () => {}, random: () => 0, control };
    let ticks = 0;
    await drain(loadBatches(cluster, 'demo', late(), options), ({ senders, silentMs, generated }) => {
      if (ticks++ === 0) control.setLimits({ paused: true, maxSenders: 8 });
      if (ticks === 10) {
        expect({ senders, silentMs, generated }).toEqual({ senders: 0, silentMs: 0, generated: 2 });
        control.setLimits({ paused: false, maxSenders: 8 });
      }
    });
    expect(ticks).toBeGreaterThan(10);
  });

  it('can be stopped while it is paused', async () => {
    const control = new LoadControl();
    const stop = new AbortController();
    control.setLimits({ paused: true, maxSenders: 8 });
    const { cluster, seen } = taking(5);
    await drain(load(cluster, 20, control, stop.signal), () => stop.abort());
    expect(seen.all).toBe(0);
  });

  it('keeps to the limit of senders', async () => {
    const control = new LoadControl();
    control.setLimits({ paused: false, maxSenders: 1 });
    const { cluster, seen } = taking(2);
    await drain(load(cluster, 40, control));
    expect(seen).toMatchObject({ most: 1, all: 40 });
  });

  it('tells how long the cluster has been silent', async () => {
    const stop = new AbortController();
    const { cluster } = taking(700);
    const silences: number[] = [];
    await drain(load(cluster, 1, new LoadControl(), stop.signal), ({ silentMs }) => {
      silences.push(silentMs);
    });
    expect(Math.max(...silences)).toBeGreaterThan(400);
    expect(silences.at(-1)).toBe(0);
  });
});
