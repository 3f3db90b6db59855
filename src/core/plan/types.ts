// The words of the plan: what is decided before a single document exists. All of it is plain JSON.

/** An inclusive range; a single number has min = max. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export type IncidentType =
  | 'payment_gateway_timeout'
  | 'database_pool_exhaustion'
  | 'memory_pressure'
  | 'circuit_breaker'
  | 'upstream_degradation';

export type Phase = 'normal' | 'incident' | 'recovery';

/** The parameters that shape the data. Two plans with equal parameters, presets and now are equal. */
export interface PlanParameters {
  readonly days: number;
  readonly incidentsPerDay: Range;
  /** Transactions per second at the foot of the daily curve. */
  readonly baseTps: number;
  readonly peakMultiplier: number;
  /** Percent. */
  readonly errorRateNormal: Range;
  /** Percent of all transactions in an incident window. */
  readonly errorRateIncident: Range;
  /** Keeps one of this many sessions. */
  readonly sample: number;
  /** 0 to 4294967295. */
  readonly seed: number;
  /** IANA name. */
  readonly timeZone: string;
  /** What the presets call today, `YYYY-MM-DD`; left out, it follows from now (DESIGN: today once 14:45 has passed). */
  readonly demoDay?: string | undefined;
  /** Adds incident_id and phase to each document. */
  readonly labelDocuments: boolean;
}
