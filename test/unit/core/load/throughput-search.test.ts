import { describe, expect, it } from 'vitest';
import { ThroughputSearch } from '../../../../src/core/load/throughput-search.ts';

const MIB = 1 << 20;

/** Measures for 1.5 s at a speed, then lets the search go on; gives the time. */
function trial(search: ThroughputSearch, from: number, megabytesPerSecond: number): number {
  const responses = 2 * search.current.senders;
  for (let response = 0; response < responses; response++)
    search.count((1.5 * megabytesPerSecond * MIB) / responses);
  search.advance(from + 1500);
  return from + 1500;
}

describe('the search for throughput', () => {
  it('begins with two senders of 4 MiB, and goes to six once the cluster answers in time', () => {
    const search = new ThroughputSearch(0);
    expect([search.current.senders, search.bytes]).toEqual([2, 4 * MIB]);
    search.open(100);
    expect([search.current.senders, search.since, search.onTrial]).toEqual([6, 100, false]);
  });

  it('judges nothing before 1.5 s and two responses for each sender', () => {
    const search = new ThroughputSearch(0);
    search.open(0);
    for (let response = 0; response < 11; response++) search.count(MIB);
    search.advance(10_000);
    expect(search.onTrial).toBe(false);
    search.count(MIB);
    search.advance(1499);
    expect(search.onTrial).toBe(false);
    search.advance(1500);
    expect([search.onTrial, search.current.senders]).toEqual([true, 7]);
  });

  it('keeps a change that brings 5 %, and tries the next; takes back one that brings less, and tries the other setting', () => {
    const search = new ThroughputSearch(0);
    search.open(0);
    let now = trial(search, 0, 10);
    now = trial(search, now, 10.6);
    expect(search.current.senders).toBe(8);
    now = trial(search, now, 10.7);
    expect([search.current.senders, search.onTrial]).toEqual([7, false]);
    trial(search, now, 10.6);
    expect([search.current.senders, search.bytes, search.onTrial]).toEqual([7, 7 * MIB, true]);
  });

  it('rests for 5 s when neither more senders nor larger requests pay', () => {
    const search = new ThroughputSearch(0);
    search.open(0);
    let now = 0;
    for (let step = 0; step < 4; step++) now = trial(search, now, 10);
    expect(search.isResting(now)).toBe(true);
    expect([search.current.senders, search.bytes, search.onTrial]).toEqual([6, 4 * MIB, false]);
    const { since } = search;
    now = trial(search, now, 100);
    expect(search.onTrial).toBe(false);
    expect([search.isResting(since + 4999), search.isResting(since + 5000)]).toEqual([true, false]);
  });

  it('halves the senders, then the sizes, and rests each time; earlier settings can be restored', () => {
    const search = new ThroughputSearch(0);
    search.open(0);
    const before = search.current;
    search.reduce(10);
    expect([search.current.senders, search.isResting(5009), search.isResting(5010)]).toEqual([
      3,
      true,
      false,
    ]);
    search.reduce(20);
    search.reduce(30);
    expect([search.current.senders, search.bytes]).toEqual([1, 2 * MIB]);
    for (let time = 40; time < 100; time += 10) search.reduce(time);
    expect([search.current.senders, search.bytes]).toEqual([1, MIB / 4]);
    search.restore(before, 200);
    expect([search.current.senders, search.bytes]).toEqual([6, 4 * MIB]);
  });

  it('takes a change on trial back when asked, and tries nothing for as long as it is told', () => {
    const search = new ThroughputSearch(0);
    search.open(0);
    const now = trial(search, 0, 10);
    expect(search.current.senders).toBe(7);
    search.undoTrial(now, 60_000);
    expect([search.current.senders, search.onTrial]).toEqual([6, false]);
    expect([search.isResting(now + 59_999), search.isResting(now + 60_000)]).toEqual([true, false]);
  });
});
