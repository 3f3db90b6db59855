// How the checkout transactions are stored; generate/signals/transactions.ts knows how they are made.
import mapping from '../../../mapping.json' with { type: 'json' };
import { TRANSACTION_IDS, transactionPrefix } from './ids.ts';
import type { StoredSignal } from './signal.ts';

export const STORED_TRANSACTIONS: StoredSignal = {
  name: 'transactions',
  index: 'ecommerce_performance_demo',
  mapping: {
    settings: mapping.settings,
    dynamic: mapping.mappings.dynamic,
    properties: mapping.mappings.properties,
    labels: { incident_id: { type: 'keyword' }, phase: { type: 'keyword' } },
  },
  ids: TRANSACTION_IDS,
  ofPlan: (key) => ({ field: 'transaction_id', prefix: transactionPrefix(key) }),
};
