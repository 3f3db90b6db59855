// A document as an object, the plain way: what the encoder writes as bytes. Fields without a value are left out of the JSON.

import { documentId } from '../../documents/ids.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from '../customers/row.ts';
import { FIELDS, type Field } from './fields.ts';
import { type MarkerDocument, markerDocument } from './marker.ts';

export type Transaction = {
  readonly [Name in keyof typeof FIELDS]: ReturnType<(typeof FIELDS)[Name]['value']>;
};

/** A document, and what the generator knows about it. */
export interface GeneratedDocument {
  readonly id: string;
  readonly ms: number;
  /** 0 normal, 1 incident, 2 recovery. */
  readonly phase: 0 | 1 | 2;
  /** Index into the plan's incidents; -1 in normal operation. */
  readonly incident: number;
  readonly source: Transaction | MarkerDocument;
}

/** A document that is a transaction, no marker. */
export type GeneratedTransaction = GeneratedDocument & { readonly source: Transaction };

/** True for a transaction, false for a marker. */
export const isTransaction = (document: GeneratedDocument): document is GeneratedTransaction =>
  document.source.event_type === 'checkout_attempt';

const ENTRIES = Object.entries<Field>(FIELDS);

/** The document of a row. */
export function documentOf(plan: Plan, row: Row): GeneratedDocument {
  const { ms, phase, incident, marker } = row;
  const source = marker ? markerDocument(marker) : transactionOf(plan, row);
  return { id: documentId(plan.key, row), ms, phase, incident, source };
}

function transactionOf(plan: Plan, row: Row): Transaction {
  const fields = Object.fromEntries(ENTRIES.map(([name, { value }]) => [name, value(row, plan)]));
  return fields as unknown as Transaction;
}
