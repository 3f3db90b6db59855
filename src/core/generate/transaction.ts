// A document as it is stored. Fields that have no value are left out of the JSON.

export interface Transaction {
  readonly '@timestamp': string;
  readonly transaction_id: string;
  readonly session_id: string;
  readonly user_id: string;
  readonly event_type: 'checkout_attempt';
  readonly step: string;
  readonly status: 'success' | 'error';
  readonly response_code: number;
  readonly response_time_ms: number;
  readonly error_message: string | undefined;
  readonly error_code: string | undefined;
  readonly payment_gateway: string | undefined;
  readonly amount: number;
  readonly currency: 'USD';
  readonly product_category: string;
  readonly product_id: string;
  readonly user_agent: string;
  readonly ip_address: string;
  readonly geo_location: { readonly country: string; readonly state: string; readonly city: string };
  readonly server_instance: string;
  readonly load_balancer: string;
  readonly database_query_time_ms: number | undefined;
  readonly cache_hit: boolean | undefined;
  readonly retry_count: number;
  readonly upstream_service: string | undefined;
  readonly upstream_response_time_ms: number | undefined;
  readonly circuit_breaker_state: string;
  readonly thread_pool_active: number;
  readonly memory_usage_percent: number;
  readonly cpu_usage_percent: number;
  readonly sample_weight: number;
  readonly order_id: string | undefined;
  readonly db_pool_active: number;
  readonly db_pool_max: number;
  readonly db_pool_pending: number;
  readonly db_connection_wait_ms: number | undefined;
  readonly gc_pause_ms: number;
  readonly heap_used_percent: number;
  readonly incident_id: string | undefined;
  readonly phase: string | undefined;
}

/** A document with what the sinks and the tally need to know of it. */
export interface GeneratedDocument {
  readonly id: string;
  readonly ms: number;
  /** 0 normal, 1 incident, 2 recovery. */
  readonly phase: 0 | 1 | 2;
  /** Index into the plan's incidents; -1 in normal operation. */
  readonly incident: number;
  /** Index into BLOCKS: the part of the local day. */
  readonly block: number;
  readonly source: Transaction;
}

export const PHASES = ['normal', 'incident', 'recovery'] as const;
