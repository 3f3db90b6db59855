// Every pair of what is found under a name and the policy for conflicts.
import { describe, expect, it, test } from 'vitest';
import type { IndexState, RunMeta } from '../../../../src/core/cluster/indexes/run-meta.ts';
import {
  decide,
  type IndexAction,
  refusal,
  type WantedIndex,
} from '../../../../src/core/run/index-decision.ts';
import type { ConflictPolicy } from '../../../../src/core/run/request.ts';

const POLICIES: readonly ConflictPolicy[] = ['fail', 'new', 'append', 'replace'];

const meta = (change: Partial<RunMeta> = {}): RunMeta => ({
  ...{
    tool: 'incident-demo',
    version: '1',
    run: 'another',
    key: 'key',
    seed: 7,
    now: '2026-03-14T16:00:00Z',
  },
  ...{ parameters: {}, presets: [] },
  ...change,
});
const index = (change: Partial<IndexState> = {}): IndexState => ({
  ...{ name: 'demo', exists: true, documents: 100, bytes: 1, mappingDifferences: [] },
  ...change,
});
const wants = (change: Partial<WantedIndex> = {}): WantedIndex => ({
  ...{ policy: 'fail', run: 'this', key: 'key', part: undefined, labels: false },
  ...change,
});
const part = { index: 1, of: 2 };

const MISSING = index({ exists: false, documents: 0 });
const OWN_EMPTY = index({ documents: 0, meta: meta({ run: 'this' }) });
const OWN_FULL = index({ meta: meta({ run: 'this' }) });
const SAME_DATA = index({ meta: meta() });
const OTHER_DATA = index({ meta: meta({ key: 'other' }) });
const FOREIGN = index();
const FOREIGN_EMPTY = index({ documents: 0 });
const MISFIT = index({ mappingDifferences: ['amount is missing'] });
const SAME_MISFIT = index({ meta: meta(), mappingDifferences: ['amount is missing'] });

/** What each state leads to, by policy: fail, new, append, replace. */
const WHOLE: readonly (readonly [string, IndexState, readonly IndexAction[]])[] = [
  ['nothing', MISSING, ['create', 'create', 'create', 'create']],
  ['an empty index of this run', OWN_EMPTY, ['reuse', 'reuse', 'reuse', 'reuse']],
  ['a filled index of this run', OWN_FULL, ['refuse', 'create-beside', 'append', 'replace']],
  ['the same data of another run', SAME_DATA, ['refuse', 'create-beside', 'append', 'replace']],
  ['other data', OTHER_DATA, ['refuse', 'create-beside', 'append', 'replace']],
  ['an index of another program', FOREIGN, ['refuse', 'create-beside', 'append', 'replace']],
  ['an empty index of another program', FOREIGN_EMPTY, ['refuse', 'create-beside', 'append', 'replace']],
  ['another mapping', MISFIT, ['refuse', 'create-beside', 'refuse-mapping', 'replace']],
  ['the same data, another mapping', SAME_MISFIT, ['refuse', 'create-beside', 'refuse-mapping', 'replace']],
];

/** The same for a part of the data: it joins the parts that are there. */
const PART: typeof WHOLE = [
  ['nothing', MISSING, ['create', 'create', 'create', 'create']],
  ['an empty index of this part', OWN_EMPTY, ['reuse', 'reuse', 'reuse', 'reuse']],
  ['its own documents', OWN_FULL, ['append', 'append', 'append', 'append']],
  ['the same data of another part', SAME_DATA, ['append', 'append', 'append', 'append']],
  ['other data', OTHER_DATA, ['refuse', 'create-beside', 'append', 'replace']],
  ['an index of another program', FOREIGN, ['refuse', 'create-beside', 'append', 'replace']],
  ['an empty index of another program', FOREIGN_EMPTY, ['refuse', 'create-beside', 'append', 'replace']],
  ['another mapping', MISFIT, ['refuse', 'create-beside', 'refuse-mapping', 'replace']],
  [
    'the same data, another mapping',
    SAME_MISFIT,
    ['refuse-mapping', 'refuse-mapping', 'refuse-mapping', 'refuse-mapping'],
  ],
];

test.each(WHOLE)('%s', (_, state, actions) => {
  expect(POLICIES.map((policy) => decide(state, wants({ policy })))).toEqual(actions);
});

test.each(PART)('%s, found by a part', (_, state, actions) => {
  expect(POLICIES.map((policy) => decide(state, wants({ policy, part })))).toEqual(actions);
});

test('documents with labels fit only an index that was made for labels', () => {
  const append = wants({ policy: 'append', labels: true });
  const labeled = meta({ parameters: { labelDocuments: true } });
  expect(decide(SAME_DATA, append)).toBe('refuse-mapping');
  expect(decide(index({ meta: labeled }), append)).toBe('append');
  expect(decide(index({ meta: labeled }), wants({ policy: 'append' }))).toBe('append');
});

describe('a refusal', () => {
  const actions = (state: IndexState, wanted: WantedIndex) =>
    refusal('refuse', state, wanted).explain().actions.join('\n');

  it('names the owner, and offers to delete only what this tool made', () => {
    expect(refusal('refuse', FOREIGN, wants()).message).toContain('not made by incident-demo');
    expect(refusal('refuse', SAME_DATA, wants()).message).toContain('run another');
    expect(actions(FOREIGN, wants())).not.toContain('replace');
    expect(actions(SAME_DATA, wants())).toMatch(/append.*replace/s);
  });

  it('offers to add documents only where the mapping takes them', () => {
    expect(actions(SAME_MISFIT, wants())).not.toContain('append');
    expect(actions(SAME_DATA, wants({ labels: true }))).not.toContain('append');
  });

  it('never offers a part to replace what other parts loaded', () => {
    expect(actions(OTHER_DATA, wants({ part }))).not.toContain('replace');
    expect(actions(OTHER_DATA, wants({ part }))).toContain('clean --index demo');
  });

  it('says what is wrong with a mapping, the first of several differences', () => {
    const wrong = index({
      mappingDifferences: ['amount is missing', 'status is text, not keyword', 'x is missing'],
    });
    expect(refusal('refuse-mapping', wrong, wants()).message).toContain('amount is missing, and 2 more');
  });
});
