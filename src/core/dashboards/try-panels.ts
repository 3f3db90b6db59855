// Trying the search of every panel on the cluster, before it is stored in Dashboards.
import { AppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import type { Plan } from '../plan/types.ts';
import type { TimeSpan } from './links.ts';
import type { Panel, PanelSearch } from './panel.ts';
import { objectOf } from './server.ts';

/** Some number above 0 anywhere in the aggregations: something would be drawn. */
function drawsSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(drawsSomething);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).some(([name, part]) =>
      name === 'doc_count' || name === 'value' ? typeof part === 'number' && part > 0 : drawsSomething(part),
    );
  return false;
}

/** The hours that are tried: enough for every panel, and few enough buckets. */
const TRIED_MS = 3 * 3_600_000;

interface TriedPanels {
  readonly cluster: Cluster;
  readonly plan: Plan;
  readonly index: string;
  readonly signal?: AbortSignal;
}

/** Sends the search of every panel to the cluster. Throws AppError `dashboards-empty-panel` for one that draws nothing. */
export async function tryPanels({ plan, ...request }: TriedPanels, panels: readonly Panel[]): Promise<void> {
  const endMs = plan.incidents.at(-1)?.recoveredMs ?? plan.endMs;
  const span = { fromMs: Math.max(plan.startMs, endMs - TRIED_MS), toMs: endMs };
  for (const { title, search } of panels) {
    if (!search) continue;
    const answer = await searchPanel({ ...request, search, span });
    if (!search.mayBeEmpty && !drawsSomething(answer))
      throw new AppError('dashboards-empty-panel', { title, index: request.index });
  }
}

export interface PanelTrial {
  readonly cluster: Cluster;
  readonly index: string;
  readonly search: PanelSearch;
  readonly span: TimeSpan;
  readonly signal?: AbortSignal;
}

/** The aggregations that the search of a panel finds in a time. */
export async function searchPanel({ cluster, index, search, span, signal }: PanelTrial): Promise<unknown> {
  const [gte, lt] = [span.fromMs, span.toMs].map((ms) => new Date(ms).toISOString());
  const filter = [{ range: { '@timestamp': { gte, lt } } }, search.query ?? { match_all: {} }];
  const { body } = await cluster.request({
    method: 'POST',
    path: `/${index}/_search`,
    body: { size: 0, query: { bool: { filter } }, aggs: search.aggs },
    signal,
  });
  return objectOf(body)['aggregations'];
}
