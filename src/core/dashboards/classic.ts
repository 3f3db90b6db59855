// Panels of the older kinds: errors by code as stacked columns, choice lists, text, and the saved search.
import { MIN_BUCKET_SECONDS, PATTERN_REFERENCE, type Panel, visualizationPanel } from './panel.ts';
import { MARK, objectId, type Reference, savedObject } from './saved-object.ts';
import { clauseOf } from './where.ts';

/** Incident codes stand out, those of customers are grey: unnamed ones would change colour at each load. */
const CODE_COLORS = {
  PAYMENT_TIMEOUT: '#BD271E',
  CIRCUIT_BREAKER_OPEN: '#F5A700',
  UPSTREAM_SERVICE_ERROR: '#E7664C',
  DB_CONN_EXHAUSTED: '#7B1FA2',
  MEMORY_EXHAUSTED: '#006BB4',
  UPSTREAM_CONNECTION_RESET: '#8B98A9',
  UPSTREAM_READ_TIMEOUT: '#7D8B9C',
  CARD_DECLINED: '#C4CAD6',
  CARD_EXPIRED: '#D3DAE6',
  OUT_OF_STOCK: '#AAB4C3',
  INVALID_ADDRESS: '#98A2B3',
};

interface PanelParts {
  readonly index: string;
  readonly pattern: string;
  readonly piece: string;
  readonly title: string;
}

const toPattern = (name: string, id: string): Reference => ({ name, type: 'index-pattern', id });

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
      legendPosition: 'right',
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

/** Choice lists that narrow every panel down. */
export function choiceLists({ index, pattern, piece, title }: PanelParts): Panel {
  const lists = [
    { field: 'payment_gateway', label: 'Gateway' },
    { field: 'server_instance', label: 'Server' },
    { field: 'step', label: 'Step' },
    { field: 'error_code', label: 'Error' },
  ];
  const referenceOf = (place: number) => `control_${place}_index_pattern`;
  return visualizationPanel({
    index,
    piece,
    title,
    about: 'A choice here narrows every panel down.',
    type: 'input_control_vis',
    references: lists.map((_, place) => toPattern(referenceOf(place), pattern)),
    params: {
      controls: lists.map(({ field, label }, place) => ({
        id: `control-${place}`,
        fieldName: field,
        parent: '',
        label,
        type: 'list',
        options: { type: 'terms', multiselect: true, dynamicOptions: true, size: 10, order: 'desc' },
        indexPatternRefName: referenceOf(place),
      })),
      updateFiltersOnChange: true,
      // Without the time filter every list warns that it might be incomplete.
      useTimeFilter: true,
      pinFilters: false,
    },
    search: {
      aggs: Object.fromEntries(lists.map(({ field, label }) => [label, { terms: { field, size: 10 } }])),
    },
  });
}

/** A text, in Markdown; its links stay in this window. */
export function textPanel({
  index,
  piece,
  title,
  markdown,
}: Omit<PanelParts, 'pattern'> & { markdown: string }): Panel {
  return visualizationPanel({
    index,
    piece,
    title,
    about: 'Links to times of this dashboard.',
    type: 'markdown',
    params: { fontSize: 12, openLinksInNewTab: false, markdown },
  });
}

interface SearchParts extends PanelParts {
  /** In DQL. */
  readonly query: string;
  readonly clause: object;
  readonly columns: readonly string[];
}

/** A saved search: documents in a table, the newest first. */
function savedSearchPanel({ index, pattern, piece, title, query, clause, columns }: SearchParts): Panel {
  const source = {
    highlightAll: true,
    version: true,
    query: { query, language: 'kuery' },
    filter: [],
    indexRefName: PATTERN_REFERENCE,
  };
  const object = savedObject({
    type: 'search',
    id: objectId(index, piece),
    attributes: {
      title: `${title} (${index})`,
      description: `${MARK}.`,
      hits: 0,
      version: 1,
      columns,
      sort: [['@timestamp', 'desc']],
      kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) },
    },
    references: [toPattern(PATTERN_REFERENCE, pattern)],
  });
  const search = {
    mayBeEmpty: true,
    query: clause,
    aggs: { found: { value_count: { field: 'transaction_id' } } },
  };
  return { piece, title, type: 'search', object, search };
}

/** Errors that took longer than five seconds. */
export function slowErrors(parts: PanelParts): Panel {
  return savedSearchPanel({
    ...parts,
    query: 'status:error and response_time_ms > 5000',
    clause: {
      bool: { filter: [clauseOf({ status: 'error' }), { range: { response_time_ms: { gt: 5000 } } }] },
    },
    columns: [
      'server_instance',
      'payment_gateway',
      'step',
      'error_code',
      'response_time_ms',
      'circuit_breaker_state',
      'error_message',
    ],
  });
}
