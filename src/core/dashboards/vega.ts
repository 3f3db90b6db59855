// Panels drawn by Vega-Lite: the breaker strips, and the response time with a band behind each incident.
import {
  type Panel,
  type PanelBasis,
  type PanelSearch,
  type VisualizationBasis,
  visualizationPanel,
} from './panel.ts';

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';

/**
 * Without warnings: a time without an open breaker or an incident leaves a layer empty, and "Infinite extent" would stand
 * over the drawing. Errors are still shown. Dashboards reads its settings under this name in all versions.
 */
const CONFIG = { kibana: { hideWarnings: true } };

/** 24-hour times; the browser's zone, as in the other panels. */
const TIME_AXIS = {
  title: null,
  labelOverlap: 'greedy',
  labelSeparation: 12,
  labelExpr:
    "timeFormat(datum.value, hours(datum.value) + minutes(datum.value) + seconds(datum.value) === 0 ? '%a %d %b' : seconds(datum.value) === 0 ? '%H:%M' : '%H:%M:%S')",
};

/** Buckets of a minute or longer, about as many as fit. */
const overTime = (buckets: number) => ({
  auto_date_histogram: { field: '@timestamp', buckets, minimum_interval: 'minute' },
});

/** The buckets of one of these aggregations, in the time and with the filters of the dashboard. */
const bucketsOf = (
  aggregation: string,
  { name, index, aggs }: { readonly name: string; readonly index: string; readonly aggs: object },
) => ({
  name,
  url: { '%context%': true, '%timefield%': '@timestamp', index, body: { size: 0, aggs } },
  format: { property: `aggregations.${aggregation}.buckets` },
});

interface VegaParts extends VisualizationBasis {
  readonly spec: object;
  readonly search: PanelSearch;
}

function vegaPanel({ index, piece, title, about, spec, search }: VegaParts): Panel {
  return visualizationPanel({
    index,
    piece,
    title,
    about,
    type: 'vega',
    params: { spec: JSON.stringify({ $schema: SCHEMA, config: CONFIG, ...spec }, undefined, 1) },
    search,
  });
}

/** A strip a server: green while its breaker is closed, red while it is open, amber while it probes. */
export function breakerStrips({ index, piece, title }: PanelBasis): Panel {
  const aggs = {
    servers: {
      terms: { field: 'server_instance', size: 10, order: { _key: 'asc' } },
      aggs: {
        over_time: { ...overTime(120), aggs: { states: { terms: { field: 'circuit_breaker_state' } } } },
      },
    },
  };
  const states = "pluck(datum.bucket.states.buckets, 'key')";
  return vegaPanel({
    index,
    piece,
    title,
    about: 'The state of the circuit breaker that requests met, by server.',
    search: { aggs },
    spec: {
      data: bucketsOf('servers', { name: 'breakers', index, aggs }),
      transform: [
        { flatten: ['over_time.buckets'], as: ['bucket'] },
        { filter: 'datum.bucket.doc_count > 0' },
        { calculate: 'datum.bucket.key', as: 'time' },
        {
          window: [{ op: 'lead', field: 'time', as: 'until' }],
          groupby: ['key'],
          sort: [{ field: 'time' }],
        },
        { filter: 'datum.until' },
        { calculate: `indexof(${states}, 'open') >= 0`, as: 'open' },
        { calculate: `indexof(${states}, 'half_open') >= 0`, as: 'probes' },
        { calculate: "datum.open ? 'open' : datum.probes ? 'half_open' : 'closed'", as: 'state' },
      ],
      encoding: {
        x: { field: 'time', type: 'temporal', axis: TIME_AXIS },
        x2: { field: 'until' },
        y: { field: 'key', type: 'nominal', axis: { title: null, labelLimit: 200 } },
      },
      layer: [
        {
          mark: { type: 'rect', height: 26, tooltip: true },
          encoding: {
            color: {
              field: 'state',
              type: 'nominal',
              scale: { domain: ['closed', 'half_open', 'open'], range: ['#54B399', '#F5A700', '#BD271E'] },
              legend: { orient: 'bottom', title: null },
            },
          },
        },
        // Probes are short: in a bucket that also was open they show as a stripe.
        {
          transform: [{ filter: 'datum.open && datum.probes' }],
          mark: { type: 'rect', height: 8, color: '#F5A700' },
        },
      ],
    },
  });
}

const PERCENTILES = [
  { key: '50.0', label: 'p50', color: '#54B399' },
  { key: '95.0', label: 'p95', color: '#DA8B45' },
  { key: '99.0', label: 'p99', color: '#BD271E' },
] as const;

/** Response time in seconds, with a band and a name behind each incident of the companion index. */
export function markedResponseTime(parts: PanelBasis & { readonly incidents: string }): Panel {
  const { index, piece, title, incidents } = parts;
  const aggs = {
    over_time: {
      ...overTime(200),
      aggs: { times: { percentiles: { field: 'response_time_ms', percents: [50, 95, 99] } } },
    },
  };
  const bands = {
    data: {
      name: 'incidents',
      url: {
        index: incidents,
        body: {
          size: 500,
          query: { range: { '@timestamp': { '%timefilter%': true } } },
          _source: ['@timestamp', 'end', 'title'],
        },
      },
      format: { property: 'hits.hits' },
    },
    transform: [
      { calculate: "toDate(datum._source['@timestamp'])", as: 'start' },
      { calculate: 'toDate(datum._source.end)', as: 'end' },
      { calculate: 'datum._source.title', as: 'incident' },
    ],
  };
  const axis = { type: 'temporal', axis: TIME_AXIS };
  return vegaPanel({
    index,
    piece,
    title,
    about: 'p50, p95 and p99 of response_time_ms in seconds; each band is an incident.',
    search: { aggs },
    spec: {
      layer: [
        {
          ...bands,
          layer: [
            {
              mark: { type: 'rect', color: '#BD271E', opacity: 0.15, tooltip: true },
              encoding: {
                x: { field: 'start', ...axis },
                x2: { field: 'end' },
                tooltip: { field: 'incident' },
              },
            },
            {
              mark: {
                type: 'text',
                align: 'left',
                baseline: 'top',
                dx: 3,
                dy: 3,
                color: '#BD271E',
                fontWeight: 'bold',
              },
              encoding: { x: { field: 'start', ...axis }, y: { value: 0 }, text: { field: 'incident' } },
            },
          ],
        },
        {
          data: bucketsOf('over_time', { name: 'response', index, aggs }),
          transform: [
            { filter: 'datum.doc_count > 0' },
            ...PERCENTILES.map(({ key, label }) => ({
              calculate: `datum.times.values['${key}'] / 1000`,
              as: label,
            })),
            { fold: PERCENTILES.map(({ label }) => label), as: ['percentile', 'seconds'] },
          ],
          mark: { type: 'line', strokeWidth: 2, tooltip: true },
          encoding: {
            x: { field: 'key', ...axis },
            y: { field: 'seconds', type: 'quantitative', axis: { title: 'seconds' } },
            color: {
              field: 'percentile',
              type: 'nominal',
              scale: {
                domain: PERCENTILES.map(({ label }) => label),
                range: PERCENTILES.map(({ color }) => color),
              },
              legend: { title: null },
            },
          },
        },
      ],
    },
  });
}
