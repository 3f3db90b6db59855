// How two documents differ, field by field, in words.
import { plainWords } from '../../../text/plain-text.ts';

/** A field whose value is another one; `no value` stands for a field that is not there. */
export interface FieldDifference {
  /** With the fields around it: `geo_location.city`. */
  readonly field: string;
  readonly found: string;
  readonly planned: string;
}

/** Longest value that is repeated, characters. */
const SHOWN = 60;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as JSON writes it, so that a number and the same number as a text look different. */
const inWords = (value: unknown): string =>
  value === undefined ? 'no value' : plainWords(JSON.stringify(value), SHOWN);

/**
 * The fields whose values differ, in the order of the plan, then those that are not planned. The order of fields does not
 * matter, the type of a value does.
 */
export function differencesBetween(found: unknown, planned: unknown, path = ''): readonly FieldDifference[] {
  if (isObject(found) && isObject(planned)) {
    const names = [...new Set([...Object.keys(planned), ...Object.keys(found)])];
    const inside = (name: string) => (path === '' ? name : `${path}.${name}`);
    return names.flatMap((name) => differencesBetween(own(found, name), own(planned, name), inside(name)));
  }
  if (JSON.stringify(found) === JSON.stringify(planned)) return [];
  return [{ field: plainWords(path, SHOWN), found: inWords(found), planned: inWords(planned) }];
}

/** Not what an object inherits: a document may have a field `constructor`. */
const own = (object: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;
