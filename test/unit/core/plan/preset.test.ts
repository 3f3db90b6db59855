import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INCIDENT_TYPES, MODELS } from '../../../../src/core/plan/models/registry.ts';
import { EVIDENCE_UNITS, FACT_NAMES } from '../../../../src/core/plan/preset.ts';
import { BUILT_IN, readPreset } from '../../../../src/core/plan/presets.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { presetJsonSchema } from '../../../helpers/preset-json-schema.ts';

const fileOf = (id: string) =>
  readFileSync(new URL(`../../../../presets/${id}.json`, import.meta.url), 'utf8');

/** The payment preset with one change, as text. */
function changed(change: (preset: Record<string, never>) => unknown): string {
  const preset = JSON.parse(fileOf('payment-gateway-timeout'));
  change(preset);
  return JSON.stringify(preset, null, 2);
}

function refusal(text: string): string {
  try {
    readPreset(text, 'mine.json');
  } catch (error) {
    if (error instanceof AppError && error.code === 'preset') return error.message;
    throw error;
  }
  throw new Error('the preset was taken');
}

// biome-ignore lint/suspicious/noExplicitAny: wrong presets are wrong in any way.
type Loose = any;

const WRONG: readonly (readonly [name: string, text: string, ...words: string[]])[] = [
  ['a misspelt field', changed((p: Loose) => (p.wndow = p.window)), 'wndow', 'window', 'story'],
  [
    'a misspelt field inside',
    changed((p: Loose) => (p.window.strat = '14:25')),
    'window.strat',
    'start',
    'recovery_minutes',
  ],
  ['a missing field', changed((p: Loose) => delete p.title), 'title', 'missing'],
  [
    'a time that is none',
    changed((p: Loose) => (p.window.start = '25:00')),
    'window.start',
    '"25:00"',
    '14:25',
  ],
  ['an end before the start', changed((p: Loose) => (p.window.end = '14:20')), 'window.end', '5 to 15'],
  ['a window too long', changed((p: Loose) => (p.window.end = '15:25')), 'window.end', '60 minutes'],
  [
    'a recovery too short',
    changed((p: Loose) => (p.window.recovery_minutes = 2)),
    'window.recovery_minutes',
    '5 to 10',
  ],
  ['a model nobody knows', changed((p: Loose) => (p.model.type = 'fire')), 'model.type', ...INCIDENT_TYPES],
  [
    'a setting of another model',
    changed((p: Loose) => (p.model.settings.first_server = 'checkout-service-01')),
    'model.settings.first_server',
    'gateway',
    'timeouts',
  ],
  [
    'a gateway nobody knows',
    changed((p: Loose) => (p.model.settings.gateway = 'adyen')),
    'model.settings.gateway',
    'stripe, paypal, square',
  ],
  [
    'an expectation that names no fact',
    changed((p: Loose) => (p.evidence[0].expect.equals = 'timeouts')),
    'evidence[0].expect.equals',
    'timeouts_promised',
    'error_percent',
  ],
  [
    'an expectation that says nothing',
    changed((p: Loose) => (p.evidence[1].expect = {})),
    'evidence[1].expect',
  ],
  [
    'an unknown window',
    changed((p: Loose) => (p.evidence[0].window = 'later')),
    'evidence[0].window',
    'before, incident, recovery, all',
  ],
  [
    'two pieces of evidence of one name',
    changed((p: Loose) => (p.evidence[1].id = p.evidence[0].id)),
    'evidence[1].id',
    'twice',
  ],
  [
    'aggregations without a path to read',
    changed((p: Loose) => delete p.evidence[2].read),
    'evidence[2].read',
  ],
  [
    'a promise without a number',
    changed((p: Loose) => delete p.model.settings.timeouts),
    'timeouts_promised',
    'model.settings.timeouts',
  ],
  [
    'evidence without a claim',
    changed((p: Loose) => delete p.evidence[1].claim),
    'evidence[1].claim',
    'is missing',
  ],
  [
    'a step without a question',
    changed((p: Loose) => delete p.investigation[0].question),
    'investigation[0].question',
    'is missing',
  ],
  ['an unknown unit', changed((p: Loose) => (p.evidence[0].unit = 'm')), 'evidence[0].unit', 'ms, %'],
  [
    'settings that are a list',
    changed((p: Loose) => (p.model.settings = [])),
    'model.settings',
    'not an object',
  ],
  ['a window that is a list', changed((p: Loose) => (p.window = [])), 'window', 'not an object'],
  ['no model', changed((p: Loose) => delete p.model.type), 'model.type', 'missing'],
  ['no evidence', changed((p: Loose) => (p.evidence = [])), 'evidence'],
  ['a name with spaces', changed((p: Loose) => (p.id = 'My preset')), 'id', 'hyphens'],
  ['a title nobody reads', changed((p: Loose) => (p.title = 'x'.repeat(81))), 'title', '81', 'at most 80'],
  ['a story nobody reads', changed((p: Loose) => (p.story = 'x'.repeat(1001))), 'story', 'at most 1000'],
  ['a list', '[]', 'not an object'],
  ['a text', '"preset"', 'not an object'],
  ['JSON with a comma too many', '{\n  "id": "a",\n  "title": "b",\n}\n', 'line 4'],
  ['JSON that breaks off', '{\n  "id": "a",\n  "title": ', 'line 3'],
  ['JSON with a comment', '{\n  // mine\n  "id": "a"\n}', 'line 2'],
  ['nothing', '', 'line 1'],
];

describe('a wrong preset is refused with the path of the field and what is allowed', () => {
  it.each(WRONG)('%s', (_, text, ...words) => {
    const message = refusal(text);
    expect(message).toContain('mine.json');
    for (const word of words) expect(message).toContain(word);
  });
});

describe('a long value', () => {
  const SHORT = 200;
  it('is cut where it is quoted', () => {
    const whole = refusal(`[${fileOf('memory-pressure')}]`);
    expect(whole).toContain('[{"$schema"');
    expect(whole).toContain('… is not an object');
    expect(whole.length).toBeLessThan(SHORT);
    expect(refusal(changed((p: Loose) => (p.id = 'A'.repeat(5000)))).length).toBeLessThan(SHORT);
    const manyFields = refusal(changed((p: Loose) => (p.model.settings['a'.repeat(5000)] = 1)));
    expect(manyFields.length).toBeLessThan(SHORT);
  });
});

describe('a right preset', () => {
  it('may have a title of 80 and a story of 1000 characters', () => {
    const full = changed((p: Loose) => Object.assign(p, { title: '€'.repeat(80), story: '😀'.repeat(1000) }));
    expect(readPreset(full, 'mine.json').title).toHaveLength(80);
  });

  it('is taken as it is, with or without a schema line', () => {
    for (const { id } of BUILT_IN)
      expect(readPreset(fileOf(id), `${id}.json`)).toEqual(JSON.parse(fileOf(id)));
    expect(
      readPreset(
        changed((p: Loose) => delete p.$schema),
        'mine.json',
      ).id,
    ).toBe('payment-gateway-timeout');
    expect(readPreset(`\uFEFF${fileOf('memory-pressure')}`, 'mine.json').id).toBe('memory-pressure');
  });

  it('may have questions only, as presets were written before there were claims', () => {
    const old = changed((p: Loose) => {
      for (const proof of p.evidence) Object.assign(proof, { question: proof.claim, claim: undefined });
      for (const step of p.investigation) delete step.claim;
    });
    expect(() => readPreset(old, 'mine.json')).not.toThrow();
  });

  it('comes in three, each with a story, evidence and an investigation', () => {
    expect(BUILT_IN.map(({ id }) => id)).toEqual([
      'payment-gateway-timeout',
      'database-pool-exhaustion',
      'memory-pressure',
    ]);
    for (const { investigation, evidence, red_herrings } of BUILT_IN) {
      expect(investigation.length).toBeGreaterThanOrEqual(5);
      expect(evidence.length).toBeGreaterThanOrEqual(3);
      expect(red_herrings.length).toBeGreaterThanOrEqual(2);
    }
  });
});

describe('the schema for editors', () => {
  const schema = JSON.parse(fileOf('preset.schema')) as Loose;

  it('is the one that `npm run docs` writes', () => {
    expect(fileOf('preset.schema')).toBe(presetJsonSchema());
  });

  it('allows the facts, types and settings that the program allows', () => {
    expect(schema.$defs.bound.anyOf[1].enum).toEqual(FACT_NAMES);
    const models = schema.properties.model.oneOf.map(({ properties }: Loose) => [
      properties.type.const,
      Object.keys(properties.settings.properties),
    ]);
    expect(models).toEqual(MODELS.map(({ type, settings }) => [type, Object.keys(settings)]));
    expect(models.flat(2)).toEqual(expect.arrayContaining([...INCIDENT_TYPES, 'timeouts', 'first_server']));
  });

  it('wants a claim or a question of evidence, and a question of a step, as the program does', () => {
    const { evidence, step } = schema.$defs;
    expect(evidence.anyOf.map(({ required }: Loose) => required)).toEqual([['claim'], ['question']]);
    expect(step.required).toContain('question');
    for (const { properties } of [evidence, step]) expect(properties.unit.enum).toEqual([...EVIDENCE_UNITS]);
  });

  it('allows texts as long as the program does', () => {
    for (const name of ['title', 'story']) {
      const { maxLength } = schema.properties[name];
      const long = (length: number) => changed((p: Loose) => (p[name] = 'x'.repeat(length)));
      expect(() => readPreset(long(maxLength), 'mine.json')).not.toThrow();
      expect(refusal(long(maxLength + 1))).toContain(`at most ${maxLength}`);
    }
  });

  it('wants the fields that the program wants', () => {
    for (const name of schema.required)
      expect(refusal(changed((p: Loose) => delete p[name]))).toContain(name);
    const known = Object.keys(schema.properties);
    for (const { id } of BUILT_IN)
      for (const name of Object.keys(JSON.parse(fileOf(id)))) expect(known).toContain(name);
  });
});
