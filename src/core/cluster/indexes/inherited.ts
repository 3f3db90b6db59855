// What an index has from templates, aliases and policies, as far as it changes the data or the outcome of a load.
import { wordsOf } from '../../../text/plain-text.ts';
import { type Fields, fieldsOf, listOf, textOf } from '../answer-shape.ts';
import type { Cluster } from '../client.ts';
import { whatPipelineDoes } from './pipelines.ts';
import { matchesPattern, type Shape, shapeFromTemplates, shapeOf } from './templates.ts';

export interface Inherited {
  /** A sentence without its full stop for each thing that a person should know before loading. */
  readonly notes: readonly string[];
  readonly settings: Fields;
}

/** What the index has, or what its templates would give it; undefined where this user may not see it. */
async function shapeFor(cluster: Cluster, index: string, signal?: AbortSignal): Promise<Shape | undefined> {
  const request = { method: 'GET', path: `/${index}`, accept: 'any', signal } as const;
  const { status, body } = await cluster.request(request);
  if (status !== 200) return shapeFromTemplates(cluster, index, signal);
  return shapeOf(fieldsOf(fieldsOf(body)[index]));
}

const isNamed = (pipeline: string) => pipeline !== '' && pipeline !== '_none';

async function pipelineNotes(cluster: Cluster, index: string, { settings }: Shape, signal?: AbortSignal) {
  const names = ['index.default_pipeline', 'index.final_pipeline'].map((name) => textOf(settings[name]));
  const asked = names.filter(isNamed).map(async (pipeline) => {
    const effect = await whatPipelineDoes(cluster, { pipeline, index, signal });
    return effect && `The ingest pipeline ${wordsOf(pipeline, 80)} of ${index} ${effect}`;
  });
  return (await Promise.all(asked)).filter((note) => note !== undefined);
}

/** Policies of Index State Management by the names that its versions gave the setting. */
const POLICY = ['plugins.index_state_management', 'opendistro.index_state_management'];

/** The policy that is set, or that takes new indexes of this name. */
async function policyOf(
  cluster: Cluster,
  index: string,
  { settings }: Shape,
  signal?: AbortSignal,
): Promise<string> {
  const [set = ''] = POLICY.map((name) => textOf(settings[`index.${name}.policy_id`])).filter(
    (id) => id !== '',
  );
  if (set !== '') return set;
  const request = { method: 'GET', path: '/_plugins/_ism/policies', accept: 'any', signal } as const;
  const { status, body } = await cluster.request({ ...request, query: { size: 500 } });
  if (status !== 200) return '';
  for (const { policy } of listOf(fieldsOf(body)['policies'])) {
    const { policy_id: id, ism_template: templates } = fieldsOf(policy);
    const patterns = listOf(templates).flatMap(({ index_patterns: list }) =>
      Array.isArray(list) ? list : [],
    );
    if (patterns.some((pattern) => matchesPattern(textOf(pattern), index))) return textOf(id);
  }
  return '';
}

function settingNotes(index: string, { settings, mappings, aliases }: Shape): string[] {
  const notes: string[] = [];
  const searchPipeline = textOf(settings['index.search.default_pipeline']);
  if (isNamed(searchPipeline))
    notes.push(
      `The search pipeline ${wordsOf(searchPipeline, 80)} of ${index} may change what its checks find`,
    );
  const names = Object.keys(aliases)
    .slice(0, 5)
    .map((name) => wordsOf(name, 80));
  if (names.length > 0) notes.push(`Searches of ${names.join(', ')} find ${index} too: it has that alias`);
  const sort = settings['index.sort.field'];
  if (sort !== undefined)
    notes.push(
      `${index} is sorted by ${wordsOf(Array.isArray(sort) ? sort[0] : sort, 80)}, so loading is slower`,
    );
  const tier = Object.entries(settings).find(([name]) =>
    /^index\.routing\.allocation\.(?:require|include)\./.test(name),
  );
  if (tier)
    notes.push(
      `${index} is kept on nodes with ${wordsOf(tier[0].split('.').slice(4).join('.'), 40)} ${wordsOf(tier[1], 40)}`,
    );
  if (String(fieldsOf(mappings['_source'])['enabled']) === 'false')
    notes.push(`${index} does not keep its documents (_source is off): only its numbers can be checked`);
  if (String(fieldsOf(mappings['_routing'])['required']) === 'true')
    notes.push(`${index} requires a routing value, so it rejects every document`);
  if (String(settings['index.append_only.enabled']) === 'true')
    notes.push(`${index} is append-only, so it rejects documents that come with their ids`);
  return notes;
}

/**
 * Looks at what an index has, or would have from its templates. What this user may not see is left out. Throws only when
 * the cluster does not answer.
 */
export async function inheritedBy(cluster: Cluster, index: string, signal?: AbortSignal): Promise<Inherited> {
  if (cluster.serverless) return { notes: [], settings: {} };
  const shape = await shapeFor(cluster, index, signal);
  if (!shape) return { notes: [], settings: {} };
  const [pipelines, policy] = await Promise.all([
    pipelineNotes(cluster, index, shape, signal),
    policyOf(cluster, index, shape, signal),
  ]);
  const managed =
    policy === ''
      ? []
      : [`The policy ${wordsOf(policy, 80)} manages ${index}: it may move, close or delete it`];
  return { notes: [...pipelines, ...managed, ...settingNotes(index, shape)], settings: shape.settings };
}
