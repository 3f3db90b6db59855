// What an incident costs: orders, money and customers, as one search.
import { grouped } from '../../../text/numbers.ts';
import { term } from '../../ground-truth/clauses.ts';
import { valueAt } from '../check.ts';
import { type Bucket, bucketsIn, valueIn } from './answer.ts';
import { type Inquiry, sum, terms } from './search.ts';
import type { Scene } from './step.ts';
import { dollars, listed } from './words.ts';

/** The amount of an order, before sampling. */
const MONEY = "doc['amount'].value * doc['sample_weight'].value";

/** Failed transactions from the start of the incident to the end of its recovery. */
export function inquireImpact({ incident }: Scene): Inquiry {
  const firstPayments = { bool: { filter: [term('step', 'payment_processing'), term('retry_count', 0)] } };
  // Orders in Canadian dollars are left out: a sum over two currencies means nothing.
  const money = { filter: term('currency', 'USD'), aggs: { amount: { sum: { script: { source: MONEY } } } } };
  return {
    span: { fromMs: incident.startMs, toMs: incident.recoveredMs },
    where: [{ field: 'status', is: 'error' }],
    aggs: {
      transactions: sum('sample_weight'),
      weight: { max: { field: 'sample_weight' } },
      customers: { cardinality: { field: 'user_id', precision_threshold: 40_000 } },
      orders: { filter: firstPayments, aggs: { placed: sum('sample_weight'), money } },
      steps: terms('step'),
      servers: terms('server_instance'),
      gateways: terms('payment_gateway'),
    },
    ppl: 'stats sum(sample_weight) as transactions, distinct_count(user_id) as customers by step',
  };
}

export interface ImpactText {
  readonly impact: string;
  readonly affected: string;
  /** For an audience. */
  readonly say: string;
}

/** Undefined where no transaction failed. */
export function tellImpact(answer: unknown, { incident }: Scene): ImpactText | undefined {
  const aggregations = valueAt(answer, 'aggregations');
  const orders = valueAt(aggregations, 'orders');
  const transactions = valueIn(aggregations, 'transactions');
  if (!(transactions > 0)) return undefined;
  const counts = (name: string) =>
    listed(bucketsIn(answer, name).map(({ key, doc_count }: Bucket) => `${key} ${grouped(doc_count)}`));
  const placed = grouped(valueIn(orders, 'placed'));
  const money = dollars(valueIn(valueAt(orders, 'money'), 'amount'));
  const where =
    incident.gateway === undefined
      ? `by step: ${counts('steps')}`
      : `by payment gateway: ${counts('gateways')}`;
  return {
    impact: `${grouped(transactions)} transactions fail. Among them are the first payments of ${placed} orders; those in US dollars are worth ${money}.`,
    affected: `${grouped(valueIn(aggregations, 'customers'))} customers in the index see an error. Failed documents ${where}; by server: ${counts('servers')}.`,
    say: `${placed} orders could not be paid on the first try; those in US dollars are worth ${money}.`,
  };
}
