import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { mappingFor } from '../../../../src/core/cluster/indexes/mapping.ts';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { metaOf, planOf } from '../../../../src/core/run/meta.ts';
import { packPresets, unpackPresets } from '../../../../src/core/run/packed-presets.ts';
import { planWith } from '../../../helpers/generated.ts';

it('gives back the presets that it packs, and takes the list of an earlier version', () => {
  expect(unpackPresets(packPresets(BUILT_IN))).toEqual(BUILT_IN);
  expect(unpackPresets(packPresets([]))).toEqual([]);
  expect(unpackPresets(BUILT_IN)).toEqual(BUILT_IN);
});

it('leaves nothing in what an index remembers that tells what is in it', () => {
  const meta = JSON.stringify(metaOf({ plan: planWith(), toolVersion: '0.0.0', run: 'a-run' })).toLowerCase();
  for (const { id, title, model, root_cause } of BUILT_IN)
    for (const word of [id, title, model.type, root_cause]) expect(meta).not.toContain(word.toLowerCase());
  for (const word of ['stripe', 'timeout', 'pool', 'memory', 'leak', '14:25', '12:15', '18:30'])
    expect(meta).not.toContain(word);
});

it('makes the same plan again from what the mapping of an index holds', () => {
  const plan = planWith();
  const meta = metaOf({ plan, toolVersion: '0.0.0', run: 'a-run' });
  const { _meta } = JSON.parse(JSON.stringify(mappingFor(STORED_TRANSACTIONS, false, meta))).mappings;
  expect(planOf('an-index', _meta).incidents).toEqual(plan.incidents);
});

const packed = (value: unknown) => deflateRawSync(JSON.stringify(value)).toString('base64');

it.each([
  ['no text', 7],
  ['not packed', 'payment-gateway-timeout'],
  ['no JSON', deflateRawSync('[{').toString('base64')],
  ['no list', packed({})],
  ['no presets', packed([{ id: 'x' }])],
  ['a megabyte and more', packed('x'.repeat(2 << 20))],
])('refuses %s', (_, held) => {
  expect(() => unpackPresets(held)).toThrow();
});
