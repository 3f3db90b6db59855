// What the words of the answer key mean: one sentence each, for docs/answer-key.md and for what is exported.
import type { Component, Kind, Mitigation, Reason, Severity } from '../plan/labels.ts';

export const KIND_MEANINGS: Readonly<Record<Kind, string>> = {
  incident: 'Something is broken, and customers or servers feel it.',
  red_herring: 'It looks like trouble and is none: a detector that reports it raises a false alarm.',
};

export const SEVERITY_MEANINGS: Readonly<Record<Severity, string>> = {
  major: 'Planned to fail as many transactions as `--error-rate-incident` says: 25-40 % by default.',
  minor: 'Planned to fail 5-15 % of the transactions, as on one server or a gateway with little traffic.',
  subtle:
    'Planned to fail 1-4 % more of all transactions than usual for 20 to 60 minutes, while the 95th percentile of those that work rises by about 40 % where it is felt.',
  silent: 'Nothing fails: a leak over hours that a restart ends.',
};

export const COMPONENT_MEANINGS: Readonly<Record<Component, string>> = {
  payment_gateway: 'A payment gateway outside the shop: stripe, paypal or square.',
  database_connection_pool: 'The pool of database connections of the checkout service.',
  service_memory: 'The heap of the checkout service.',
  load_balancer: 'A load balancer in front of the servers.',
  traffic: 'The customers themselves: more of them, or other ones.',
  deployment: 'A release of the checkout service.',
  card_issuer: 'The banks that issue the cards.',
  backup_job: 'The nightly backup of the database.',
  monitoring_agent: 'The program on a server that reports its gauges.',
};

export const REASON_MEANINGS: Readonly<Record<Reason, string>> = {
  gateway_unresponsive: 'Calls to the gateway get no answer and time out.',
  gateway_refusing_connections: 'The gateway refuses connections, so calls fail at once.',
  gateway_degraded: 'Some calls to the gateway are slow or fail; the others work.',
  connection_leak: 'A code path does not return its database connections to the pool.',
  memory_leak: 'A version of the service keeps memory that it no longer needs.',
  slow_gateway_holds_connections: 'Requests that wait for a slow gateway hold their database connections.',
  flash_sale: 'A sale brings a multiple of the usual traffic.',
  harmless_deployment: 'A release that changes nothing customers would notice.',
  issuer_outage: 'Issuers decline cards that they would otherwise accept.',
  nightly_backup: 'The backup slows the database down; nothing fails.',
  bot_traffic: 'A bot reviews carts and never pays.',
  full_collection: 'One long garbage collection pauses a server.',
  agent_stopped: 'A server reports no gauges for some minutes, and works as ever.',
  recording_stopped: 'The live shop was not running: what happened then is in no document.',
};

export const MITIGATION_MEANINGS: Readonly<Record<Mitigation, string>> = {
  gateway_recovered: 'The gateway came back by itself.',
  failover: 'Payments were moved to another gateway.',
  rollback: 'The version before was deployed again.',
  restart: 'The servers were restarted, one after the other.',
  config_change: 'A setting was changed.',
  ended_by_itself: 'The cause went away without any action.',
};
