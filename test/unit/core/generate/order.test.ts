import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markerIds } from '../../../../src/core/documents/markers.ts';
import { emptyTally } from '../../../../src/core/generate/count/tally.ts';
import {
  generateBatches,
  generateDocuments,
  isTransaction,
  slotRange,
  tallyOf,
} from '../../../../src/core/generate/index.ts';
import { MAX_SESSION_MS } from '../../../../src/core/plan/shop.ts';
import type { Marker, Plan } from '../../../../src/core/plan/types.ts';
import { anyNow, anyParameters, encode, planWith, transactionsOf } from '../../../helpers/generated.ts';

const linesOf = (plan: Plan, slots?: { from?: number; to?: number }) =>
  [...generateDocuments(plan, slots)].map(encode);

describe('the order of documents', () => {
  it('is that of time, and of ids as texts', () => {
    fc.assert(
      fc.property(anyParameters, anyNow, (parameters, nowMs) => {
        const documents = [...generateDocuments(planWith({ ...parameters, days: 1 }, nowMs))];
        const ids = documents.map(({ id }) => id);
        expect(ids).toEqual(ids.toSorted());
        expect(new Set(ids).size).toBe(ids.length);
        const times = documents.map(({ source }) => Date.parse(source['@timestamp']));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times).toEqual(documents.map(({ ms }) => ms));
      }),
      { numRuns: 5 },
    );
  });

  it('lets any slots be made alone: the same bytes as cut out of the whole by time', () => {
    const plan = planWith({ days: 2, sample: 300 });
    const whole = [...generateDocuments(plan)].map((document) => ({
      ms: document.ms,
      line: encode(document),
    }));
    const slot = fc.integer({ min: 0, max: plan.slotCount });
    const incidentSlot = fc
      .constantFrom(...plan.incidents)
      .chain(({ startMs, recoveredMs }) => fc.integer({ min: startMs - 600_000, max: recoveredMs + 60_000 }))
      .map((ms) => Math.min(plan.slotCount, Math.floor((ms - plan.firstSlotMs) / plan.slotMs)));
    fc.assert(
      fc.property(fc.oneof(slot, incidentSlot), fc.integer({ min: 0, max: 90 }), (from, length) => {
        const to = Math.min(plan.slotCount, from + length);
        const [fromMs, toMs] = [from, to].map((at) => plan.firstSlotMs + at * plan.slotMs);
        const cut = whole.filter(({ ms }) => ms >= (fromMs ?? 0) && ms < (toMs ?? 0)).map(({ line }) => line);
        expect(linesOf(plan, { from, to })).toEqual(cut);
      }),
      { numRuns: 40 },
    );
  });

  it('begins after the warm-up, and no session is longer than that', () => {
    const plan = planWith({ days: 1, sample: 30, errorRateIncident: { min: 80, max: 90 } });
    const sessions = new Map<string, { first: number; last: number }>();
    for (const { ms, source } of transactionsOf(plan)) {
      const startMs = ms - source.response_time_ms;
      const known = sessions.get(source.session_id) ?? { first: startMs, last: ms };
      sessions.set(source.session_id, {
        first: Math.min(known.first, startMs),
        last: Math.max(known.last, ms),
      });
    }
    expect(sessions.size).toBeGreaterThan(10_000);
    expect(Math.max(...[...sessions.values()].map(({ first, last }) => last - first))).toBeLessThan(
      MAX_SESSION_MS,
    );
  });

  it('ends at now, whatever is going on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400_000 }), (after) => {
        const nowMs = Date.parse('2026-03-14T10:00:00Z') + after;
        const plan = planWith({ days: 1, sample: 300, incidentsPerDay: { min: 6, max: 6 } }, nowMs);
        const documents = [...generateDocuments(plan, { from: plan.slotCount - 120 })];
        expect(Math.max(...documents.map(({ ms }) => ms))).toBeLessThan(plan.endMs);
        expect(plan.endMs).toBeLessThanOrEqual(nowMs);
        expect(nowMs - plan.endMs).toBeLessThan(60_000);
      }),
      { numRuns: 20 },
    );
  });

  it('runs past now to the end of the recovery where a chosen day is still to come', () => {
    const nowMs = Date.parse('2026-03-14T06:00:00Z');
    const plan = planWith({ days: 1, sample: 300, demoDay: '2026-03-14' }, nowMs);
    const [last] = plan.incidents.filter(({ preset }) => preset === 'payment-gateway-timeout');
    expect(plan.endMs).toBe(last?.recoveredMs);
    expect(planWith({ days: 1, sample: 300 }, nowMs).endMs).toBe(nowMs);
  });
});

describe('markers', () => {
  const without = { ...planWith({ days: 1, sample: 600 }), markers: [] };
  const markerAt = (afterMs: number, server: number): Marker => ({
    ms: without.startMs + afterMs,
    eventType: server < 0 ? 'deployment' : 'restart',
    server,
    version: '4.12.1',
    message: 'said "4.12.1" – überall',
  });
  const plan: Plan = {
    ...without,
    markers: [markerAt(0, -1), markerAt(3_600_000, 1), markerAt(3_600_000, 2)],
  };

  it('are documents among the transactions, in order, the same in parts and as objects', () => {
    const lines = linesOf(plan);
    expect(lines).toHaveLength(linesOf(without).length + 3);
    const ids = lines.map((line) => line.slice(18, 42));
    expect(ids).toEqual(ids.toSorted());
    expect(ids.filter((id) => markerIds(plan).includes(id))).toEqual(markerIds(plan));
    for (const of of [1, 3]) {
      const parts = Array.from({ length: of }, (_, index) => {
        const request = { ...slotRange(plan, { index: index + 1, of }), tally: emptyTally() };
        return Buffer.concat([...generateBatches(plan, request)].map(({ data }) => data));
      });
      expect(Buffer.concat(parts).toString()).toBe(lines.join(''));
    }
  });

  it('say what happened where, and nothing of a transaction', () => {
    const [first, second] = [...generateDocuments(plan)].filter((document) => !isTransaction(document));
    expect(first?.source).toEqual({
      '@timestamp': new Date(plan.startMs).toISOString(),
      event_type: 'deployment',
      service_version: '4.12.1',
      message: 'said "4.12.1" – überall',
    });
    expect(second?.source).toMatchObject({ event_type: 'restart', server_instance: 'checkout-service-02' });
  });

  it('count as documents of their hour, and are no success, no error and in no window', () => {
    const [marked, plain] = [tallyOf(plan), tallyOf(without)];
    expect(marked.markers).toBe(3);
    const hour = (afterMs: number) =>
      new Date(plan.startMs + afterMs).toISOString().replace(/:.*/, ':00:00.000Z');
    const { byHour } = plain;
    expect(marked).toEqual({
      ...plain,
      documents: plain.documents + 3,
      markers: 3,
      hourMs: expect.anything(),
      byHour: {
        ...byHour,
        [hour(0)]: (byHour[hour(0)] ?? 0) + 1,
        [hour(3_600_000)]: (byHour[hour(3_600_000)] ?? 0) + 2,
      },
    });
  });
});
