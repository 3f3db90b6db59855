// The errors by code, as stacked columns of the oldest kind of chart: each code keeps its color.
import { type PanelParts, toPattern } from './classic.ts';
import { MIN_BUCKET_SECONDS, PATTERN_REFERENCE, type Panel, visualizationPanel } from './panel.ts';

/** Incident codes stand out, those of customers are gray: unnamed ones would change color at each load. */
const CODE_COLORS = {
  PAYMENT_TIMEOUT: '#BD271E',
  CIRCUIT_BREAKER_OPEN: '#F5A700',
  UPSTREAM_SERVICE_ERROR: '#E7664C',
  DB_CONN_EXHAUSTED: '#7B1FA2',
  MEMORY_EXHAUSTED: '#006BB4',
  UPSTREAM_CONNECTION_RESET: '#8B98A9',
  UPSTREAM_READ_TIMEOUT: '#7D8B9C',
  UPSTREAM_UNAVAILABLE: '#6F7D8F',
  CARD_DECLINED: '#C4CAD6',
  CARD_EXPIRED: '#D3DAE6',
  OUT_OF_STOCK: '#AAB4C3',
  INVALID_ADDRESS: '#98A2B3',
};

const AXES = {
  categoryAxes: [
    {
      id: 'CategoryAxis-1',
      type: 'category',
      position: 'bottom',
      show: true,
      style: {},
      scale: { type: 'linear' },
      labels: { show: true, filter: true, truncate: 100 },
      title: {},
    },
  ],
  valueAxes: [
    {
      id: 'ValueAxis-1',
      name: 'LeftAxis-1',
      type: 'value',
      position: 'left',
      show: true,
      style: {},
      scale: { type: 'linear', mode: 'normal' },
      labels: { show: true, rotate: 0, filter: false, truncate: 100 },
      title: { text: 'failed transactions' },
    },
  ],
};

/** Failed transactions before sampling, in columns of error codes. */
export function errorsByCode({ index, pattern, piece, title }: PanelParts): Panel {
  const label = 'failed transactions';
  return visualizationPanel({
    index,
    piece,
    title,
    about: 'Failed transactions before sampling, by error code.',
    type: 'histogram',
    uiState: { vis: { colors: CODE_COLORS } },
    references: [toPattern(PATTERN_REFERENCE, pattern)],
    aggs: [
      {
        id: '1',
        enabled: true,
        type: 'sum',
        schema: 'metric',
        params: { field: 'sample_weight', customLabel: label },
      },
      {
        id: '2',
        enabled: true,
        type: 'terms',
        schema: 'group',
        params: {
          field: 'error_code',
          orderBy: '1',
          order: 'desc',
          size: 10,
          otherBucket: false,
          otherBucketLabel: 'Other',
          missingBucket: false,
          missingBucketLabel: 'Missing',
        },
      },
      {
        id: '3',
        enabled: true,
        type: 'date_histogram',
        schema: 'segment',
        params: {
          field: '@timestamp',
          useNormalizedOpenSearchInterval: true,
          scaleMetricValues: false,
          // Dashboards widens it when the time range is long.
          interval: `${MIN_BUCKET_SECONDS}s`,
          drop_partials: false,
          min_doc_count: 1,
          extended_bounds: {},
        },
      },
    ],
    params: {
      type: 'histogram',
      grid: { categoryLines: false },
      ...AXES,
      seriesParams: [
        {
          show: true,
          type: 'histogram',
          mode: 'stacked',
          data: { label, id: '1' },
          valueAxis: 'ValueAxis-1',
          drawLinesBetweenPoints: true,
          lineWidth: 2,
          interpolate: 'linear',
          showCircles: false,
        },
      ],
      addTooltip: true,
      addLegend: true,
      legendPosition: 'bottom',
      times: [],
      addTimeMarker: false,
      labels: { show: false },
      thresholdLine: { show: false, value: 10, width: 1, style: 'full', color: '#E7664C' },
    },
    search: {
      mayBeEmpty: true,
      query: { exists: { field: 'error_code' } },
      aggs: {
        over_time: {
          date_histogram: {
            field: '@timestamp',
            fixed_interval: `${MIN_BUCKET_SECONDS}s`,
            min_doc_count: 1,
          },
          aggs: { codes: { terms: { field: 'error_code', size: 10 } } },
        },
      },
    },
  });
}
