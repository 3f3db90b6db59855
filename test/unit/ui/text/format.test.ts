// Numbers in words.
import { describe, expect, it } from 'vitest';
import { grouped } from '../../../../src/text/numbers.ts';
import { axisNumber, bytes, duration, percent, roughly } from '../../../../src/ui/text/format.ts';

describe('numbers', () => {
  it('are said as a person says them', () => {
    expect([grouped(0), grouped(999), grouped(271_402), grouped(16_400_000)]).toEqual([
      '0',
      '999',
      '271,402',
      '16,400,000',
    ]);
    expect([roughly(271_438), roughly(12)]).toEqual(['≈ 271,400', '≈ 12']);
    expect([bytes(512), bytes(1_200), bytes(84_000_000), bytes(1_230_000_000)]).toEqual([
      '512 B',
      '1.2 kB',
      '84 MB',
      '1.2 GB',
    ]);
    expect([
      duration(850),
      duration(12_000),
      duration(60_000),
      duration(200_000),
      duration(7_500_000),
    ]).toEqual(['850 ms', '12 s', '1 min', '3 min 20 s', '2 h 5 min']);
    expect([axisNumber(0), axisNumber(7.5), axisNumber(950), axisNumber(12_000), axisNumber(1.5e6)]).toEqual([
      '0',
      '7.5',
      '950',
      '12k',
      '1.5M',
    ]);
  });
  it('are never 100 percent before all is done', () => {
    expect([percent(0, 0), percent(999, 1000), percent(1000, 1000), percent(2, 1)]).toEqual([
      0, 99, 100, 100,
    ]);
  });
});
