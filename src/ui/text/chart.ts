// A line chart that always has exactly the rows and columns asked for, whatever the values are.
import asciichart from 'asciichart';
import { axisNumber } from './format.ts';
import { columnsOf, cutToColumns } from './wrap.ts';

/** Columns left of the curve: five for the number, one for the axis. */
const AXIS_WIDTH = 6;

/** Beyond this the axis would overflow; nothing that is measured comes near it. */
const LARGEST = 1e15;

export interface ChartOptions {
  readonly values: readonly number[];
  readonly width: number;
  readonly height: number;
  /** The axis reaches at least from 0 to here. */
  readonly top: number;
}

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

/** The lowest end of the axis that is not below the value and gives each row a round number. */
export function niceTop(value: number, rows: number): number {
  const step = Math.max(value, Number.EPSILON) / Math.max(1, rows);
  const unit = 10 ** Math.floor(Math.log10(step));
  const nice = NICE_STEPS.find((candidate) => candidate * unit >= step * (1 - 1e-9)) ?? 10;
  return nice * unit * Math.max(1, rows);
}

/**
 * The chart as `height` lines of `width` columns each.
 * Values that are not finite count as 0; an empty series is a line at 0.
 */
export function chart({ values, width, height, top }: ChartOptions): string[] {
  const rows = Math.max(0, Math.floor(height));
  const columns = Math.max(0, Math.floor(width));
  if (rows === 0) return [];
  if (columns <= AXIS_WIDTH || rows < 2) return Array.from({ length: rows }, () => ' '.repeat(columns));
  const series = resample(values, chartPoints(columns));
  const max = niceTop(Math.max(top, ...series), rows - 1);
  const drawn = asciichart
    .plot(series, {
      height: rows - 1,
      min: Math.min(0, ...series),
      max,
      offset: 2,
      format: (value: number) => axisNumber(value).padStart(AXIS_WIDTH - 1),
    })
    .split('\n')
    .slice(0, rows)
    .map((line) => cutToColumns(line, columns));
  return [...drawn, ...Array.from({ length: rows - drawn.length }, () => ' '.repeat(columns))];
}

export interface MarkedSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** One row under a chart: a mark in each column that a span touches. */
export function markRow(
  spans: readonly MarkedSpan[],
  window: { readonly fromMs: number; readonly toMs: number },
  width: number,
  mark: string,
): string {
  const points = Math.max(1, width - AXIS_WIDTH);
  const column = (ms: number) => ((ms - window.fromMs) / (window.toMs - window.fromMs)) * points;
  const cells = Array.from({ length: points }, () => ' ');
  for (const { startMs, endMs } of spans) {
    if (endMs <= window.fromMs || startMs >= window.toMs) continue;
    const first = Math.max(0, Math.floor(column(startMs)));
    const last = Math.min(points - 1, Math.max(first, Math.ceil(column(endMs)) - 1));
    cells.fill(mark, first, last + 1);
  }
  return `${' '.repeat(AXIS_WIDTH)}${cells.join('')}`.slice(0, Math.max(0, width));
}

/** Marks and the two ends of the time axis in one row; a mark wins over a letter. */
export function markedAxis(marks: string, axis: string): string {
  return Array.from(axis, (letter, place) => ((marks[place] ?? ' ') === ' ' ? letter : marks[place])).join(
    '',
  );
}

/** One row that names the two ends of the time axis, with the middle when there is room. */
export function axisRow(labels: { from: string; middle: string; to: string }, width: number): string {
  const room = width - AXIS_WIDTH;
  const free = room - columnsOf(labels.from) - columnsOf(labels.to);
  if (free < 1) return cutToColumns(`${' '.repeat(AXIS_WIDTH)}${labels.from}`, width);
  const middle = free >= columnsOf(labels.middle) + 4 ? labels.middle : '';
  const left = Math.floor((free - middle.length) / 2);
  return `${' '.repeat(AXIS_WIDTH)}${labels.from}${' '.repeat(left)}${middle}${' '.repeat(free - left - middle.length)}${labels.to}`;
}
