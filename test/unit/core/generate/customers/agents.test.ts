import Bowser from 'bowser';
import fc from 'fast-check';
import { UAParser } from 'ua-parser-js';
import { describe, expect, it } from 'vitest';
import { agentsOf, MAX_AGENTS } from '../../../../../src/core/generate/customers/agents.ts';
import {
  chromeAt,
  firefoxAt,
  firefoxSupportedAt,
  safariAt,
  samsungAt,
} from '../../../../../src/core/generate/customers/browser-versions.ts';

/** What ua-parser-js calls a system, and what bowser calls it. */
const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  Windows: 'Windows',
  'Mac OS': 'macOS',
  iOS: 'iOS',
  Android: 'Android',
  Linux: 'Linux',
  Ubuntu: 'Linux',
  'Chromium OS': 'Chrome OS',
};

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const anyDay = fc
  .integer({ min: at('2024-01-01'), max: at('2030-01-01') })
  .map((ms) => new Date(ms).toISOString().slice(0, 10));

describe('versions of browsers', () => {
  // Release notes of the makers; a fortnight is as near as a steady pace can be.
  const near = (version: (ms: number) => number, day: string, wanted: number) => {
    expect(version(at(day) + 16 * 86_400_000)).toBeGreaterThanOrEqual(wanted);
    expect(version(at(day) - 16 * 86_400_000)).toBeLessThanOrEqual(wanted);
  };

  it('come out when they did', () => {
    near(chromeAt, '2023-12-05', 120);
    near(chromeAt, '2024-10-15', 130);
    near(chromeAt, '2025-09-30', 141);
    near(firefoxAt, '2023-11-21', 120);
    near(firefoxAt, '2024-09-03', 130);
    near(firefoxAt, '2025-10-14', 144);
    near((ms) => samsungAt(ms).version, '2025-04-15', 28);
    expect([safariAt(at('2024-09-20')), safariAt(at('2025-09-20'))]).toEqual([
      { major: 18, minor: 0 },
      { major: 26, minor: 0 },
    ]);
    expect([at('2024-03-01'), at('2025-03-01'), at('2026-03-01')].map(firefoxSupportedAt)).toEqual([
      115, 128, 140,
    ]);
  });

  it('never go back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 500 }), (day, later) => {
        const [from, to] = [at(day), at(day) + later * 86_400_000];
        for (const version of [chromeAt, firefoxAt, firefoxSupportedAt])
          expect(version(to)).toBeGreaterThanOrEqual(version(from));
        const [a, b] = [safariAt(from), safariAt(to)];
        expect(b.major * 100 + b.minor).toBeGreaterThanOrEqual(a.major * 100 + a.minor);
      }),
    );
  });
});

describe('the agents of a day', () => {
  it('are 40 to 80 different ones, a few of them common and most of them rare', () => {
    fc.assert(
      fc.property(anyDay, (demoDay) => {
        const agents = agentsOf({ demoDay });
        expect(agents.length).toBeGreaterThanOrEqual(40);
        expect(agents.length).toBeLessThanOrEqual(MAX_AGENTS);
        expect(new Set(agents.map(({ text }) => text)).size).toBe(agents.length);
        const weights = agents.map(({ weight }) => weight).sort((a, b) => b - a);
        const all = weights.reduce((sum, weight) => sum + weight, 0);
        const share = (from: number, to: number) =>
          weights.slice(from, to).reduce((sum, weight) => sum + weight, 0) / all;
        expect(share(0, 5)).toBeGreaterThan(0.3);
        expect(share(20, MAX_AGENTS)).toBeLessThan(0.3);
      }),
      { numRuns: 40 },
    );
  });

  it('are well formed, and of no version that is still to come', () => {
    fc.assert(
      fc.property(anyDay, (demoDay) => {
        const newest = chromeAt(Date.parse(`${demoDay}T00:00:00Z`));
        for (const { text } of agentsOf({ demoDay })) {
          expect(text).toMatch(/^Mozilla\/5\.0 \([^()]+\) (AppleWebKit|Gecko)\/[\d.]+ /);
          expect(text).not.toMatch(/undefined|NaN|_;|\.\.|__/);
          const [, version = '0'] = /Chrome\/(\d+)/.exec(text) ?? [];
          expect(Number(version)).toBeLessThanOrEqual(newest);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('parsers of user agents', () => {
  it.each(['2024-02-29', '2025-01-15', '2025-10-01', '2026-03-14', '2026-11-27', '2028-06-01'])(
    'know every agent of %s',
    (demoDay) => {
      for (const { text } of agentsOf({ demoDay })) {
        const { browser, engine, os } = new UAParser(text).getResult();
        expect([browser.name, browser.version, engine.name, os.name], text).not.toContain(undefined);
        const bowser = Bowser.parse(text);
        expect([bowser.browser.name, bowser.os.name, bowser.platform.type], text).not.toContain(undefined);
        expect(bowser.os.name, text).toBe(os.name && SYSTEM_NAMES[os.name]);
      }
    },
  );
});
