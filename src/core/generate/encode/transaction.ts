// A document as an object, the plain way: what the encoder writes as bytes. Fields without a value are left out of the JSON.

import { documentId } from '../../documents/ids.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from '../customers/row.ts';
import { FIELDS, type Field } from './fields.ts';

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
  readonly source: Transaction;
}

const ENTRIES = Object.entries<Field>(FIELDS);

/** The document of a row. */
export function documentOf(plan: Plan, row: Row): GeneratedDocument {
  const { ms, phase, incident } = row;
  const source = Object.fromEntries(ENTRIES.map(([name, { value }]) => [name, value(row, plan)]));
  return { id: documentId(plan.key, row), ms, phase, incident, source: source as unknown as Transaction };
}
