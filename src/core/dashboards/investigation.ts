// The panels that lead from the symptom to the cause: each title is a question of the investigator.
import { choiceLists, slowErrors } from './classic.ts';
import type { Row } from './dashboard.ts';
import { errorsByCode } from './errors-by-code.ts';
import type { Panel } from './panel.ts';
import { byGateway, byServer, percentile } from './series.ts';
import { timeSeriesPanel } from './time-series.ts';
import { breakerStrips } from './vega.ts';

interface InvestigationParts {
  readonly index: string;
  /** Id of the index pattern that panels refer to. */
  readonly pattern: string;
}

const IN_SECONDS = { format: 'ms,s,2', template: '{{value}} s' } as const;

/** What customers feel. */
export function responseTime({ index }: Pick<InvestigationParts, 'index'>): Panel {
  return timeSeriesPanel({
    index,
    piece: 'response-time',
    title: '1. What do customers feel? Response time in seconds',
    about: 'p50, p95 and p99 of response_time_ms, in seconds.',
    series: [
      percentile('p99', 99, '#BD271E', 0),
      percentile('p95', 95, '#DA8B45', 0.1),
      percentile('p50', 50, '#54B399', 0.3),
    ],
    changes: true,
  });
}

/** The panels that lead from the symptom to the cause; the same in both dashboards. */
export function investigation({ index, pattern }: InvestigationParts): Row[] {
  const codes = errorsByCode({
    index,
    pattern,
    piece: 'errors-by-code',
    title: '2. What breaks? Errors by code',
  });
  const gateways = timeSeriesPanel({
    index,
    piece: 'error-rate-by-gateway',
    title: '3. Where? Error rate by gateway',
    about: 'The share of requests through each payment gateway that failed.',
    series: byGateway(),
    axisMax: 1,
    bucketMinutes: 2,
  });
  const breakers = breakerStrips({
    index,
    piece: 'breakers',
    title: '4. How do the servers defend themselves? Circuit breakers',
  });
  const threads = timeSeriesPanel({
    index,
    piece: 'threads',
    title: '5. What runs out? Busy threads of 100, by server',
    about: 'Most request threads in use at a time; a server has 100.',
    series: byServer('thread_pool_active'),
  });
  const pool = timeSeriesPanel({
    index,
    piece: 'pool',
    title: '6. Or the database? Connections in use and requests waiting',
    about: 'Most database connections in use, and most requests waiting for one.',
    series: [
      { label: 'in use', color: '#6092C0', measure: { kind: 'max', field: 'db_pool_active' }, fill: 0.3 },
      { label: 'pool size', color: '#98A2B3', measure: { kind: 'max', field: 'db_pool_max' } },
      { label: 'waiting', color: '#E7664C', measure: { kind: 'max', field: 'db_pool_pending' } },
    ],
  });
  const memory = timeSeriesPanel({
    index,
    piece: 'memory',
    title: '7. Or memory? In use by server, in %',
    about: 'Most memory in use, by server.',
    series: byServer('memory_usage_percent', { template: '{{value}} %' }),
    axisMax: 100,
  });
  const collections = timeSeriesPanel({
    index,
    piece: 'gc-pauses',
    title: '8. Longest garbage collection, by server',
    about: 'The longest garbage-collection pause, by server.',
    series: [
      ...byServer('gc_pause_ms', IN_SECONDS),
      // Without it the axis would make a mountain of pauses of 0.07 s.
      { label: '1 s, to compare', color: '#98A2B3', measure: { kind: 'line', value: 1000 }, ...IN_SECONDS },
    ],
  });
  const traffic = timeSeriesPanel({
    index,
    piece: 'traffic',
    title: '9. Or is it just busy? Transactions a second, before sampling',
    about: 'Transactions a second before sampling.',
    series: [
      { label: 'transactions/s', color: '#6092C0', measure: { kind: 'rate' }, format: '0', fill: 0.4 },
    ],
    bucketMinutes: 1,
  });
  const lists = choiceLists({ index, pattern, piece: 'choices', title: 'Narrow it down' });
  const slow = slowErrors({ index, pattern, piece: 'slow-errors', title: 'Errors that took over 5 s' });
  const row = (height: number, ...panels: readonly Panel[]): Row => ({
    height,
    panels: panels.map((panel) => ({ panel, width: 48 / panels.length })),
  });
  return [
    row(12, codes, gateways),
    row(11, breakers, threads),
    row(11, pool, memory, collections),
    row(5, lists),
    row(10, traffic),
    row(14, slow),
  ];
}
