// What a live shop answers to commands.
import { describe, expect, it } from 'vitest';
import { generateDocuments } from '../../../../src/core/generate/index.ts';
import { answerKey } from '../../../../src/core/ground-truth/answer-key.ts';
import { LiveShop } from '../../../../src/core/live/shop.ts';
import { SEVERITIES } from '../../../../src/core/plan/labels.ts';
import { INCIDENT_TYPES } from '../../../../src/core/plan/models/registry.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { DEFAULTS, NOW } from '../../../helpers/generated.ts';

const input = {
  parameters: { ...DEFAULTS, days: 1, incidentsPerDay: { min: 0, max: 0 } },
  presets: BUILT_IN,
  nowMs: NOW,
};
const MINUTE_MS = 60_000;
const start = (what: string, durationMinutes = 5) =>
  ({ type: 'start', what, severity: 'major', durationMinutes }) as const;
const afterNow = NOW + 5 * MINUTE_MS;

describe('a live shop', () => {
  it.each(INCIDENT_TYPES.flatMap((type) => [1, 10, 60].map((minutes) => [type, minutes] as const)))(
    'starts %s for %i min at every severity it has, and ends it',
    (type, minutes) => {
      for (const severity of SEVERITIES) {
        const shop = new LiveShop({ ...input, presets: [] });
        const answer = shop.start(
          { type: 'start', what: type, severity, durationMinutes: minutes },
          afterNow,
        );
        if (!answer.ok) {
          expect(severity).toBe('silent');
          continue;
        }
        expect(answer.incident).toMatchObject({ type, severity, startMs: afterNow });
        const ended = shop.recover(afterNow + 41_000);
        if (!ended.ok) expect(ended.reason).toMatch('ending already');
        else expect(ended.incident.endMs).toBeLessThan(answer.incident.endMs);
        const plan = shop.planUntil(afterNow + 3 * MINUTE_MS);
        expect(answerKey(plan).map(({ id }) => id)).toContain(answer.incident.id);
        const last = { from: plan.slotCount - 4, to: plan.slotCount };
        expect([...generateDocuments(plan, last)].length).toBeGreaterThan(20);
      }
    },
  );

  it('keeps more sessions from a reading on, and says why it cannot keep fewer', () => {
    const shop = new LiveShop({ ...input, presets: [] });
    const usual = input.parameters.sample;
    expect(shop.keepOneIn(usual, afterNow)).toBe(false);
    expect(() => shop.keepOneIn(usual + 1, afterNow)).toThrow(
      `--sample: the index keeps one of ${usual} sessions`,
    );
    expect(shop.keepOneIn(2, afterNow + 1)).toBe(true);
    expect(shop.keepOneIn(2, afterNow + MINUTE_MS)).toBe(false);
    expect(shop.course(afterNow).sampling).toEqual([{ fromMs: afterNow + 10_000, sample: 2 }]);
    // No document has reached the first change yet, so the second takes its place.
    expect(shop.keepOneIn(3, afterNow + 2)).toBe(true);
    expect(shop.course(afterNow).sampling).toEqual([{ fromMs: afterNow + 10_000, sample: 3 }]);
  });

  it('has one incident at a time, and room for a window that a preset keeps', () => {
    const shop = new LiveShop({ ...input, presets: [] });
    expect(shop.start(start('memory_pressure'), afterNow).ok).toBe(true);
    expect(shop.start(start('circuit_breaker'), afterNow + 30_000)).toEqual({
      ok: false,
      reason: 'Memory pressure is running: end it first',
    });
    expect(new LiveShop(input).start(start('no_such_thing'), afterNow)).toMatchObject({ ok: false });
  });

  it('says of one that is ending until when to wait', () => {
    const shop = new LiveShop({ ...input, presets: [] });
    shop.start(start('memory_pressure'), afterNow);
    expect(shop.recover(afterNow + MINUTE_MS).ok).toBe(true);
    const next = shop.start(start('circuit_breaker'), afterNow + MINUTE_MS + 1000);
    expect(next).toMatchObject({ ok: false, reason: expect.stringMatching(/is over at \d\d:\d\d: wait/) });
  });

  it('has one release at a time', () => {
    const shop = new LiveShop({ ...input, presets: [] });
    const first = shop.start(start('red_herring'), afterNow);
    const again = shop.start(start('red_herring'), afterNow + 9000);
    expect(again).toMatchObject({ ok: false, reason: expect.stringContaining('under way already') });
    const overMs = first.ok ? first.incident.endMs : 0;
    expect(shop.start(start('red_herring'), overMs + 1000).ok).toBe(true);
  });

  it('ends nothing where nothing runs', () => {
    expect(new LiveShop(input).recover(afterNow)).toMatchObject({ ok: false });
  });

  it('takes the settings of a preset', () => {
    const [preset] = BUILT_IN;
    if (!preset) throw new Error('no preset');
    const shop = new LiveShop({ ...input, presets: BUILT_IN });
    // Its own window is over at the latest two hours later.
    const at = [0, 60, 120, 180].map((minutes) =>
      shop.start(start(preset.id), afterNow + minutes * MINUTE_MS),
    );
    expect(at.find(({ ok }) => ok)).toMatchObject({
      incident: { preset: preset.id, type: preset.model.type },
    });
  });

  it('has a release that nothing comes of, with the documents as they would have been', () => {
    const shop = new LiveShop({ ...input, presets: [] });
    const untilMs = afterNow + 10 * MINUTE_MS;
    const without = shop.planUntil(untilMs);
    const answer = shop.start(start('red_herring'), afterNow);
    if (!answer.ok) throw new Error(answer.reason);
    const plan = shop.planUntil(untilMs);
    expect(answerKey(plan).find(({ id }) => id === answer.incident.id)).toMatchObject({
      kind: 'red_herring',
    });
    const slots = { from: plan.slotCount - 30, to: plan.slotCount };
    const ids = (of: typeof plan) => [...generateDocuments(of, slots)].map(({ id }) => id);
    const [all, usual] = [new Set(ids(plan)), new Set(ids(without))];
    expect([...all].filter((id) => !usual.has(id))).toHaveLength(3);
    expect([...usual].filter((id) => !all.has(id))).toEqual([]);
  });

  it('knows which incident of its own plan is under way, and that nobody started it', () => {
    const busy = { ...input, parameters: { ...DEFAULTS, days: 1, incidentsPerDay: { min: 8, max: 8 } } };
    const shop = new LiveShop({ ...busy, presets: [] });
    const later = shop.planUntil(NOW + 8 * 60 * MINUTE_MS).incidents.find(({ startMs }) => startMs > NOW);
    if (!later) throw new Error('this seed has no incident after now');
    expect(shop.planned(later.startMs - 1)?.id).not.toBe(later.id);
    for (const ms of [later.startMs, later.endMs, later.recoveredMs - 1])
      expect([shop.planned(ms)?.id, shop.running(ms)]).toEqual([later.id, undefined]);
    expect(shop.planned(later.recoveredMs)?.id).not.toBe(later.id);
  });
});
