// What is wrong with a value from outside, in one sentence: the path of the field, then what it may be.
import * as v from 'valibot';
import { cut } from '../../text/quoted.ts';

/** A value that does not fit its schema; the message is the sentence. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

type PathIssue = Pick<v.BaseIssue<unknown>, 'message'> & {
  readonly path?: readonly v.IssuePathItem[] | undefined;
};

/** `window.end`, `evidence[2].id`; empty for the value as a whole. */
function pathText(path: readonly v.IssuePathItem[]): string {
  return path.reduce((text, { key }) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? cut(String(key)) : `${text}.${cut(String(key))}`;
  }, '');
}

/** One issue as a sentence: `evidence must be a list`, or `window.end: "25:00" is not a time`. */
function sentence({ path = [], message }: PathIssue): string {
  const where = pathText(path);
  if (where === '') return message;
  // A message that begins with a verb speaks of the field; others begin with its value.
  return /^(must|is|has) /.test(message) ? `${where} ${message}` : `${where}: ${message}`;
}

/** A value as a sentence quotes it: JSON, cut to a readable length. */
export function quotedValue(value: unknown): string {
  try {
    return cut(JSON.stringify(value) ?? String(value));
  } catch {
    // A bigint, or an object that holds itself, has no JSON.
    return cut(String(value));
  }
}

/** The first thing wrong with a value; undefined when it fits. */
export function schemaProblem(schema: v.GenericSchema, value: unknown): string | undefined {
  const { issues } = v.safeParse(schema, value, { abortEarly: true });
  return issues && sentence(issues[0]);
}

/** Throws SchemaError with the first thing wrong with a value. */
export function assertSchema(schema: v.GenericSchema, value: unknown): void {
  const problem = schemaProblem(schema, value);
  if (problem !== undefined) throw new SchemaError(problem);
}
