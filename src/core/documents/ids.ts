// Names of documents, sessions and orders: unique by construction, the same in every run of a plan.
import type { Row } from '../generate/customers/row.ts';

type Named = Pick<Row, 'slot' | 'session' | 'digit' | 'ms'>;

const base36 = (value: number, width: number) => value.toString(36).padStart(width, '0');

/** Slot and session in eight base-36 digits: up to 1.6 million slots of 1.6 million sessions. */
const sessionName = ({ slot, session }: Named) => base36(slot, 4) + base36(session, 4);

/**
 * `_id` of a document: eight digits of its time in ms, so that ids rise with time, then plan, slot, session and step.
 * Fixed width of 24 digits.
 */
export const documentId = (key: string, row: Named) =>
  base36(row.ms, 8) + key + sessionName(row) + base36(row.digit, 1);

export const transactionId = (key: string, row: Named) => `txn_${key}_${sessionName(row)}${row.digit}`;
export const sessionId = (key: string, row: Named) => `sess_${key}_${sessionName(row)}`;
export const orderId = (key: string, row: Named) => `ord_${key}_${sessionName(row)}`;

/** An IPv4 address as text. */
export const addressText = (address: number) =>
  [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
