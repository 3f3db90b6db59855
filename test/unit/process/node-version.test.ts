import { expect, test } from 'vitest';
import { nodeProblem } from '../../../src/process/node-version.ts';

test.each([
  '22.22.2',
  '22.23.0',
  '24.15.0',
  '24.99.1',
  '26.0.0',
  '26.0.0-nightly20261101abcdef',
  '26.0.0-nightly',
  '26.1.0-rc.1',
  '27.3.1',
])('Node %s is supported', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test.each(['18.20.0', '22.22.1', '23.11.0', '24.14.9', '25.2.0', '25.0.0-nightly'])(
  'Node %s is not supported, and is named beside what is needed',
  (version) => {
    const problem = nodeProblem(version);
    expect(problem).toMatchObject({ code: 'node-version', exit: 2 });
    expect(problem?.message).toContain(version);
    expect(problem?.message).toContain('^22.22.2 || ^24.15.0 || >=26.0.0');
  },
);
