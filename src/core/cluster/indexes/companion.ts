// The companion of an index: `<index>-incidents`, with a document for each incident. It is made only when asked for, since it
// is the answer, and belongs to its index: it is replaced and removed with it.
import { AppError } from '../../../errors/app-error.ts';
import type { Cluster } from '../client.ts';
import { mappingsOf } from './admin.ts';
import { isForbidden } from './forbidden.ts';
import { indexNameProblem } from './names.ts';

/** The name of the companion of an index. */
export const companionOf = (index: string) => `${index}-incidents`;

/** What a companion remembers. */
export interface CompanionMeta {
  readonly tool: 'incident-demo';
  /** The index whose incidents it lists. */
  readonly companion_of: string;
  readonly run: string;
}

/** Whether an index has a companion; `foreign` when something else has its name, `hidden` when this user may not look. */
export async function inspectCompanion(
  cluster: Cluster,
  index: string,
  signal?: AbortSignal,
): Promise<'missing' | 'ours' | 'foreign' | 'hidden'> {
  const name = companionOf(index);
  // A name that is too long for an index is that of none.
  if (indexNameProblem(name) !== undefined) return 'missing';
  try {
    const mappings = await mappingsOf(cluster, name, signal);
    if (mappings === undefined) return 'missing';
    const { tool, companion_of: of } = (mappings._meta ?? {}) as Partial<CompanionMeta>;
    return tool === 'incident-demo' && of === index ? 'ours' : 'foreign';
  } catch (error) {
    // An alias of that name.
    if (error instanceof AppError && error.code === 'index-name') return 'foreign';
    if (isForbidden(error)) return 'hidden';
    throw error;
  }
}

/** Deletes the companion of an index, if there is one and this tool made it; returns whether it did. */
export async function deleteCompanion(
  cluster: Cluster,
  index: string,
  signal?: AbortSignal,
): Promise<boolean> {
  if ((await inspectCompanion(cluster, index, signal)) !== 'ours') return false;
  const path = `/${companionOf(index)}`;
  const { status } = await cluster.request({ method: 'DELETE', path, accept: [404], signal });
  return status !== 404;
}
