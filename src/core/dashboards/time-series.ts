// Panels of the time series builder (TSVB): lines over time, and number tiles that turn red.
import { aggregationsOf, type Measure, metricsOf } from './measures.ts';
import { MIN_BUCKET_SECONDS, type Panel, type VisualizationBasis, visualizationPanel } from './panel.ts';
import { partId } from './saved-object.ts';
import { clauseOf, dqlOf, type Where } from './where.ts';

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

export interface TimeSeriesParts extends VisualizationBasis {
  readonly series: readonly Series[];
  readonly axisMax?: number;
  /** Shortest buckets, where those of other panels would hold a document or two. */
  readonly bucketMinutes?: number;
  /** Marks deployments, restarts and changes of the configuration. */
  readonly changes?: true;
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

/** Lines where something was changed; most of it is harmless. */
const changesMarked = (index: string, id: string) => ({
  id,
  color: '#69707D',
  index_pattern: index,
  time_field: '@timestamp',
  icon: 'fa-tag',
  fields: 'event_type,server_instance,message',
  template: '{{event_type}} {{server_instance}} {{message}}',
  query_string: {
    query: 'event_type:deployment or event_type:restart or event_type:config_change',
    language: 'kuery',
  },
  ignore_global_filters: 1,
  ignore_panel_filters: 1,
});

/** Lines over time. */
export function timeSeriesPanel(parts: TimeSeriesParts): Panel {
  const { index, piece, title, about, series, axisMax, bucketMinutes, changes } = parts;
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
      ...(bucketMinutes === undefined ? {} : { interval: `>=${bucketMinutes}m` }),
      ...(changes ? { annotations: [changesMarked(index, partId(piece, 'changes'))] } : {}),
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

export interface TileParts extends VisualizationBasis {
  readonly series: Series;
  /** From this value on the tile is red, below it green; one without keeps its color. */
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
