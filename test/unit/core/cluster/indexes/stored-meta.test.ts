// The answers stay out of the mapping, and the run can be rebuilt from it all the same.
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { mappingFor } from '../../../../../src/core/cluster/indexes/mapping.ts';
import { packMeta, unpackMeta } from '../../../../../src/core/cluster/indexes/stored-meta.ts';
import { STORED_TRANSACTIONS } from '../../../../../src/core/documents/transactions.ts';
import { BUILT_IN } from '../../../../../src/core/plan/presets.ts';
import { metaOf, planOf } from '../../../../../src/core/run/meta.ts';
import { planWith } from '../../../../helpers/generated.ts';

const plan = planWith();
const meta = metaOf({ plan, toolVersion: '1.0.0', run: 'a-run' });

test('a mapping says nothing of what happened', () => {
  const told = JSON.stringify(mappingFor(STORED_TRANSACTIONS, false, meta));
  for (const { id, title, story, root_cause: cause } of BUILT_IN)
    for (const words of [id, title, story, cause]) expect(told).not.toContain(words);
  expect(told).not.toMatch(/leak|timeout|exhaust|stops answering|degrad/i);
});

test('the plan of a run is made again from what its index remembers', () => {
  const read = unpackMeta(JSON.parse(JSON.stringify(packMeta(meta))));
  expect(read).toEqual(meta);
  expect(planOf('an-index', read ?? meta).incidents).toEqual(plan.incidents);
});

test('an index of before, with its presets as a list, is read too', () => {
  expect(unpackMeta(JSON.parse(JSON.stringify(meta)))).toEqual(meta);
});

test('presets that cannot be read make no plan, and none fills the memory', () => {
  const bomb = deflateRawSync(Buffer.alloc(50_000_000, ' ')).toString('base64');
  for (const presets of ['', 'no base64', packMeta(meta).presets.slice(0, 200), bomb]) {
    const read = unpackMeta({ ...meta, presets });
    expect(read?.presets).toEqual([{}]);
    expect(() => planOf('an-index', read ?? meta)).toThrow();
  }
});

test('what another program wrote is none of ours', () => {
  for (const other of [undefined, null, {}, { tool: 'another' }, { ...meta, run: 7 }])
    expect(unpackMeta(other)).toBeUndefined();
});
