// Reads an answer key back from its file, and what the summary beside it says about the data.
import * as v from 'valibot';
import { AppError } from '../../errors/app-error.ts';
import { COMPONENTS, KINDS, MITIGATIONS, REASONS, SEVERITIES } from '../plan/labels.ts';
import { anyObject, oneOf, text } from '../schema/fields.ts';
import { elementLines } from '../schema/json-elements.ts';
import { jsonErrorLine } from '../schema/json-error.ts';
import { quotedValue, schemaProblem } from '../schema/problem.ts';
import { ANSWER_SCHEMA, type AnswerEntry } from './answer-key.ts';

const time = v.pipe(
  text({ pattern: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, wanted: 'a time such as 2026-03-14T16:00:00Z' }),
  v.check((input) => !Number.isNaN(Date.parse(input)), 'is not a time'),
);

const known = {
  id: text(),
  kind: oneOf(...KINDS),
  type: v.nullable(text()),
  title: text(),
  severity: v.nullable(oneOf(...SEVERITIES)),
  component: oneOf(...COMPONENTS),
  reason: oneOf(...REASONS),
  root_cause: text(),
  onset: time,
  start: time,
  end: time,
  recovered: time,
  mitigation: v.nullable(oneOf(...MITIGATIONS)),
  affected: anyObject,
  expected: v.nullable(anyObject),
};

/** Fields that are left out are named; fields that a later schema adds do no harm. */
const entry = v.pipe(
  anyObject,
  v.looseObject(known, `is missing; a key of schema ${ANSWER_SCHEMA} has ${Object.keys(known).join(', ')}`),
  v.check(
    ({ start, end, recovered }) => start <= end && end <= recovered,
    'start, end and recovered are out of order',
  ),
);

/** The entries of an answer key. Throws AppError `data-file` with the line and what is wrong there. */
export function readAnswerKey(json: string, file: string): AnswerEntry[] {
  const refuse = (line: number, problem: string): never => {
    throw new AppError('data-file', { file, line, problem });
  };
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    return refuse(jsonErrorLine(json), 'this is not JSON');
  }
  if (!Array.isArray(list)) return refuse(1, `${quotedValue(list)} is not a list of incidents`);
  for (const [at, element] of list.entries()) {
    const problem = schemaProblem(entry, element);
    if (problem !== undefined) refuse(elementLines(json)[at] ?? 1, problem);
  }
  return list as AnswerEntry[];
}

/** What the summary of a data set says about its key. */
export interface KeySummary {
  readonly startMs: number;
  readonly endMs: number;
  /** IANA name. */
  readonly timeZone: string;
}

/** Reads summary.json; undefined when it is not ours, or does not say when the data begin and end. */
export function readKeySummary(json: string): KeySummary | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const { start, end, time_zone } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const [startMs, endMs] = [Date.parse(String(start)), Date.parse(String(end))];
  if (!(startMs < endMs)) return undefined;
  return { startMs, endMs, timeZone: typeof time_zone === 'string' ? time_zone : 'UTC' };
}
