// Reads what a detector found from a text: CSV or a JSON list of spans, or of flagged minutes.
import { AppError } from '../../errors/app-error.ts';
import { quoted } from '../../text/quoted.ts';
import { MINUTE_MS } from '../plan/durations.ts';
import { COMPONENTS, REASONS } from '../plan/labels.ts';
import { elementLines } from '../schema/json-elements.ts';
import { jsonErrorLine } from '../schema/json-error.ts';
import { quotedValue } from '../schema/problem.ts';
import { CsvError, type CsvRow, csvRows } from './csv.ts';
import type { Detection } from './detection.ts';

/** What is wrong with the text, and on which line. */
type Refuse = (line: number, problem: string) => never;

/** One row or element: its values by name. */
interface Entry {
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
}

const SPAN = ['start', 'end', 'component', 'reason'];
const MINUTE = ['minute', 'flag'];
const FORMS = 'start,end (with component,reason if you have them) or minute,flag';

/**
 * The detections of a text; `name` is what errors call it. A text that begins with `[` is JSON. Throws AppError `detections`
 * with the line and what is wrong there.
 */
export function readDetections(text: string, name: string): Detection[] {
  const refuse: Refuse = (line, problem) => {
    throw new AppError('detections', { file: name, line, problem });
  };
  const entries = /^\s*[[{]/.test(text) ? fromJson(text, refuse) : fromCsv(text, refuse);
  return entries.flatMap((entry) => detectionOf(entry, refuse));
}

function fromCsv(text: string, refuse: Refuse): Entry[] {
  const [header, ...rows] = rowsOf(text, refuse);
  if (!header) return refuse(1, `there is no header; it is ${FORMS}`);
  const names = header.cells.map((cell) => cell.toLowerCase());
  const form = names.includes('minute') ? MINUTE : SPAN;
  const stranger = names.find((name, at) => !form.includes(name) || names.indexOf(name) < at);
  if (stranger !== undefined)
    return refuse(
      header.line,
      `the column ${quoted(stranger)} is unknown or doubled; the header is ${FORMS}`,
    );
  for (const needed of form.slice(0, 2))
    if (!names.includes(needed))
      refuse(header.line, `the column ${needed} is missing; the header is ${FORMS}`);
  return rows.map(({ line, cells }) => {
    if (cells.length !== names.length) refuse(line, `this row has ${cells.length} of ${names.length} values`);
    return { line, values: Object.fromEntries(names.map((name, at) => [name, cells[at]])) };
  });
}

function rowsOf(text: string, refuse: Refuse): CsvRow[] {
  try {
    return csvRows(text);
  } catch (error) {
    if (error instanceof CsvError) return refuse(error.line, error.message);
    throw error;
  }
}

function fromJson(text: string, refuse: Refuse): Entry[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return refuse(jsonErrorLine(text), 'this is not JSON');
  }
  if (!Array.isArray(list)) return refuse(1, 'a JSON list of detections is expected here');
  const lines = elementLines(text);
  return list.map((element: unknown, at) => {
    const line = lines[at] ?? 1;
    if (typeof element !== 'object' || element === null || Array.isArray(element))
      return refuse(
        line,
        `${quotedValue(element)} is not an object with start and end, or minute and flagged`,
      );
    return { line, values: withKnownNames(element, line, refuse) };
  });
}

/** In JSON a minute is `flagged`; in CSV it has a `flag`. */
function withKnownNames(element: object, line: number, refuse: Refuse): Entry['values'] {
  const entries = Object.entries(element).map(([name, value]) => [name === 'flagged' ? 'flag' : name, value]);
  const values: Record<string, unknown> = Object.fromEntries(entries);
  const form = 'minute' in values ? MINUTE : SPAN;
  const stranger = Object.keys(values).find((name) => !form.includes(name));
  const allowed = form === MINUTE ? 'minute, flagged' : SPAN.join(', ');
  if (stranger !== undefined) refuse(line, `${quoted(stranger)} is not one of ${allowed}`);
  return values;
}

function detectionOf({ line, values }: Entry, refuse: Refuse): Detection[] {
  const time = (name: string) => instantOf(values[name]) ?? refuse(line, notATime(name, values[name]));
  if ('minute' in values) {
    const startMs = Math.floor(time('minute') / MINUTE_MS) * MINUTE_MS;
    return isFlagged(values['flag'], line, refuse) ? [{ startMs, endMs: startMs + MINUTE_MS }] : [];
  }
  const [startMs, endMs] = [time('start'), time('end')];
  if (endMs < startMs) refuse(line, 'end lies before start');
  const component = oneOf('component', COMPONENTS, { line, values }, refuse);
  const reason = oneOf('reason', REASONS, { line, values }, refuse);
  return [{ startMs, endMs, ...(component ? { component } : {}), ...(reason ? { reason } : {}) }];
}

const notATime = (name: string, value: unknown) =>
  `${name}: ${quotedValue(value ?? '')} is not a time with its offset such as 2026-03-14T14:25:00Z`;

const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ['1', true],
  ['true', true],
  [1, true],
  [true, true],
  ['0', false],
  ['false', false],
  [0, false],
  [false, false],
]);

function isFlagged(value: unknown, line: number, refuse: Refuse): boolean {
  const flag = FLAGS.get(typeof value === 'string' ? value.toLowerCase() : value);
  return flag ?? refuse(line, `flag: ${quotedValue(value ?? '')} is not 1, 0, true or false`);
}

/** A value of a closed list; undefined where none is given. */
function oneOf<Value extends string>(
  name: string,
  known: readonly Value[],
  { line, values }: Entry,
  refuse: Refuse,
): Value | undefined {
  const given = values[name];
  if (given === undefined || given === null || given === '') return undefined;
  const found = known.find((value) => value === given);
  return found ?? refuse(line, `${name}: ${quotedValue(given)} is not one of ${known.join(', ')}`);
}

const TIME = /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/i;

/** The instant of an ISO time with its offset, ms; undefined for anything else, 30 February included. */
function instantOf(value: unknown): number | undefined {
  const [, day] = (typeof value === 'string' && TIME.exec(value)) || [];
  const ms = day === undefined ? Number.NaN : Date.parse(String(value).replace(' ', 'T').toUpperCase());
  if (Number.isNaN(ms) || !new Date(`${day}T00:00:00Z`).toISOString().startsWith(`${day}`)) return undefined;
  return ms;
}
