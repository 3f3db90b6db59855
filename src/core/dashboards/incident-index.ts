// What the companion index holds: a document for each incident, for the bands and marks of the dashboard of answers.
import type { Plan } from '../plan/types.ts';

export interface IncidentDocument {
  readonly '@timestamp': string;
  readonly end: string;
  readonly recovered: string;
  readonly incident_id: string;
  /** Key of the plan it belongs to. */
  readonly plan: string;
  readonly title: string;
  readonly type: string;
  readonly cause: string;
  readonly preset: string | null;
  readonly servers: readonly string[];
  readonly gateway: string | null;
}

const keyword = { type: 'keyword' };
const date = { type: 'date' };

/** Small, so one shard without replicas. */
export const INCIDENT_INDEX_SETTINGS = { index: { number_of_shards: 1, number_of_replicas: 0 } } as const;

export const INCIDENT_INDEX_MAPPINGS = {
  dynamic: 'strict',
  properties: {
    '@timestamp': date,
    end: date,
    recovered: date,
    incident_id: keyword,
    plan: keyword,
    title: keyword,
    type: keyword,
    cause: keyword,
    preset: keyword,
    servers: keyword,
    gateway: keyword,
  },
} as const;

const iso = (ms: number) => new Date(ms).toISOString();

/** The documents of the companion index, in order of time: the answers. */
export function incidentDocuments({ key, incidents }: Plan): IncidentDocument[] {
  return incidents.map(
    ({ id, type, title, preset, startMs, endMs, recoveredMs, rootCause, servers, gateway }) => ({
      '@timestamp': iso(startMs),
      end: iso(endMs),
      recovered: iso(recoveredMs),
      incident_id: id,
      plan: key,
      title,
      type,
      cause: rootCause,
      preset,
      servers,
      gateway: gateway ?? null,
    }),
  );
}

/** The id of such a document: the same however often it is written. */
export const incidentDocumentId = ({ plan, incident_id: id }: IncidentDocument) => `${plan}-${id}`;
