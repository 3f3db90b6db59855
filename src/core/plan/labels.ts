// The closed lists of the answer key: what an incident can be, where it sits, why it began and how it ended.

/**
 * `major` fails as much as asked for (25-40 % by default), `minor` 5-15 %, `subtle` 1-4 % more than usual while the
 * p95 of what works rises by about 40 % where it is felt, `silent` fails nothing: a leak that a restart ends.
 */
export const SEVERITIES = ['major', 'minor', 'subtle', 'silent'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `red_herring` looks like trouble and is none. */
export const KINDS = ['incident', 'red_herring'] as const;
export type Kind = (typeof KINDS)[number];

/** The part of the shop that holds the cause. */
export const COMPONENTS = [
  'payment_gateway',
  'database_connection_pool',
  'service_memory',
  'load_balancer',
  'traffic',
  'deployment',
  'card_issuer',
  'backup_job',
  'monitoring_agent',
] as const;
export type Component = (typeof COMPONENTS)[number];

/** What went wrong there. */
export const REASONS = [
  'gateway_unresponsive',
  'gateway_refusing_connections',
  'gateway_degraded',
  'connection_leak',
  'memory_leak',
  'slow_gateway_holds_connections',
  'flash_sale',
  'harmless_deployment',
  'issuer_outage',
  'nightly_backup',
  'bot_traffic',
  'full_collection',
  'agent_stopped',
  'recording_stopped',
] as const;
export type Reason = (typeof REASONS)[number];

/** Why a server reports no gauges for a while. */
const GAP_CAUSES = ['missed_readings', 'agent_stopped'] as const;
export type GapCause = (typeof GAP_CAUSES)[number];

/** What ended it. */
export const MITIGATIONS = [
  'gateway_recovered',
  'failover',
  'rollback',
  'restart',
  'config_change',
  'ended_by_itself',
] as const;
export type Mitigation = (typeof MITIGATIONS)[number];

/** Something that looks like trouble and is none; `[startMs, endMs)`. */
export interface RedHerring {
  readonly id: string;
  readonly title: string;
  readonly component: Component;
  readonly reason: Reason;
  readonly startMs: number;
  readonly endMs: number;
  /** The servers that show it. */
  readonly servers: readonly string[];
  readonly steps: readonly string[];
}
