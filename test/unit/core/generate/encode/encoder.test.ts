import { afterEach, expect, it, vi } from 'vitest';
import { emptyTally } from '../../../../../src/core/generate/count/tally.ts';
import { generateBatches } from '../../../../../src/core/generate/index.ts';
import { planWith } from '../../../../helpers/generated.ts';

afterEach(() => vi.unstubAllGlobals());

// A plan keeps its encoder, so each call makes a plan of its own.
const bytes = (labelDocuments: boolean) => {
  const plan = planWith({ days: 1, sample: 60, labelDocuments });
  const slots = { from: 830, to: 900 };
  return Buffer.concat([...generateBatches(plan, { ...slots, tally: emptyTally() })].map(({ data }) => data));
};

function forbidCode(error: Error): { readonly asked: () => number } {
  let asked = 0;
  class Forbidden {
    constructor() {
      asked++;
      throw error;
    }
  }
  vi.stubGlobal('Function', Forbidden);
  return { asked: () => asked };
}

it.each([true, false])('writes the same bytes where no code may be generated (labels: %s)', (labels) => {
  const generated = bytes(labels);
  const { asked } = forbidCode(new EvalError('Code generation from strings disallowed for this context'));
  const plain = bytes(labels);
  expect(asked()).toBe(1);
  expect(generated.length).toBeGreaterThan(100_000);
  expect(plain.equals(generated)).toBe(true);
});

it('reports any other failure of the generated code', () => {
  forbidCode(new SyntaxError('Unexpected token'));
  expect(() => bytes(false)).toThrow(SyntaxError);
});
