// Small descriptions of what JSON may look like. A value that does not fit is refused with its path.
import { cut } from '../../text/quoted.ts';

/** Checks a value at a path; throws Misfit. */
export type Shape = (value: unknown, path: string) => void;

/** What is wrong, and where; `path` is empty for the whole. */
export class Misfit extends Error {
  constructor(path: string, problem: string) {
    super(path === '' ? problem : `${path}: ${problem}`);
    this.name = 'Misfit';
  }
}

const join = (path: string, name: string) => (path === '' ? cut(name) : `${path}.${cut(name)}`);
const shown = (value: unknown) => cut(JSON.stringify(value) ?? String(value));

/** Control characters, and marks that change the direction of writing or take no room. */
const STEERING = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;

/** A text; `pattern` and `wanted` say which ones, `most` how many characters it may have. */
export const text =
  ({ pattern = /\S/, wanted = 'a text', most = Number.POSITIVE_INFINITY } = {}): Shape =>
  (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value))
      throw new Misfit(path, `${shown(value)} is not ${wanted}`);
    if (STEERING.test(value)) throw new Misfit(path, 'has control characters, which could steer a terminal');
    const length = Array.from(value).length;
    if (length > most) throw new Misfit(path, `has ${length} characters; at most ${most} are allowed`);
  };

export const oneOf =
  (...allowed: readonly string[]): Shape =>
  (value, path) => {
    if (!allowed.includes(value as string))
      throw new Misfit(path, `${shown(value)} is not one of ${allowed.join(', ')}`);
  };

/** A number from min to max. */
export const number =
  (min: number, max: number, whole = false): Shape =>
  (value, path) => {
    const fits =
      typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value));
    if (!fits)
      throw new Misfit(path, `${shown(value)} is not a ${whole ? 'whole ' : ''}number from ${min} to ${max}`);
  };

/** Either of two shapes; the second one's words are used when neither fits. */
export const either =
  (first: Shape, second: Shape): Shape =>
  (value, path) => {
    try {
      first(value, path);
    } catch {
      second(value, path);
    }
  };

/** Any JSON object: the words of a query are OpenSearch's business. */
export const anyObject: Shape = (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Misfit(path, `${shown(value)} is not an object`);
};

export const list =
  (item: Shape, min = 0): Shape =>
  (value, path) => {
    if (!Array.isArray(value) || value.length < min)
      throw new Misfit(path, min > 0 ? `is not a list of at least ${min}` : 'is not a list');
    value.forEach((entry, index) => {
      item(entry, `${path}[${index}]`);
    });
  };

/** An object with exactly these fields; a name that ends in `?` may be left out. */
export const object = (fields: Readonly<Record<string, Shape>>): Shape => {
  const shapes = new Map(Object.entries(fields).map(([name, shape]) => [name.replace(/\?$/, ''), shape]));
  const required = Object.keys(fields).filter((name) => !name.endsWith('?'));
  const allowed = [...shapes.keys()].join(', ') || 'none';
  return (value, path) => {
    anyObject(value, path);
    for (const [name, held] of Object.entries(value as object)) {
      const shape = shapes.get(name);
      if (!shape) throw new Misfit(join(path, name), `is not a field here; allowed are ${allowed}`);
      shape(held, join(path, name));
    }
    for (const name of required) {
      if (!Object.hasOwn(value as object, name))
        throw new Misfit(join(path, name), `is missing; fields are ${allowed}`);
    }
  };
};
