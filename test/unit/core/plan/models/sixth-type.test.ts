import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../../../helpers/parameters.ts';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

/** A copy of the sources in which a sixth type is added as CONTRIBUTING says: two modules, and a line in each registry. */
let copy = '';

function edit(name: string, change: (text: string) => string, from = name): void {
  writeFileSync(join(copy, name), change(readFileSync(join(copy, from), 'utf8')));
}

/** Adds an import, and a line at the end of the list that ends with `end`. */
const listed = (importing: string, line: string, end: string) => (text: string) =>
  text.replace(/^import /m, `${importing}\nimport `).replace(`\n${end}`, `\n  ${line},\n${end}`);

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'sixth-type-'));
  for (const name of ['src', 'presets', 'package.json', 'mapping.json'])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const models = 'src/core/plan/models';
  const evidence = 'src/core/ground-truth';
  edit(
    `${models}/cache-stampede.ts`,
    (text) => text.replaceAll('memoryPressure', 'cacheStampede').replace('memory_pressure', 'cache_stampede'),
    `${models}/memory-pressure.ts`,
  );
  edit(
    `${models}/registry.ts`,
    listed(`import { cacheStampede } from './cache-stampede.ts';`, 'cacheStampede', '] as const satisfies'),
  );
  edit(
    `${evidence}/cache-stampede.ts`,
    (text) => text.replaceAll('memoryPressureEvidence', 'cacheStampedeEvidence'),
    `${evidence}/memory-pressure.ts`,
  );
  edit(
    `${evidence}/evidence-by-type.ts`,
    listed(
      `import { cacheStampedeEvidence } from './cache-stampede.ts';`,
      'cache_stampede: cacheStampedeEvidence',
      '};',
    ),
  );
  mkdirSync(join(copy, 'try'));
  edit(
    'try/preset.json',
    (text) => text.replace('"memory_pressure"', '"cache_stampede"'),
    'presets/memory-pressure.json',
  );
  writeFileSync(
    join(copy, 'try/main.ts'),
    `import { readFileSync } from 'node:fs';
import { tallyOf } from '../src/core/generate/index.ts';
import { evidenceOf } from '../src/core/ground-truth/evidence.ts';
import { makePlan } from '../src/core/plan/index.ts';
import { readPreset } from '../src/core/plan/presets.ts';
import { STORED_TRANSACTIONS } from '../src/core/documents/transactions.ts';
import { makeGuide } from '../src/core/validate/guide/guide.ts';
import { runScope } from '../src/core/validate/scope.ts';
const preset = readPreset(readFileSync(new URL('preset.json', import.meta.url), 'utf8'), 'preset.json');
const parameters = { ...${JSON.stringify(DEFAULTS)}, incidentsPerDay: { min: 0, max: 0 }, days: 3 };
const plan = makePlan({ parameters, presets: [preset], nowMs: Date.parse('2026-03-14T16:00:00Z') });
const tally = tallyOf(plan);
const scope = runScope(STORED_TRANSACTIONS, 'shop', plan, true);
let asked = 0;
const ask = async () => { asked++; return {}; };
const guide = await makeGuide({ plan, tally, url: '', scope, results: [], ask });
console.log(JSON.stringify({
  asked,
  cannotTell: guide.scenarios.map(({ cannotTell }) => cannotTell),
  types: plan.incidents.map(({ type }) => type),
  errors: tally.incidents[0].incident.errors,
  evidence: evidenceOf(plan, plan.incidents[0], tally).map(({ id }) => id),
}));`,
  );
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('a sixth type of incident', () => {
  it('is two modules and a line in each registry: presets may use it; documents, evidence and guide follow', () => {
    const output = execFileSync(process.execPath, [join(copy, 'try/main.ts')], { encoding: 'utf8' });
    const { types, errors, evidence, asked, cannotTell } = JSON.parse(output);
    expect(types).toEqual(['cache_stampede']);
    expect(errors).toBeGreaterThan(50);
    expect(asked).toBeGreaterThan(0);
    expect(cannotTell).toEqual([expect.stringContaining('what caused it')]);
    expect(evidence).toEqual(
      expect.arrayContaining(['memory-pressure/errors', 'memory-pressure/longest-pause']),
    );
  });
});
