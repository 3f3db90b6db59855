// The companion index: a document an incident, for the bands and marks of the dashboard that tells the answers.
import type { Plan } from '../plan/types.ts';

/** The name of the companion index of an index. */
export const incidentIndexOf = (index: string) => `${index}-incidents`;

export interface IncidentDocument {
  readonly '@timestamp': string;
  readonly end: string;
  readonly recovered: string;
  readonly incident_id: string;
  readonly title: string;
  readonly type: string;
  readonly cause: string;
  readonly preset: string | null;
  readonly servers: readonly string[];
  readonly gateway: string | null;
}

const keyword = { type: 'keyword' };
const date = { type: 'date' };

/** What the companion index holds; small, so one shard without replicas. */
export const INCIDENT_INDEX_BODY = {
  settings: { index: { number_of_shards: 1, number_of_replicas: 0 } },
  mappings: {
    dynamic: 'strict',
    properties: {
      '@timestamp': date,
      end: date,
      recovered: date,
      incident_id: keyword,
      title: keyword,
      type: keyword,
      cause: keyword,
      preset: keyword,
      servers: keyword,
      gateway: keyword,
    },
  },
} as const;

const iso = (ms: number) => new Date(ms).toISOString();

/** The documents of the companion index, in order of time: the answers, so it is made only when asked for. */
export function incidentDocuments(plan: Plan): IncidentDocument[] {
  return plan.incidents.map(
    ({ id, type, title, preset, startMs, endMs, recoveredMs, rootCause, servers, gateway }) => ({
      '@timestamp': iso(startMs),
      end: iso(endMs),
      recovered: iso(recoveredMs),
      incident_id: id,
      title,
      type,
      cause: rootCause,
      preset,
      servers,
      gateway: gateway ?? null,
    }),
  );
}
