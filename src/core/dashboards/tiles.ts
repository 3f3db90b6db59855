// The number tiles at the top of both dashboards.
import type { Panel } from './panel.ts';
import { percentile } from './series.ts';
import { tilePanel } from './time-series.ts';
import type { Where } from './where.ts';

/** An order counts once: the retries of its payment carry the same amount again. */
const FAILED_FIRST_PAYMENTS: Where = { status: 'error', step: 'payment_processing', retry_count: '0' };
/** A sum over two currencies means nothing, so orders in Canadian dollars are left out. */
const IN_DOLLARS: Where = { ...FAILED_FIRST_PAYMENTS, currency: 'USD' };

/** Number tiles that turn red: what it costs, at a glance. */
export function tiles({ index }: { readonly index: string }): Panel[] {
  const blue = '#6092C0';
  return [
    tilePanel({
      index,
      piece: 'tile-error-rate',
      title: 'Error rate',
      about: 'The share of requests that failed; red from 5 %.',
      redFrom: 0.05,
      series: {
        label: 'of all requests',
        color: blue,
        measure: { kind: 'share', of: { status: 'error' }, among: { event_type: 'checkout_attempt' } },
        format: '0.0%',
      },
    }),
    tilePanel({
      index,
      piece: 'tile-p95',
      title: 'p95 response time',
      about: '95 % of requests were faster; red from 2 s.',
      redFrom: 2000,
      series: { ...percentile('p95', 95, blue, 0) },
    }),
    tilePanel({
      index,
      piece: 'tile-failed',
      title: 'Failed transactions',
      about: 'Requests that failed, before sampling.',
      series: {
        label: 'before sampling',
        color: blue,
        where: { status: 'error' },
        measure: { kind: 'transactions' },
        format: '0.[0]a',
      },
    }),
    tilePanel({
      index,
      piece: 'tile-revenue',
      title: 'Revenue at risk',
      about: 'The amounts of the orders in US dollars whose first payment failed, before sampling.',
      series: {
        label: 'failed payments',
        color: blue,
        where: IN_DOLLARS,
        measure: { kind: 'money' },
        format: '$0,0.[0]a',
      },
    }),
  ];
}
