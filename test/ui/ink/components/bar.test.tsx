// How much of a whole is done, drawn.
import { expect, test } from 'vitest';
import { Bar } from '../../../../src/ui/ink/components/bar.tsx';
import { rowsOf } from '../../../helpers/ink-component.tsx';

test.each([
  [0, '░░░░░░░░░░'],
  [0.25, '███░░░░░░░'],
  [1, '██████████'],
])('%s of it', (fraction, wanted) => {
  expect(rowsOf(<Bar fraction={fraction} width={10} />, 10)).toEqual([wanted]);
});

test.each([
  [-1, '░░░░'],
  [7, '████'],
])('%s is drawn as the nearest that there is', (fraction, wanted) => {
  expect(rowsOf(<Bar fraction={fraction} width={4} />, 80)).toEqual([wanted]);
});
