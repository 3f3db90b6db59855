// Test cases for Agent Health: what its import accepts, and that nothing an agent reads gives the answer away.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { agentHealthCases, agentHealthFiles } from '../../../../src/core/export/agent-health.ts';
import { tallyOf } from '../../../../src/core/generate/index.ts';
import { answerKey } from '../../../../src/core/ground-truth/answer-key.ts';
import { planWith } from '../../../helpers/generated.ts';

const plan = planWith({ days: 3, profile: 'graded', seed: 5, sample: 240 });
const key = answerKey(plan, tallyOf(plan));
const request = { key, index: 'shop', timeZone: 'Europe/Berlin' };
const cases = agentHealthCases(request);

/** The import of Agent Health accepts this (lib/testCaseValidation.ts of opensearch-project/agent-health). */
const nonEmpty = v.pipe(v.string(), v.minLength(1));
const IMPORTED = v.pipe(
  v.array(
    v.strictObject({
      name: nonEmpty,
      description: v.string(),
      category: nonEmpty,
      subcategory: v.string(),
      difficulty: v.picklist(['Easy', 'Medium', 'Hard']),
      initialPrompt: nonEmpty,
      context: v.array(v.strictObject({ description: v.string(), value: v.string() })),
      expectedOutcomes: v.pipe(v.array(nonEmpty), v.minLength(1)),
    }),
  ),
  v.minLength(1),
);

describe('the test cases', () => {
  it('are what Agent Health imports, one for each entry of the key, with names of their own', () => {
    const [file] = agentHealthFiles(request);
    expect(v.safeParse(IMPORTED, JSON.parse(file?.text ?? '')).success).toBe(true);
    expect(cases).toHaveLength(key.length);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(key.length);
    expect(file?.ours.test(file.text)).toBe(true);
  });

  it('ask for a period that holds the entry, and in the same words whatever it was', () => {
    for (const [at, { initialPrompt }] of cases.entries()) {
      const times = [...initialPrompt.matchAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g)].map(([time]) => time);
      const { start = '', recovered = '' } = key[at] ?? {};
      expect(times).toHaveLength(2);
      expect((times[0] ?? '') <= start && recovered <= (times[1] ?? '')).toBe(true);
    }
    const words = cases.map(({ initialPrompt }) => initialPrompt.replaceAll(/\d[\d:.TZ-]*/g, 'N'));
    expect(new Set(words).size).toBe(1);
    expect(new Set(cases.map(({ context }) => JSON.stringify(context))).size).toBe(1);
  });

  it('expect the cause of an incident with its figures, and of a red herring that nothing was broken', () => {
    for (const [at, { expectedOutcomes, subcategory }] of cases.entries()) {
      const { kind, component, reason, expected, affected } = key[at] ?? {};
      const said = expectedOutcomes.join('\n');
      expect(said).toContain(component);
      expect(said).toContain(reason);
      if (kind === 'red_herring') {
        expect([subcategory, expectedOutcomes[0]]).toEqual([
          'Red herring',
          'Concludes that nothing was broken and no action is needed',
        ]);
        continue;
      }
      expect(subcategory).toBe('Incident');
      if (affected?.gateway) expect(said).toContain(`Names ${affected.gateway}, and no other`);
      for (const code of Object.keys(expected?.errors ?? {})) expect(said).toContain(code);
    }
  });
});
