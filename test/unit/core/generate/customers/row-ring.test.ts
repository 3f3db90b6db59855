import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentId } from '../../../../../src/core/documents/ids.ts';
import { newRow, type Row } from '../../../../../src/core/generate/customers/row.ts';
import { RowRing } from '../../../../../src/core/generate/customers/row-ring.ts';
import { emptyGauges } from '../../../../../src/core/plan/gauges.ts';

const START = Date.parse('2026-03-14T12:00:00Z');
const product = { index: 0, id: 'prod_1', category: 'Toys', cents: [999, 1379] };
const spare = () => newRow(product, { ...emptyGauges(), key: 0 });
const rowAt = (afterMs: number, session = 0, stepDigit = 0): Row => ({
  ...spare(),
  ...{ ms: START + afterMs, slot: 7, session, stepDigit },
});
const idOf = (row: Row) => documentId('k3yk3yk', row);

describe('a ring of rows', () => {
  it('gives what was added in the order of ids, however many fall together', () => {
    const instant = fc.oneof(fc.integer({ min: 0, max: 179_999 }), fc.integer({ min: 60_000, max: 60_003 }));
    fc.assert(
      fc.property(fc.array(instant, { maxLength: 400 }), (instants) => {
        const rows = instants.map((ms, session) => rowAt(ms, session % 5, session % 3));
        const ring = new RowRing(spare, START, START + 180_000, []);
        for (const row of rows) ring.add([row], 1);
        const taken: string[] = [];
        for (let minute = 1; minute <= 3; minute++) {
          const count = ring.takeBefore(START + minute * 60_000);
          taken.push(...ring.taken.slice(0, count).map(idOf));
        }
        expect(taken).toEqual(rows.map(idOf).sort());
      }),
    );
  });

  it('keeps what ends in its span only, and leaves the other rows where they are', () => {
    const ring = new RowRing(spare, START, START + 60_000, []);
    const rows = [rowAt(-1), rowAt(0), rowAt(59_999), rowAt(60_000)];
    const given = [...rows];
    ring.add(given, 4);
    expect(given.map((row, index) => row === rows[index])).toEqual([true, false, false, true]);
    const count = ring.takeBefore(START + 60_000);
    expect(ring.taken.slice(0, count)).toEqual(rows.slice(1, 3));
  });

  it('drops what ends in a pause', () => {
    const pause = { startMs: START + 10_000, endMs: START + 20_000 };
    const ring = new RowRing(spare, START, START + 60_000, [pause]);
    const rows = [rowAt(9999), rowAt(10_000), rowAt(19_999), rowAt(20_000)];
    ring.add([...rows], 4);
    const count = ring.takeBefore(START + 60_000);
    expect(ring.taken.slice(0, count)).toEqual([rows[0], rows[3]]);
  });

  it('uses the rows of a minute again once the next one was taken', () => {
    const ring = new RowRing(spare, START, START + 180_000, []);
    const first = rowAt(1000);
    ring.add([first], 1);
    ring.takeBefore(START + 60_000);
    ring.takeBefore(START + 120_000);
    const given = [rowAt(121_000)];
    ring.add(given, 1);
    expect(given[0]).toBe(first);
  });

  it.each([
    ['before what was taken', 1000],
    ['longer ahead than a session lasts', 60_000 + 3_600_000],
  ])('refuses a row that ends %s', (_, afterMs) => {
    const ring = new RowRing(spare, START, START + 7_200_000, []);
    ring.takeBefore(START + 60_000);
    expect(() => ring.add([rowAt(afterMs)], 1)).toThrow(RangeError);
  });
});
