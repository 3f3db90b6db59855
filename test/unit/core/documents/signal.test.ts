import { expect, it } from 'vitest';
import { mappingFor } from '../../../../src/core/cluster/indexes/mapping.ts';
import { batchOf } from '../../../../src/core/documents/batch.ts';
import { idRangeOf, timeAt } from '../../../../src/core/documents/ids.ts';
import type { StoredSignal } from '../../../../src/core/documents/signal.ts';
import { isTransaction } from '../../../../src/core/generate/index.ts';
import { TRANSACTIONS } from '../../../../src/core/generate/signals/transactions.ts';
import { AcknowledgedRanges } from '../../../../src/core/load/acknowledged-ranges.ts';
import { runScope } from '../../../../src/core/validate/scope.ts';
import { planWith } from '../../../helpers/generated.ts';

/** A second signal, whose ids are shorter and begin elsewhere. */
const SPANS: StoredSignal = {
  name: 'spans',
  index: 'otel-spans',
  mapping: {
    settings: { index: { number_of_shards: 2 } },
    dynamic: 'false',
    properties: { traceId: { type: 'keyword' } },
    labels: { incident: { type: 'keyword' } },
  },
  ids: { start: 18, length: 7, time: 4 },
  ofPlan: (key) => ({ field: 'traceId', prefix: `${key}-` }),
};

const span = (name: string) => `{"create":{"_id":"00rs${name}"}}\n{}\n`;

it('transactions have a mapping for each field, and no other', () => {
  const { properties, labels } = TRANSACTIONS.mapping;
  expect(TRANSACTIONS.fields.toSorted()).toEqual(Object.keys({ ...properties, ...labels }).toSorted());
});

it('transactions sum every number that their documents hold', () => {
  const numbers = Object.entries(TRANSACTIONS.mapping.properties).filter(([, { type }]) =>
    ['integer', 'short', 'byte', 'float', 'half_float', 'long', 'double', 'scaled_float'].includes(
      type ?? '',
    ),
  );
  expect(TRANSACTIONS.tally.summed.toSorted()).toEqual(numbers.map(([name]) => name).toSorted());
});

it('transactions count the documents that they make', () => {
  const plan = planWith({ days: 1, sample: 400 });
  const slots = { from: 600, to: 700 };
  const documents = [...TRANSACTIONS.documents(plan, slots)];
  const tally = TRANSACTIONS.tally.count(plan, slots);
  expect(documents.length).toBeGreaterThan(100);
  expect(tally.documents).toBe(documents.length);
  const { field, prefix } = TRANSACTIONS.ofPlan(plan.key);
  const starts = documents
    .filter(isTransaction)
    .map(({ source }) => String(source[field as keyof typeof source]).startsWith(prefix));
  expect(starts.every((start) => start)).toBe(true);
});

it('an index, the journal and the checks take from the signal what they know of it', () => {
  expect(mappingFor(SPANS, true).mappings.properties).toEqual({
    traceId: { type: 'keyword' },
    incident: { type: 'keyword' },
  });
  const batch = batchOf(['aaa', 'aab', 'aac'].map(span), SPANS.ids);
  expect(timeAt(batch, 0)).toBe(1000);
  expect(idRangeOf(batch)).toEqual({ first: '00rsaaa', last: '00rsaac' });
  const rest = new AcknowledgedRanges([{ first: '00rsaaa', last: '00rsaab' }]).rest(batch);
  expect(rest?.data.toString()).toBe(span('aac'));
  expect(
    runScope(SPANS, SPANS.index, { key: 'k1', firstSlotMs: 0, slotMs: 60_000, markers: [] }, false)
      .ownDocuments,
  ).toEqual({ prefix: { traceId: 'k1-' } });
});
