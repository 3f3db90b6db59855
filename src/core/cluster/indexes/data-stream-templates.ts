// Templates that make data streams: of a name they mean, a cluster creates no ordinary index.
import { AppError } from '../../../errors/app-error.ts';
import { DATA_STREAMS_ONLY } from '../answer-errors.ts';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from '../answer-shape.ts';
import type { Cluster } from '../client.ts';
import { matchesPattern } from './templates.ts';

const PARTS = ['index_patterns', 'priority', 'data_stream'];

/**
 * Throws AppError `index-name` where the template that would shape an index makes a data stream of it, as creating it
 * would. Where this user may not see templates, nothing is known.
 */
export async function assertNoDataStream(
  cluster: Cluster,
  index: string,
  signal?: AbortSignal,
): Promise<void> {
  const query = { filter_path: PARTS.map((part) => `index_templates.index_template.${part}`).join(',') };
  const asked = { method: 'GET', path: '/_index_template', query, accept: 'any', signal } as const;
  const { status, body } = await cluster.request(asked);
  if (status !== 200) return;
  const priority = (template: Fields) => numberOf(template['priority']) ?? 0;
  const [first] = listOf(fieldsOf(body)['index_templates'])
    .map((entry) => fieldsOf(fieldsOf(entry)['index_template']))
    .filter(({ index_patterns: patterns }) => means(patterns, index))
    .toSorted((one, other) => priority(other) - priority(one));
  if (first?.['data_stream'] !== undefined)
    throw new AppError('index-name', { index, reason: DATA_STREAMS_ONLY });
}

const means = (patterns: unknown, index: string) =>
  Array.isArray(patterns) && patterns.some((pattern) => matchesPattern(textOf(pattern), index));
