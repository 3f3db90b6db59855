// The checkout transactions: the one signal so far.
import type { Signal } from '../../documents/signal.ts';
import { STORED_TRANSACTIONS } from '../../documents/transactions.ts';
import type { Plan } from '../../plan/types.ts';
import { SUMMED } from '../count/sums.ts';
import { emptyTally, type Tally } from '../count/tally.ts';
import { FIELDS } from '../encode/fields.ts';
import { MARKER_FIELDS } from '../encode/marker.ts';
import { type GeneratedDocument, generateDocuments, type Slots, tallyOf } from '../index.ts';

export const TRANSACTIONS: Signal<Plan, Slots, GeneratedDocument, Tally, (typeof SUMMED)[number]> = {
  ...STORED_TRANSACTIONS,
  fields: [...Object.keys(FIELDS), ...MARKER_FIELDS],
  documents: generateDocuments,
  tally: { empty: emptyTally, count: tallyOf, summed: SUMMED },
};
