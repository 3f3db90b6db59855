// Parts of an answer, whatever a server has sent: nothing in it is trusted to have a shape.

/** Fields of a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a JSON object; none when it is anything else. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The fields of the objects in a list; none when it is no list. */
export const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.map(fieldsOf) : [];

/** A text; empty when it is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A number; undefined when it is none. */
export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
