import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyTally, mergeTally } from '../../../../src/core/generate/count/tally.ts';
import {
  generateBatches,
  generateDocuments,
  slotRange,
  tallyOf,
} from '../../../../src/core/generate/index.ts';
import { type Plan, trafficAt } from '../../../../src/core/plan/index.ts';
import {
  anyNow,
  anyParameters,
  DEFAULTS,
  encode,
  NOW,
  planWith,
  transactionsOf,
} from '../../../helpers/generated.ts';

const SMALL = { days: 2, sample: 400 };

function bytesOf(plan: Plan, part?: { index: number; of: number }, maxBytes?: number): Buffer {
  const slots = slotRange(plan, part);
  const size = maxBytes === undefined ? {} : { maxBytes };
  return Buffer.concat(
    [...generateBatches(plan, { ...slots, ...size, tally: emptyTally() })].map(({ data }) => data),
  );
}

const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex');

describe('the bytes', () => {
  it('are the same for the same plan, and others for another seed', () => {
    expect(hash(bytesOf(planWith(SMALL)))).toBe(hash(bytesOf(planWith(SMALL))));
    expect(hash(bytesOf(planWith({ ...SMALL, seed: 2 })))).not.toBe(hash(bytesOf(planWith(SMALL))));
  });

  it('do not depend on parts or on the size of batches', () => {
    fc.assert(
      fc.property(anyParameters, anyNow, fc.integer({ min: 1, max: 7 }), (parameters, nowMs, of) => {
        const plan = planWith({ ...parameters, days: 1 }, nowMs);
        const whole = hash(bytesOf(plan));
        const parts = Array.from({ length: of }, (_, index) =>
          bytesOf(plan, { index: index + 1, of }, 40_000),
        );
        expect(hash(Buffer.concat(parts))).toBe(whole);
      }),
      { numRuns: 5 },
    );
  });

  it('are those of the documents as objects and JSON.stringify', () => {
    fc.assert(
      fc.property(anyParameters, anyNow, (parameters, nowMs) => {
        const plan = planWith({ ...parameters, days: 2 }, nowMs);
        const lines = bytesOf(plan, undefined, 30_000)
          .toString('utf8')
          .split(/(?<=\}\n)(?=\{"create")/);
        const documents = generateDocuments(plan, slotRange(plan));
        for (const line of lines) {
          const { value, done } = documents.next();
          if (done) throw new Error('more lines than documents');
          const plain = encode(value);
          // Asked once more only to say how they differ: thousands of documents are compared.
          if (line !== plain) expect(line).toBe(plain);
        }
        expect(documents.next().done).toBe(true);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('are the same when the reader gives memory back to be written again', () => {
    const plan = planWith({ ...SMALL, days: 1 });
    const digest = createHash('sha256');
    const request = { ...slotRange(plan), maxBytes: 20_000, tally: emptyTally() };
    const buffers = new Set<ArrayBufferLike>();
    for (const { data, release } of generateBatches(plan, request)) {
      digest.update(data);
      buffers.add(data.buffer);
      release?.();
    }
    expect(digest.digest('hex')).toBe(hash(bytesOf(plan)));
    expect(buffers.size).toBe(2);
  });

  it('are the same for a slot alone as in the whole, also in the middle of an incident', () => {
    const plan = planWith(SMALL);
    const whole = new Map<number, string>();
    for (let slot = 0; slot < plan.slotCount; slot++) whole.set(slot, '');
    let slot = -1;
    const bySlot = (from: number, to: number) =>
      [...generateDocuments(plan, { from, to })].map(encode).join('');
    const inOne = bySlot(0, plan.slotCount);
    let concatenated = '';
    for (slot = 0; slot < plan.slotCount; slot += 97)
      concatenated += bySlot(slot, Math.min(slot + 97, plan.slotCount));
    expect(concatenated).toBe(inOne);
    const middle = plan.incidents.map(
      ({ startMs }) => Math.floor((startMs - plan.firstSlotMs) / plan.slotMs) + 2,
    );
    for (const at of middle) expect(inOne).toContain(bySlot(at, at + 1));
  });

  it('come as bulk NDJSON cut at documents, each batch no longer than asked', () => {
    const plan = planWith({ ...SMALL, days: 1 });
    const batches = [...generateBatches(plan, { ...slotRange(plan), maxBytes: 50_000, tally: emptyTally() })];
    expect(batches.length).toBeGreaterThan(3);
    for (const { data, offsets, documents, phases } of batches) {
      expect(data.length).toBeLessThanOrEqual(50_000);
      expect([offsets.length, offsets[0], offsets[documents], phases.length]).toEqual([
        documents + 1,
        0,
        data.length,
        documents,
      ]);
      for (let at = 0; at < documents; at++) {
        const [action = '', source = '', rest] = data
          .toString('utf8', offsets[at], offsets[at + 1])
          .split('\n');
        expect(Object.keys(JSON.parse(action).create)).toEqual(['_id']);
        expect(JSON.parse(source)['@timestamp']).toMatch(/Z$/);
        expect(rest).toBe('');
      }
    }
  });

  it('of the past do not depend on now', () => {
    const parameters = { days: 1, sample: 100, incidentsPerDay: { min: 8, max: 8 }, demoDay: '2026-03-14' };
    const noPresets = (nowMs: number) => planWith(parameters, nowMs, []);
    const late = noPresets(Date.parse('2026-03-14T20:00:00Z'));
    const known = new Map(
      [...generateDocuments(late, slotRange(late))].map((document) => [document.id, encode(document)]),
    );
    // Just before, in, and just after incidents: the minutes where it is hard.
    for (const { startMs, endMs } of late.incidents.slice(0, 4)) {
      for (const nowMs of [startMs - 200_000, startMs - 30_000, startMs + 30_000, endMs + 30_000]) {
        const early = noPresets(nowMs);
        expect(early.key).toBe(late.key);
        const from = Math.max(0, early.slotCount - 40);
        for (const document of generateDocuments(early, { from, to: early.slotCount }))
          expect(known.get(document.id)).toBe(encode(document));
        const before = [...known.values()].length;
        expect(before).toBeGreaterThan(0);
      }
    }
  });

  it('of the past are all there whatever now is', () => {
    const late = planWith({ days: 1, sample: 100 }, NOW);
    const early = planWith({ days: 1, sample: 100 }, NOW - 45 * 60_000);
    const ids = (plan: Plan) =>
      [...generateDocuments(plan, slotRange(plan))]
        .filter(({ ms }) => ms < early.nowMs - 60_000)
        .map(({ id }) => id);
    expect(ids(early)).toEqual(ids(late));
  });
});

describe('the tally', () => {
  it('equals a recount of what was written', () => {
    const plan = planWith({ ...SMALL, labelDocuments: true });
    const tally = emptyTally();
    const text = Buffer.concat(
      [...generateBatches(plan, { ...slotRange(plan), tally })].map(({ data }) => data),
    ).toString('utf8');
    const sources = text
      .split('\n')
      .filter((line) => line.startsWith('{"@timestamp"'))
      .map((line) => JSON.parse(line));
    const transactions = sources.filter(({ event_type }) => event_type === 'checkout_attempt');
    const count = (test: (source: Record<string, never>) => boolean) => transactions.filter(test).length;
    expect(tally.documents).toBe(sources.length);
    expect(tally.markers).toBe(sources.length - transactions.length);
    expect(tally.byStatus).toEqual({
      success: count(({ status }) => status === 'success'),
      error: count(({ status }) => status === 'error'),
    });
    expect(tally.sums.sample_weight).toBe(transactions.length * plan.parameters.sample);
    expect(tally.sums.response_time_ms).toBe(
      transactions.reduce((sum, { response_time_ms }) => sum + response_time_ms, 0),
    );
    expect(tally.maxResponseMs).toBe(
      Math.max(...transactions.map(({ response_time_ms }) => response_time_ms)),
    );
    expect(tally.slowErrors).toBe(
      count((s) => s['status'] === 'error' && Number(s['response_time_ms']) >= 5000),
    );
    expect(Object.keys(tally.byHour).length).toBe(
      new Set(sources.map((s) => String(s['@timestamp']).slice(0, 13))).size,
    );
    expect(Object.values(tally.byHour).reduce((a, b) => a + b, 0)).toBe(sources.length);
    for (const [code, times] of Object.entries(tally.byErrorCode))
      expect(times).toBe(count(({ error_code }) => error_code === code));
    plan.incidents.forEach(({ id }, index) => {
      for (const phase of ['incident', 'recovery'] as const)
        expect(tally.incidents[index]?.[phase].documents ?? 0).toBe(
          count((s) => s['incident_id'] === id && s['phase'] === phase),
        );
    });
  });

  it('of parts adds up to that of the whole, also through JSON', () => {
    const plan = planWith(SMALL);
    const parts = [1, 2, 3].map((index) => tallyOf(plan, slotRange(plan, { index, of: 3 })));
    const sum = parts.map((tally) => JSON.parse(JSON.stringify(tally))).reduce(mergeTally, emptyTally());
    expect(sum).toEqual(tallyOf(plan));
  });
});

describe('sampling', () => {
  it.each([60, 600, 1200])('one session in %d has 3,900 / N payment time-outs, to the document', (sample) => {
    const plan = planWith({ sample, days: 1 });
    const tally = tallyOf(plan);
    const index = plan.incidents.findIndex(({ preset }) => preset === 'payment-gateway-timeout');
    expect(tally.incidents[index]?.incident.byErrorCode['PAYMENT_TIMEOUT']).toBe(Math.round(3900 / sample));
    expect(tally.incidents[index]?.recovery.byErrorCode['PAYMENT_TIMEOUT']).toBeUndefined();
  });

  it('at 1 keeps every transaction: 3,900 time-outs, and the traffic of the curve', () => {
    const plan = planWith({ sample: 1, days: 1, incidentsPerDay: { min: 0, max: 0 } });
    const incident = plan.incidents.find(({ preset }) => preset === 'payment-gateway-timeout');
    if (!incident) throw new Error('no incident');
    const slotOf = (ms: number) => Math.floor((ms - plan.firstSlotMs) / plan.slotMs);
    let timeouts = 0;
    let calm = 0;
    for (const { ms, source } of transactionsOf(plan, {
      from: slotOf(incident.startMs) - 15,
      to: slotOf(incident.endMs),
    })) {
      if (source.error_code === 'PAYMENT_TIMEOUT') timeouts++;
      if (ms >= incident.startMs - 360_000 && ms < incident.startMs - 60_000) calm++;
    }
    expect(timeouts).toBe(3900);
    // A Poisson count of sessions, each with 2.6 documents on average.
    const expected = trafficAt(plan, incident.startMs - 210_000) * 300;
    expect(Math.abs(calm - expected)).toBeLessThan(4 * 1.7 * Math.sqrt(expected));
  });
});

it('defaults are those of the command line', () => {
  expect(DEFAULTS).toMatchObject({ days: 7, baseTps: 20, peakMultiplier: 2.5, sample: 60 });
});
