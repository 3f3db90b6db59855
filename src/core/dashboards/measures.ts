// What a line or a tile measures: as the time series builder computes it, and as a search of the index.
import { clauseOf, dqlOf, type Where } from './where.ts';

/** What a line or a tile shows of the documents it is about. */
export type Measure =
  | { readonly kind: 'percentile'; readonly field: string; readonly percent: number }
  | { readonly kind: 'max'; readonly field: string }
  /** Transactions a second before sampling. */
  | { readonly kind: 'rate' }
  /** Transactions before sampling. */
  | { readonly kind: 'transactions' }
  /** The share of the documents among these for which `of` holds too, 0 to 1. (A filtered series cannot show a ratio.) */
  | { readonly kind: 'share'; readonly of: Where; readonly among: Where }
  /** The sum of the amounts before sampling. */
  | { readonly kind: 'money' }
  /** A level to compare with. */
  | { readonly kind: 'line'; readonly value: number };

interface MetricSpec {
  readonly id: string;
  readonly type: string;
  readonly [name: string]: unknown;
}

/** The metrics that Dashboards computes for a measure: the last one is drawn. */
export function metricsOf(measure: Measure, id: (name: string) => string): readonly MetricSpec[] {
  switch (measure.kind) {
    case 'percentile':
      return [
        {
          id: id('metric'),
          type: 'percentile',
          field: measure.field,
          percentiles: [{ id: id('percentile'), mode: 'line', shade: 0.2, value: measure.percent }],
        },
        // As it is: a bare percentile is called "p95 (95)".
        {
          id: id('math'),
          type: 'math',
          script: 'params.p',
          variables: [{ id: id('p'), name: 'p', field: `${id('metric')}[${measure.percent}.0]` }],
        },
      ];
    case 'max':
      return [{ id: id('metric'), type: 'max', field: measure.field }];
    case 'transactions':
      return [{ id: id('metric'), type: 'sum', field: 'sample_weight' }];
    case 'rate':
      return [
        { id: id('sum'), type: 'sum', field: 'sample_weight' },
        {
          id: id('metric'),
          type: 'math',
          script: 'params.n / (params._interval / 1000)',
          variables: [{ id: id('n'), name: 'n', field: id('sum') }],
        },
      ];
    case 'share':
      return [
        {
          id: id('metric'),
          type: 'filter_ratio',
          numerator: { query: dqlOf({ ...measure.among, ...measure.of }), language: 'kuery' },
          denominator: { query: dqlOf(measure.among) || '*', language: 'kuery' },
          metric_agg: 'count',
        },
      ];
    case 'line':
      return [{ id: id('metric'), type: 'static', value: String(measure.value) }];
    case 'money':
      return [
        { id: id('amount'), type: 'sum', field: 'amount' },
        { id: id('weight'), type: 'avg', field: 'sample_weight' },
        {
          id: id('metric'),
          type: 'math',
          script: 'params.a * params.w',
          variables: [
            { id: id('a'), name: 'a', field: id('amount') },
            { id: id('w'), name: 'w', field: id('weight') },
          ],
        },
      ];
  }
}

/** The aggregations of a measure, to try it on the cluster. */
export function aggregationsOf(measure: Measure): object {
  switch (measure.kind) {
    case 'percentile':
      return { value: { percentiles: { field: measure.field, percents: [measure.percent] } } };
    case 'max':
      return { value: { max: { field: measure.field } } };
    case 'transactions':
    case 'rate':
      return { value: { sum: { field: 'sample_weight' } } };
    case 'share':
      return { value: { filter: clauseOf({ ...measure.among, ...measure.of }) } };
    case 'line':
      return { value: { value_count: { field: '@timestamp' } } };
    case 'money':
      return { amount: { sum: { field: 'amount' } }, weight: { avg: { field: 'sample_weight' } } };
  }
}
