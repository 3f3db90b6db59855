// What was started in a live shop, as its index remembers it: packed as presets are, since it is the answer too.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as v from 'valibot';
import { SEVERITIES } from '../plan/labels.ts';
import type { LiveCourse } from '../plan/live-incidents.ts';
import { INCIDENT_TYPES } from '../plan/models/registry.ts';
import { PARAMETERS } from '../plan/parameters.ts';
import { integer, list, object, oneOf, text } from '../schema/fields.ts';
import { assertSchema } from '../schema/problem.ts';

/** The most that it may unpack to, bytes. */
const MOST_BYTES = 1 << 20;

/** Year 2286, so that an instant is never out of the range of dates. */
const instant = integer({ min: 0, max: 1e13 });
const name = text({ pattern: /^[\w-]{1,100}$/, wanted: 'a name' });

const course = object({
  untilMs: instant,
  incidents: list(
    object({
      id: name,
      type: oneOf(...INCIDENT_TYPES),
      preset: v.nullable(name),
      severity: oneOf(...SEVERITIES),
      startMs: instant,
      endMs: instant,
      recoverMs: v.exactOptional(instant),
    }),
  ),
  releases: v.exactOptional(list(object({ id: name, startMs: instant }))),
  pauses: v.exactOptional(list(object({ startMs: instant, endMs: instant }))),
  sampling: v.exactOptional(list(object({ fromMs: instant, sample: integer(PARAMETERS.sample) }))),
});

/** The course of a live shop as a text that does not tell what it says: deflated JSON in base64. */
export const packLive = (live: LiveCourse): string => deflateRawSync(JSON.stringify(live)).toString('base64');

/** The course of `packLive`. Throws a RangeError, SchemaError, or an Error of zlib or JSON, for anything else. */
export function unpackLive(held: unknown): LiveCourse {
  if (typeof held !== 'string') throw new RangeError('this is no course of a live shop');
  const bytes = inflateRawSync(Buffer.from(held, 'base64'), { maxOutputLength: MOST_BYTES });
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  assertSchema(course, value);
  return value as LiveCourse;
}
