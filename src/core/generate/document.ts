// A row as an object: what tests and readers of single documents want. The fast way to bytes is encoder.ts.

import { documentId } from '../documents/ids.ts';
import type { Plan } from '../plan/types.ts';
import type { Row } from './customers/row.ts';
import { FIELDS, type Field } from './encode/fields.ts';
import type { GeneratedDocument, Transaction } from './encode/transaction.ts';

const ENTRIES = Object.entries<Field>(FIELDS);

/** The document of a row. */
export function documentOf(plan: Plan, row: Row): GeneratedDocument {
  const { ms, phase, incident } = row;
  const source = Object.fromEntries(ENTRIES.map(([name, { value }]) => [name, value(row, plan)]));
  return { id: documentId(plan.key, row), ms, phase, incident, source: source as unknown as Transaction };
}
