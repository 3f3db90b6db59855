// The simple rule of monitoring, minute by minute: small cases worked out by hand.
import { describe, expect, it } from 'vitest';
import { MinuteRule } from '../../../../../src/core/generate/count/minute-rule.ts';

const MINUTE = 60_000;

/** Documents of one minute: so many in all, of which some are slow and some fail. */
interface Mix {
  readonly minute: number;
  readonly all: number;
  readonly slow?: number;
  readonly failed?: number;
}

function firedBy(...mixes: readonly Mix[]): number[] {
  const rule = new MinuteRule();
  for (const { minute, all, slow = 0, failed = 0 } of mixes)
    for (let at = 0; at < all; at++) {
      const ms = minute * MINUTE + Math.floor((at * MINUTE) / all);
      rule.add(ms, at < slow ? 2001 : 2000, at >= all - failed);
    }
  return rule.take();
}

describe('the rule', () => {
  it('fires when more than 5 % of a minute take over 2,000 ms', () => {
    expect(firedBy({ minute: 7, all: 60, slow: 3 })).toEqual([]);
    expect(firedBy({ minute: 7, all: 59, slow: 3 })).toEqual([7]);
    expect(firedBy({ minute: 7, all: 60, slow: 4 })).toEqual([7]);
  });

  it('fires when 10 % of a minute fail', () => {
    expect(firedBy({ minute: 7, all: 50, failed: 4 })).toEqual([]);
    expect(firedBy({ minute: 7, all: 50, failed: 5 })).toEqual([7]);
  });

  it('takes fewer than three for chance, however few documents a minute has', () => {
    expect(firedBy({ minute: 7, all: 4, slow: 2, failed: 2 })).toEqual([]);
    expect(firedBy({ minute: 7, all: 4, slow: 3 })).toEqual([7]);
  });

  it('names each minute alone, the first and the last too', () => {
    const bad = { all: 10, failed: 5 };
    expect(firedBy({ minute: 1, ...bad }, { minute: 2, all: 10 }, { minute: 5, ...bad })).toEqual([1, 5]);
  });

  it('begins anew after its minutes were taken', () => {
    const rule = new MinuteRule();
    for (let at = 0; at < 5; at++) rule.add(at, 100, true);
    expect(rule.take()).toEqual([0]);
    expect(rule.take()).toEqual([]);
    for (let at = 0; at < 2; at++) rule.add(at, 100, true);
    expect(rule.take()).toEqual([]);
  });
});
