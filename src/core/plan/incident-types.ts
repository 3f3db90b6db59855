// The types of incident.
import { GATEWAYS, SERVERS } from './shop.ts';

export type ModelSettings = Readonly<Record<string, number | string>>;

/** The five models, the most common first. */
export const INCIDENT_TYPES = [
  'payment_gateway_timeout',
  'database_pool_exhaustion',
  'memory_pressure',
  'circuit_breaker',
  'upstream_degradation',
] as const;
export type IncidentType = (typeof INCIDENT_TYPES)[number];

interface Story {
  readonly title: string;
  readonly rootCause: string;
  readonly affected: (settings: ModelSettings) => { gateway?: string; servers: readonly string[] };
}

const atGateway = (settings: ModelSettings) => ({
  gateway: String(settings['gateway'] ?? GATEWAYS[0]),
  servers: SERVERS,
});

const onServers = () => ({ servers: SERVERS });

export const STORIES: Readonly<Record<IncidentType, Story>> = {
  payment_gateway_timeout: {
    title: 'Payment gateway timeout',
    rootCause:
      'The payment gateway stops answering; calls wait 30 s for it, and their retries add to the load until the circuit breakers open',
    affected: atGateway,
  },
  database_pool_exhaustion: {
    title: 'Database connection pool exhaustion',
    rootCause:
      'A code path does not give its database connections back, so requests wait for one of the ten until they time out',
    affected: onServers,
  },
  memory_pressure: {
    title: 'Memory pressure',
    rootCause: 'The deployed version leaks memory; collections take longer and longer until the heap is full',
    affected: onServers,
  },
  circuit_breaker: {
    title: 'Circuit breaker activation',
    rootCause:
      'The payment gateway refuses connections; the circuit breakers open, try again each minute and open again',
    affected: atGateway,
  },
  upstream_degradation: {
    title: 'Upstream service degradation',
    rootCause:
      'Most instances of the payment gateway answer late or with 502; too many calls work for the circuit breakers to open',
    affected: atGateway,
  },
};
