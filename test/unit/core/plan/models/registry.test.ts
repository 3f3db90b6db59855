import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  INCIDENT_CODES,
  INCIDENT_TYPES,
  MODELS,
  modelOf,
} from '../../../../../src/core/plan/models/registry.ts';
import { SERVERS } from '../../../../../src/core/plan/shop.ts';

const SOURCE = new URL('../../../../../src/', import.meta.url);
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name));
const textOf = (name: string) => readFileSync(new URL(name, SOURCE), 'utf8');

describe('an incident type', () => {
  it.each(INCIDENT_TYPES)(
    '%s is named in its module and in the registries of evidence and of investigations, and nowhere else',
    (type) => {
      const module = `core/plan/models/${type.replaceAll('_', '-')}.ts`;
      const naming = files.filter((name) => new RegExp(`\\b${type}\\b`).test(textOf(name)));
      expect(naming.sort()).toEqual([
        'core/ground-truth/evidence-by-type.ts',
        module,
        'core/validate/guide/investigations.ts',
      ]);
    },
  );

  it.each(INCIDENT_TYPES)('%s has its modules imported by the two registries alone', (type) => {
    const module = `/${type.replaceAll('_', '-')}.ts'`;
    const importing = files.filter((name) => textOf(name).includes(`.${module}`));
    expect(importing.sort()).toEqual([
      'core/ground-truth/evidence-by-type.ts',
      'core/plan/models/registry.ts',
    ]);
  });

  it('has to be listed in the registry of evidence alone: no other table wants every type', () => {
    const complete = files.filter((name) => /(?<!Partial<)Record<IncidentType\b/.test(textOf(name)));
    expect(complete).toEqual(['core/ground-truth/evidence-by-type.ts']);
  });

  it('is found by its name, with codes, a title and a cause of its own', () => {
    for (const type of INCIDENT_TYPES) expect(modelOf(type).type).toBe(type);
    expect(() => modelOf('fire' as never)).toThrow('fire');
    expect(new Set(MODELS.map(({ title }) => title)).size).toBe(MODELS.length);
    expect(new Set(MODELS.map(({ rootCause }) => rootCause)).size).toBe(MODELS.length);
    for (const { codes } of MODELS) {
      expect(codes.length).toBeGreaterThan(0);
      for (const code of codes) expect(INCIDENT_CODES).toContain(code);
    }
  });

  it('fails on a gateway that its calls say how to fail on, or on servers alone', () => {
    for (const type of INCIDENT_TYPES) {
      const { affected, callFailure } = modelOf(type);
      expect(affected({}).servers).toEqual(SERVERS);
      expect(affected({}).gateway !== undefined).toBe(callFailure !== undefined);
    }
  });
});
