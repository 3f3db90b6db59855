import { describe, expect, it } from 'vitest';
import { LatencyGuard } from '../../../../src/core/load/latency-guard.ts';

const MIB = 1 << 20;
const STEADY = { senders: 2, onTrial: false, since: 0 };

describe('slow responses', () => {
  /** A guard that knows 400 ms for 4 MiB beside one other. */
  function accustomed(): LatencyGuard {
    const guard = new LatencyGuard();
    for (let response = 0; response < 20; response++) expect(guard.isSlow(4 * MIB, 400, 2)).toBe(false);
    return guard;
  }

  it('are those that take four times what is usual, once two for each sender and one more came in a row', () => {
    const guard = accustomed();
    const verdicts = Array.from({ length: 5 }, () => guard.isSlow(4 * MIB, 1700, 2));
    expect(verdicts).toEqual([false, false, false, false, true]);
  });

  it('do not count when one in between is as usual', () => {
    const guard = accustomed();
    for (let response = 0; response < 4; response++) guard.isSlow(4 * MIB, 1700, 2);
    guard.isSlow(4 * MIB, 400, 2);
    expect(guard.isSlow(4 * MIB, 1700, 2)).toBe(false);
  });

  it('are measured by size and by the requests beside them', () => {
    const guard = accustomed();
    for (let response = 0; response < 20; response++) {
      expect(guard.isSlow(7 * MIB, 700, 2)).toBe(false);
      expect(guard.isSlow(4 * MIB, 1500, 8)).toBe(false);
    }
  });

  it('are learned afresh after a change', () => {
    const guard = accustomed();
    guard.reset();
    for (let response = 0; response < 20; response++) expect(guard.isSlow(4 * MIB, 4000, 2)).toBe(false);
  });

  it('that took no time or carried nothing say nothing', () => {
    const guard = accustomed();
    for (let response = 0; response < 20; response++) {
      expect(guard.isSlow(0, 60_000, 2)).toBe(false);
      expect(guard.isSlow(4 * MIB, 0, 2)).toBe(false);
    }
  });
});

describe('long responses', () => {
  it('take more than five seconds and carry something', () => {
    const guard = new LatencyGuard();
    expect([guard.isLong(1, 5000), guard.isLong(1, 5001), guard.isLong(0, 60_000)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('reduce what is sent once there is one for each sender, in a row', () => {
    const guard = new LatencyGuard();
    expect(guard.judgeLong(6000, 10_000, STEADY)).toBe('wait');
    guard.inTime();
    expect(guard.judgeLong(6000, 20_000, STEADY)).toBe('wait');
    expect(guard.judgeLong(6000, 20_100, STEADY)).toBe('reduce');
  });

  it('say nothing of a change that came after their request', () => {
    const guard = new LatencyGuard();
    const sending = { ...STEADY, senders: 1, since: 5000 };
    expect(guard.judgeLong(6000, 10_000, sending)).toBe('wait');
    expect(guard.judgeLong(6000, 11_000, sending)).toBe('reduce');
  });

  it('take a change on trial back at once', () => {
    const guard = new LatencyGuard();
    expect(guard.judgeLong(6000, 10_000, { ...STEADY, senders: 8, onTrial: true })).toBe('undo-trial');
  });

  it.each([
    [6000, 'restore'],
    [7900, 'restore'],
    [8100, 'reduce'],
    [4500, 'reduce'],
  ] as const)('of 6000 ms that become %i ms with less sent at once: %s', (ms, verdict) => {
    const guard = new LatencyGuard();
    const sending = { ...STEADY, senders: 1 };
    expect(guard.judgeLong(6000, 10_000, sending)).toBe('reduce');
    guard.reset();
    expect(guard.judgeLong(ms, 30_000, sending)).toBe(verdict);
  });

  it('are not compared with those before one in time, or before the cluster asked for less', () => {
    const sending = { ...STEADY, senders: 1 };
    for (const forget of ['inTime', 'forgetLong'] as const) {
      const guard = new LatencyGuard();
      guard.judgeLong(6000, 10_000, sending);
      guard[forget]();
      expect(guard.judgeLong(6000, 30_000, sending)).toBe('reduce');
    }
  });
});
