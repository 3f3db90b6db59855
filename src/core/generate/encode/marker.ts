// The document of a marker. It has few of a transaction's fields, and there are a handful a day: no templates.
import { SERVERS } from '../../plan/shop.ts';
import type { Marker } from '../../plan/types.ts';

/** A change or a restart of the shop's service, as a document. */
export interface MarkerDocument {
  readonly '@timestamp': string;
  readonly event_type: Marker['eventType'];
  /** Left out where it concerns all servers. */
  readonly server_instance?: string;
  /** Version of the service after it. */
  readonly service_version: string;
  readonly message: string;
}

/** Fields that only markers have. */
export const MARKER_FIELDS = ['message'] as const;

/** The document of a marker, its fields in order. */
export function markerDocument({ ms, eventType, server, version, message }: Marker): MarkerDocument {
  const name = SERVERS[server];
  return {
    '@timestamp': new Date(ms).toISOString(),
    event_type: eventType,
    ...(name === undefined ? {} : { server_instance: name }),
    service_version: version,
    message,
  };
}
