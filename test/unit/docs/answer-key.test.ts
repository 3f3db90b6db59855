// The page about the answer key describes every field that a key has, and no other; its lists are those of the program.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tallyOf } from '../../../src/core/generate/index.ts';
import { answerKey } from '../../../src/core/ground-truth/answer-key.ts';
import { withAnswerParts } from '../../helpers/answer-key-page.ts';
import { planWith } from '../../helpers/generated.ts';

const page = readFileSync(new URL('../../../docs/answer-key.md', import.meta.url), 'utf8');

/** The fields in the first column of the table. */
const described = () => {
  const [, table = ''] = /## Fields\n([\s\S]*?)\n## /.exec(page) ?? [];
  const cells = table.split('\n').flatMap((line) => /^\| (`.*?) \| /.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, name]) => name));
};

const NESTED = ['affected', 'expected'];

it('describes every field', () => {
  const plan = planWith({ days: 3, sample: 600 });
  const incident = plan.incidents[0];
  if (!incident) throw new Error('the plan has no incident');
  const tally = tallyOf(plan);
  // No incident of the demo is limited to a balancer.
  const limited = { ...plan, incidents: plan.incidents.map((one) => ({ ...one, balancer: 'lb-west-01' })) };
  const fields = answerKey(limited, tally).flatMap((entry) =>
    Object.entries(entry).flatMap(([name, value]) => [
      // `affected` has no meaning beside that of its parts.
      ...(name === 'affected' ? [] : [name]),
      ...(NESTED.includes(name) ? Object.keys(value ?? {}).map((inner) => `${name}.${inner}`) : []),
    ]),
  );
  expect(described().toSorted()).toEqual([...new Set(fields)].toSorted());
});

it('has the rule and the lists of the program (npm run docs makes them afresh)', () => {
  expect(page).toBe(withAnswerParts(page));
});
