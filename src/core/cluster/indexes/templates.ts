// What index templates would give an index that does not exist yet.
import { type Fields, fieldsOf, numberOf, textOf } from '../answer-shape.ts';
import type { Cluster } from '../client.ts';

/** Settings, mappings and aliases, as an index has them or will have them. */
export interface Shape {
  /** By their flat names. */
  readonly settings: Fields;
  readonly mappings: Fields;
  readonly aliases: Fields;
}

/** `{index: {default_pipeline: x}}` as `{'index.default_pipeline': x}`; deeper than settings go, it stops. */
function flat(value: unknown, prefix = '', depth = 0): [string, unknown][] {
  return Object.entries(fieldsOf(value)).flatMap(([name, inner]): [string, unknown][] => {
    const path = prefix + name;
    const isGroup = typeof inner === 'object' && inner !== null && !Array.isArray(inner) && depth < 8;
    return isGroup ? flat(inner, `${path}.`, depth + 1) : [[path, inner]];
  });
}

/** The shape in a description of an index or a template. */
export const shapeOf = ({ settings, mappings, aliases }: Fields): Shape => ({
  settings: Object.fromEntries(flat(settings)),
  mappings: fieldsOf(mappings),
  aliases: fieldsOf(aliases),
});

/** True when a pattern such as `logs-*` means the index. */
export const matchesPattern = (pattern: string, index: string) => {
  const parts = pattern.slice(0, 255).split('*');
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return pattern === index;
  if (!index.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = index.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return index.length - last.length >= at && index.endsWith(last);
};

/**
 * What the templates of a cluster would give an index; undefined where there is none or this user may not see them. Those of
 * the older kind (`_template`) count only where no newer one does, the one with the highest order last.
 */
export async function shapeFromTemplates(
  cluster: Cluster,
  index: string,
  signal?: AbortSignal,
): Promise<Shape | undefined> {
  const simulation = `/_index_template/_simulate_index/${index}`;
  const simulated = await cluster.request({ method: 'POST', path: simulation, accept: 'any', signal });
  const { template } = simulated.status === 200 ? fieldsOf(simulated.body) : {};
  return template === undefined ? shapeFromOlder(cluster, index, signal) : shapeOf(fieldsOf(template));
}

/** Of the mappings only what changes how documents are stored: those of others can be long. */
const PARTS = ['order', 'index_patterns', 'settings', 'aliases', 'mappings._source', 'mappings._routing'];

async function shapeFromOlder(
  cluster: Cluster,
  index: string,
  signal?: AbortSignal,
): Promise<Shape | undefined> {
  const query = { filter_path: PARTS.map((part) => `*.${part}`).join(',') };
  const asked = { method: 'GET', path: '/_template', query, accept: 'any', signal } as const;
  const { status, body } = await cluster.request(asked);
  if (status !== 200) return undefined;
  const means = ({ index_patterns: patterns }: Fields) =>
    Array.isArray(patterns) && patterns.some((pattern) => matchesPattern(textOf(pattern), index));
  const order = (template: Fields) => numberOf(template['order']) ?? 0;
  const shapes = Object.values(fieldsOf(body))
    .map(fieldsOf)
    .filter(means)
    .toSorted((one, other) => order(one) - order(other))
    .map(shapeOf);
  if (shapes.length === 0) return undefined;
  return {
    settings: Object.assign({}, ...shapes.map(({ settings }) => settings)),
    mappings: Object.assign({}, ...shapes.map(({ mappings }) => mappings)),
    aliases: Object.assign({}, ...shapes.map(({ aliases }) => aliases)),
  };
}
