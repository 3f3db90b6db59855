import { expect, test } from 'vitest';
import { indexNameProblem } from '../../../../../src/core/cluster/indexes/names.ts';

test.each(['ecommerce_performance_demo', 'a', 'demo-2', 'demo.2026', 'größe'])('%s is a name', (name) => {
  expect(indexNameProblem(name)).toBeUndefined();
});

test.each([
  ['', 'empty'],
  ['*', 'several'],
  ['demo*', 'several'],
  ['a,b', 'several'],
  ['_all', 'several'],
  ['.security', 'dot'],
  ['..', 'dot'],
  ['_x', '_'],
  ['-x', '-'],
  ['+x', '+'],
  ['Demo', 'upper-case'],
  ['a b', 'white space'],
  ['a/b', '/'],
  ['a?b', 'several'],
  ['a#b', '#'],
  ['a:b', ':'],
  ['a\nb', 'white space'],
  ['x'.repeat(256), '255'],
  ['ü'.repeat(128), '255'],
])('%j is not, because of %s', (name, why) => {
  expect(indexNameProblem(name)).toContain(why);
});
