// Texts that are written before the data must not state figures that only the data know.
import { describe, expect, it } from 'vitest';
import { MODELS } from '../../../../src/core/plan/models/registry.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';

/** Numbers of a text that are no HTTP status, percentile, clock time of the window or setting of the shop. */
function figuresIn(text: string, allowed: readonly string[] = []): string[] {
  const known = [
    ...allowed,
    '502',
    '503',
    'p50',
    'p95',
    'p99',
    '30 s',
    'checkout-service-0\\d',
    '\\{[\\w.]+\\}',
  ];
  return text.replaceAll(new RegExp(known.join('|'), 'g'), '').match(/\d[\d.,:]*/g) ?? [];
}

describe('the texts of a type', () => {
  it.each(MODELS.map((model) => [model.type, model] as const))('%s have no figures', (_, model) => {
    expect([model.title, model.rootCause].flatMap((text) => figuresIn(text))).toEqual([]);
  });
});

describe('the texts of a preset', () => {
  it.each(BUILT_IN.map((preset) => [preset.id, preset] as const))('%s have no figures', (_, preset) => {
    const { title, story, root_cause, first_symptom, window } = preset;
    const times = [window.start, window.end];
    expect([title, story, root_cause, first_symptom].flatMap((text) => figuresIn(text, times))).toEqual([]);
    // 3-minute intervals and servers of 100 threads are given.
    const shows = preset.investigation.flatMap(({ shows: text }) =>
      figuresIn(text, ['3-minute', '100 threads']),
    );
    expect(shows).toEqual([]);
  });
});
