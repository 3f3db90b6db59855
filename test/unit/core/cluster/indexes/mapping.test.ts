import { expect, test } from 'vitest';
import { mappingDifferences, mappingFor } from '../../../../../src/core/cluster/indexes/mapping.ts';
import { STORED_TRANSACTIONS } from '../../../../../src/core/documents/transactions.ts';
import { testMeta } from '../../../../helpers/run-meta.ts';

test('the mapping carries the run only when there is one, and labels only when asked for', () => {
  expect(mappingFor(STORED_TRANSACTIONS, false).mappings).not.toHaveProperty('_meta');
  expect(mappingFor(STORED_TRANSACTIONS, false, testMeta).mappings._meta).toEqual(testMeta);
  const added = Object.keys(mappingFor(STORED_TRANSACTIONS, true).mappings.properties).filter(
    (field) => !(field in mappingFor(STORED_TRANSACTIONS, false).mappings.properties),
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
