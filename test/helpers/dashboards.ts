// The dashboards of a plan, taken apart for tests.
import { patternFields } from '../../src/core/dashboards/index-pattern.ts';
import { importFile } from '../../src/core/dashboards/rooms.ts';
import type { SavedObject } from '../../src/core/dashboards/saved-object.ts';
import { STORED_TRANSACTIONS } from '../../src/core/documents/transactions.ts';
import type { Plan } from '../../src/core/plan/types.ts';

export const DASHBOARD_FIELDS = patternFields(STORED_TRANSACTIONS.mapping.properties);

/** Every object of a plan as `export` writes them. */
export const objectsOf = (plan: Plan, { index = 'demo', answers = true } = {}): SavedObject[] =>
  importFile({ plan, index, answers }, DASHBOARD_FIELDS);

const isJson = (text: string) => /^[{[]/.test(text);

/** A value with each JSON text in it read, however deep. */
export function unpacked(value: unknown): unknown {
  if (typeof value === 'string') {
    if (!isJson(value)) return value;
    try {
      return unpacked(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(unpacked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unpacked(part)]));
}

export interface Found {
  readonly key: string;
  readonly value: unknown;
}

/** Every field with its value, wherever it stands. */
export function everyField(value: unknown): Found[] {
  if (Array.isArray(value)) return value.flatMap(everyField);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [{ key, value: part }, ...everyField(part)]);
}

/** The widths of buckets, in seconds, that an object asks for; `auto` would have none. */
export function bucketSeconds(object: SavedObject): number[] {
  const seconds = (text: string): number => {
    const [, count = '', unit = ''] = /^(?:>=)?(\d+)?\s*(s|m|h|d|second|minute|hour|day)$/.exec(text) ?? [];
    const per = { s: 1, m: 60, h: 3600, d: 86_400 }[unit[0] ?? ''];
    if (per === undefined) throw new Error(`no width: ${text}`);
    return Number(count || 1) * per;
  };
  return everyField(unpacked(object.attributes))
    .filter(({ key }) => ['interval', 'fixed_interval', 'minimum_interval'].includes(key))
    .map(({ value }) => seconds(String(value)));
}
