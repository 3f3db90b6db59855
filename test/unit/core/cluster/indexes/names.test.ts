import { expect, test } from 'vitest';
import { mappingDifferences, mappingFor } from '../../../../../src/core/cluster/indexes/mapping.ts';
import { indexNameProblem } from '../../../../../src/core/cluster/indexes/names.ts';
import { leastFree } from '../../../../../src/core/cluster/ladder/capacity.ts';
import { testMeta } from '../../../../helpers/run-meta.ts';

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

test('the mapping carries the run only when there is one, and labels only when asked for', () => {
  expect(mappingFor(false).mappings).not.toHaveProperty('_meta');
  expect(mappingFor(false, testMeta).mappings._meta).toEqual(testMeta);
  const added = Object.keys(mappingFor(true).mappings.properties).filter(
    (field) => !(field in mappingFor(false).mappings.properties),
  );
  expect(added).toEqual(['incident_id', 'phase']);
});

test('mappings differ by missing fields and types, at any depth, and not by additional fields', () => {
  const wanted = {
    a: { type: 'keyword' },
    b: { properties: { c: { type: 'ip' } } },
    t: { type: 'text', fields: { k: { type: 'keyword' } } },
  };
  expect(mappingDifferences(wanted, { ...wanted, z: { type: 'date' } })).toEqual([]);
  expect(
    mappingDifferences(wanted, { a: { type: 'text' }, b: { properties: {} }, t: { type: 'text' } }),
  ).toEqual(['a is text, not keyword', 'b.c is missing', 't.k is missing']);
});

test.each([
  ['95%', 1000, 50],
  ['0.9', 1000, 100],
  ['500mb', 1e12, 500 * 1024 * 1024],
  ['1gb', 1e12, 1024 ** 3],
  ['', 1000, 0],
  ['nonsense', 1000, 0],
])('a watermark of %j on a disk of %i keeps %i bytes free', (mark, total, free) => {
  expect(leastFree(mark, total)).toBeCloseTo(free);
});
