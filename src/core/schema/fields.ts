// The kinds of fields that our JSON files have, each saying in one sentence what it accepts.
import * as v from 'valibot';
import { canSteer } from '../../text/plain-text.ts';
import { quotedValue } from './problem.ts';

type Schema = v.GenericSchema;
type Issue = v.BaseIssue<unknown>;

const isNot =
  (wanted: string) =>
  ({ input }: Issue) =>
    `${quotedValue(input)} is not ${wanted}`;

/** A text that matches `pattern`, of at most `max` characters, without anything that can steer a terminal. */
export function text({ pattern = /\S/, wanted = 'a text', max = Number.POSITIVE_INFINITY } = {}) {
  const message = isNot(wanted);
  const length = (input: string) => Array.from(input).length;
  return v.pipe(
    v.string(message),
    v.regex(pattern, message),
    v.check((input) => !canSteer(input), 'has control characters, which could steer a terminal'),
    v.check(
      (input) => length(input) <= max,
      ({ input }) => `has ${length(input)} characters; at most ${max} are allowed`,
    ),
    // For the JSON Schema, where length means characters too.
    v.metadata(Number.isFinite(max) ? { maxLength: max } : {}),
  );
}

export const flag = v.boolean('must be true or false');

export function oneOf(...allowed: readonly string[]) {
  return v.picklist(allowed, isNot(`one of ${allowed.join(', ')}`));
}

export interface Limits {
  readonly min: number;
  readonly max: number;
}

/** A number from min to max. */
export function number({ min, max }: Limits) {
  const message = isNot(`a number from ${min} to ${max}`);
  return v.pipe(v.number(message), v.minValue(min, message), v.maxValue(max, message));
}

/** A whole number from min to max. */
export function integer({ min, max }: Limits) {
  const message = isNot(`a whole number from ${min} to ${max}`);
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message));
}

/** Any JSON object. */
export const anyObject = v.custom<Readonly<Record<string, unknown>>>(
  (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
  isNot('an object'),
);

/** An object with exactly these fields; optional ones are `v.exactOptional`. */
export function object<Entries extends v.ObjectEntries>(entries: Entries) {
  // A list passes for an object in valibot.
  return v.pipe(anyObject, fieldsOf(entries));
}

function fieldsOf<Entries extends v.ObjectEntries>(entries: Entries) {
  const allowed = Object.keys(entries).join(', ') || 'none';
  return v.strictObject(entries, ({ expected }) =>
    expected === 'never'
      ? `is not a field here; allowed are ${allowed}`
      : `is missing; fields are ${allowed}`,
  );
}

/** An object whose field `key` holds the name of one of these kinds, and whose other fields are those of that kind. */
export function variant(key: string, kinds: Readonly<Record<string, v.ObjectEntries>>) {
  const wanted = isNot(`one of ${Object.keys(kinds).join(', ')}`);
  const options = Object.entries(kinds).map(([name, entries]) =>
    fieldsOf({ [key]: v.literal(name), ...entries }),
  );
  return v.pipe(
    anyObject,
    v.variant(key, options, (issue) => (issue.input === undefined ? 'is missing' : wanted(issue))),
  );
}

/** A list of at least `min` of these. */
export function list<Item extends Schema>(item: Item, min = 0) {
  const message =
    min > 0 ? `must be a list with at least ${min === 1 ? 'one item' : `${min} items`}` : 'must be a list';
  return v.pipe(v.array(item, message), v.minLength(min, message));
}

/** Any value that a function of ours accepts; the function throws what is wrong, in words. */
export function acceptedBy(check: (value: unknown) => void) {
  return v.pipe(
    v.unknown(),
    v.rawCheck<unknown>(({ dataset, addIssue }) => {
      try {
        check(dataset.value);
      } catch (error) {
        addIssue({ message: error instanceof Error ? error.message : String(error) });
      }
    }),
  );
}
