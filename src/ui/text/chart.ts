// A line chart that always has exactly the rows and columns asked for, whatever the values are.
import asciichart from 'asciichart';
import { axisNumber } from './format.ts';
import { columnsOf, cutToColumns } from './wrap.ts';

/** Columns left of the curve: five for the number, one for the axis. */
export const AXIS_WIDTH = 6;

/** Beyond this the axis would overflow; nothing that is measured comes near it. */
const LARGEST = 1e15;

export interface ChartOptions {
  readonly values: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly scale: Scale;
  /** How much of the width the values take, 0 to 1; the rest stays empty. @default 1 */
  readonly filled?: number;
}

/** How values become heights, for so many rows above the lowest one. */
export type Scale = (
  values: readonly number[],
  rows: number,
) => {
  /** 0 at the lowest row, `rows` at the highest; values outside lie on these. */
  readonly height: (value: number) => number;
  /** Values that are named at the axis, the lowest first; at most four. */
  readonly ticks: readonly number[];
  readonly label: (value: number) => string;
};

/** How many values a chart of this width shows: one a column, and the first on the axis itself. */
export function chartPoints(width: number): number {
  return Math.max(1, width - AXIS_WIDTH + 1);
}

/** Stretches or thins values to a number of points; a thinned point is the largest of its bucket. */
function resample(values: readonly number[], points: number): number[] {
  const finite = values.map((value) =>
    Number.isFinite(value) ? Math.max(-LARGEST, Math.min(LARGEST, value)) : 0,
  );
  if (finite.length === 0) return Array.from({ length: points }, () => 0);
  return Array.from({ length: points }, (_, point) => {
    const from = Math.floor((point * finite.length) / points);
    const to = Math.max(from + 1, Math.floor(((point + 1) * finite.length) / points));
    return Math.max(...finite.slice(from, to));
  });
}

const NICE_STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The lowest end of the axis that is not below the value and makes each of its parts a round number. */
export function niceTop(value: number, parts: number): number {
  const step = Math.max(value, Number.EPSILON) / Math.max(1, parts);
  const unit = 10 ** Math.floor(Math.log10(step));
  const nice = NICE_STEPS.find((candidate) => candidate * unit >= step * (1 - 1e-9)) ?? 10;
  return nice * unit * Math.max(1, parts);
}

/** From 0 at least to `top`, with two or three equal parts named: those whose ends lie on a row of their own. */
export const linear =
  (top: number): Scale =>
  (values, rows) => {
    const parts = rows < 3 ? Math.max(1, rows) : rows % 3 !== 0 && rows % 2 === 0 ? 2 : 3;
    const max = niceTop(Math.max(top, ...values), parts);
    return {
      height: (value) => (value / max) * rows,
      ticks: Array.from({ length: parts + 1 }, (_, place) => (place / parts) * max),
      label: axisNumber,
    };
  };

/** The axis of response times reaches at least from here to there, ms. */
const LOWEST_MS = 300;
const HIGHEST_MS = 30_000;

/** `0.3`, `1`, `10`: a tick in seconds. */
const inSeconds = (ms: number) => String(ms / 1000);

/** Milliseconds as seconds on a logarithmic axis: a rise from 0.3 s to 1 s is as high as one from 10 s to 30 s. */
export const logSeconds: Scale = (values, rows) => {
  const low = Math.min(...values) < LOWEST_MS ? LOWEST_MS / 3 : LOWEST_MS;
  const high = Math.max(HIGHEST_MS, ...values);
  const ticks = [low, 1000, 10_000, high < 100_000 ? HIGHEST_MS : 100_000];
  const height = (ms: number) => (Math.log(Math.max(low, ms) / low) / Math.log(high / low)) * rows;
  return { height, ticks, label: inSeconds };
};

/** The label of each row, the highest first. Where two ticks share a row, the first one given wins. */
function rowLabels({ height, ticks, label }: ReturnType<Scale>, rows: number): readonly string[] {
  const labels = Array.from({ length: rows + 1 }, () => '');
  const [lowest, ...middle] = ticks;
  const highest = middle.pop();
  // The ends first: they say how far the axis reaches.
  for (const tick of [lowest, highest, ...middle]) {
    if (tick === undefined) continue;
    const row = rows - Math.round(Math.max(0, Math.min(rows, height(tick))));
    if (labels[row] === '') labels[row] = label(tick);
  }
  return labels;
}

/**
 * The chart as `height` lines of `width` columns each.
 * Values that are not finite count as 0; an empty series is a line at 0.
 */
export function chart({ values, width, height, scale, filled = 1 }: ChartOptions): string[] {
  const lines = Math.max(0, Math.floor(height));
  const columns = Math.max(0, Math.floor(width));
  if (lines === 0) return [];
  if (columns <= AXIS_WIDTH || lines < 2) return Array.from({ length: lines }, () => ' '.repeat(columns));
  const rows = lines - 1;
  const points = Math.max(1, Math.round(chartPoints(columns) * Math.max(0, Math.min(1, filled))));
  const series = resample(values, points);
  const scaled = scale(series, rows);
  const labels = rowLabels(scaled, rows);
  // In units of rows, so that every value is drawn in the row its label stands in.
  const drawn = asciichart
    .plot(
      series.map((value) => Math.max(0, Math.min(rows, scaled.height(value)))),
      {
        height: rows,
        min: 0,
        max: rows,
        offset: 2,
        format: (_: number, row: number) => (labels[row] ?? '').padStart(AXIS_WIDTH - 1),
      },
    )
    .split('\n')
    .map((line) => cutToColumns(line, columns));
  // The library crosses the axis at its highest row too, where no value is.
  const startsAtTop = Math.round(scaled.height(series[0] ?? 0)) >= rows;
  const [top = '', ...below] = drawn;
  return [startsAtTop ? top : top.replace('┼', '┤'), ...below].slice(0, lines);
}

export interface MarkedSpan {
  readonly startMs: number;
  readonly endMs: number;
  /** One column wide. */
  readonly mark: string;
}

export interface ChartWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Columns of the curve beside the axis, and the one that a moment lies in. */
function columnsIn({ fromMs, toMs }: ChartWindow, width: number) {
  const points = Math.max(1, width - AXIS_WIDTH);
  return { points, column: (ms: number) => ((ms - fromMs) / (toMs - fromMs)) * points };
}

/** One row under a chart: in each column that a span touches its mark; a later span wins over an earlier one. */
export function markRow(spans: readonly MarkedSpan[], window: ChartWindow, width: number): string {
  const { points, column } = columnsIn(window, width);
  const cells = Array.from({ length: points }, () => ' ');
  for (const { startMs, endMs, mark } of spans) {
    if (endMs <= window.fromMs || startMs >= window.toMs) continue;
    const first = Math.max(0, Math.floor(column(startMs)));
    const last = Math.min(points - 1, Math.max(first, Math.ceil(column(endMs)) - 1));
    cells.fill(mark, first, last + 1);
  }
  return `${' '.repeat(AXIS_WIDTH)}${cells.join('')}`.slice(0, Math.max(0, width));
}

export interface Tick {
  readonly atMs: number;
  readonly label: string;
}

/** Columns between two labels, at least. */
const GAP = 1;

/** One row under a chart: the label of each tick begins in its column; one that has no room is left out. */
export function tickRow(ticks: readonly Tick[], window: ChartWindow, width: number): string {
  const { column } = columnsIn(window, width);
  let row = ' '.repeat(AXIS_WIDTH);
  for (const { atMs, label } of ticks) {
    const start = AXIS_WIDTH + Math.max(0, Math.floor(column(atMs)));
    const free = row.length === AXIS_WIDTH ? start >= row.length : start >= row.length + GAP;
    if (!free || start + columnsOf(label) > width) continue;
    row = `${row.padEnd(start)}${label}`;
  }
  return cutToColumns(row, Math.max(0, width));
}
