// Panels of the time series builder (TSVB): lines over time, and number tiles that turn red.
import { MIN_BUCKET_SECONDS, type Panel, visualizationPanel } from './panel.ts';
import { partId } from './saved-object.ts';
import { clauseOf, dqlOf, type Where } from './where.ts';

/** What a line or a tile shows of the documents it is about. */
type Measure =
  | { readonly kind: 'percentile'; readonly field: string; readonly percent: number }
  | { readonly kind: 'max'; readonly field: string }
  /** Transactions a second before sampling. */
  | { readonly kind: 'rate' }
  /** Transactions before sampling. */
  | { readonly kind: 'transactions' }
  /** The share of the documents among these for which `of` holds too, 0 to 1. (A filtered series cannot show a ratio.) */
  | { readonly kind: 'share'; readonly of: Where; readonly among: Where }
  /** The sum of the amounts before sampling. */
  | { readonly kind: 'money' };

export interface Series {
  readonly label: string;
  readonly color: string;
  readonly measure: Measure;
  /** The documents it is about; all when left out. */
  readonly where?: Where;
  /** In the words of Dashboards: `ms,s,1` shows milliseconds as seconds with one digit. */
  readonly format?: string;
  /** With `{{value}}` for the number. */
  readonly template?: string;
  /** How opaque the area below the line is, 0 to 1. */
  readonly fill?: number;
}

interface MetricSpec {
  readonly id: string;
  readonly type: string;
  readonly [name: string]: unknown;
}

/** The metrics that Dashboards computes for a measure: the last one is drawn. */
function metricsOf(measure: Measure, id: (name: string) => string): readonly MetricSpec[] {
  switch (measure.kind) {
    case 'percentile':
      return [
        {
          id: id('metric'),
          type: 'percentile',
          field: measure.field,
          percentiles: [{ id: id('percentile'), mode: 'line', shade: 0.2, value: measure.percent }],
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
function aggregationsOf(measure: Measure): object {
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
    case 'money':
      return { amount: { sum: { field: 'amount' } }, weight: { avg: { field: 'sample_weight' } } };
  }
}

function seriesSpec(series: Series, id: (name: string) => string): object {
  const { label, color, measure, where = {}, format = 'number', template, fill = 0 } = series;
  return {
    id: id('series'),
    label,
    color,
    metrics: metricsOf(measure, id),
    ...(Object.keys(where).length > 0
      ? { split_mode: 'filter', filter: { query: dqlOf(where), language: 'kuery' } }
      : { split_mode: 'everything' }),
    separate_axis: 0,
    axis_position: 'right',
    formatter: format,
    ...(template ? { value_template: template } : {}),
    chart_type: 'line',
    line_width: 2,
    point_size: 0,
    fill,
    stacked: 'none',
    split_color_mode: 'opensearchDashboards',
  };
}

export interface TimeSeriesParts {
  readonly index: string;
  readonly piece: string;
  readonly title: string;
  readonly about: string;
  readonly series: readonly Series[];
  readonly axisMax?: number;
}

const COMMON = {
  axis_position: 'left',
  axis_formatter: 'number',
  axis_scale: 'normal',
  show_legend: 1,
  show_grid: 1,
  tooltip_mode: 'show_all',
  // The last bucket is half full: drawn, it would be a fall to zero at the right edge.
  drop_last_bucket: 1,
  isModelInvalid: false,
};

const onIndex = (index: string) => ({
  time_field: '@timestamp',
  index_pattern: index,
  default_index_pattern: index,
  default_timefield: '@timestamp',
  interval: `>=${MIN_BUCKET_SECONDS}s`,
});

const idsOf = (piece: string, place: number) => (name: string) => partId(piece, String(place), name);

/** Lines over time. */
export function timeSeriesPanel(parts: TimeSeriesParts): Panel {
  const { index, piece, title, about, series, axisMax } = parts;
  const buckets = {
    date_histogram: { field: '@timestamp', fixed_interval: `${MIN_BUCKET_SECONDS}s`, min_doc_count: 1 },
  };
  return visualizationPanel({
    index,
    piece,
    title,
    about,
    type: 'metrics',
    params: {
      id: partId(piece),
      type: 'timeseries',
      series: series.map((one, place) => seriesSpec(one, idsOf(piece, place))),
      ...onIndex(index),
      ...COMMON,
      axis_min: 0,
      ...(axisMax === undefined ? {} : { axis_max: axisMax }),
    },
    search: {
      aggs: Object.fromEntries(
        series.map(({ label, where = {}, measure }) => [
          label,
          { filter: clauseOf(where), aggs: { over_time: { ...buckets, aggs: aggregationsOf(measure) } } },
        ]),
      ),
    },
  });
}

export interface TileParts {
  readonly index: string;
  readonly piece: string;
  readonly title: string;
  readonly about: string;
  readonly series: Series;
  /** From this value on the tile is red, below it green; one without keeps its colour. */
  readonly redFrom?: number;
}

/** One number for the whole time that is shown. */
export function tilePanel({ index, piece, title, about, series, redFrom }: TileParts): Panel {
  const rule = (operator: string, value: number, background: string) => ({
    id: partId(piece, operator),
    operator,
    value,
    background_color: background,
    color: '#FFFFFF',
  });
  return visualizationPanel({
    index,
    piece,
    title,
    about,
    type: 'metrics',
    params: {
      id: partId(piece),
      type: 'metric',
      series: [{ ...seriesSpec(series, idsOf(piece, 0)), time_range_mode: 'entire_time_range' }],
      ...onIndex(index),
      ...COMMON,
      time_range_mode: 'entire_time_range',
      background_color_rules:
        redFrom === undefined
          ? [{ id: partId(piece, 'plain') }]
          : [rule('gte', redFrom, '#BD271E'), rule('lt', redFrom, '#017D73')],
    },
    search: {
      mayBeEmpty: series.where !== undefined,
      aggs: { tile: { filter: clauseOf(series.where ?? {}), aggs: aggregationsOf(series.measure) } },
    },
  });
}
