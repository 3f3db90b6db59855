// Lines that several panels draw: percentiles of the response time, and one for each server or gateway.
import { GATEWAYS, SERVERS } from '../plan/shop.ts';
import type { Series } from './time-series.ts';

const GATEWAY_COLORS = ['#9170B8', '#6092C0', '#54B399'] as const;
const SERVER_COLORS = ['#54B399', '#6092C0', '#9170B8'] as const;

/** A percentile of the response time, in seconds. */
export const percentile = (label: string, percent: number, color: string, fill: number): Series => ({
  label,
  color,
  measure: { kind: 'percentile', field: 'response_time_ms', percent },
  format: 'ms,s,1',
  template: '{{value}} s',
  fill,
});

/** The highest value of a field, a line a server. */
export const byServer = (field: string, more: Partial<Series> = {}): Series[] =>
  SERVERS.map((server, place) => ({
    label: server,
    color: SERVER_COLORS[place] ?? '#6092C0',
    where: { server_instance: server },
    measure: { kind: 'max', field },
    ...more,
  }));

/** The share of the requests through each payment gateway that failed. */
export const byGateway = (): Series[] =>
  GATEWAYS.map((gateway, place) => ({
    label: gateway,
    color: GATEWAY_COLORS[place] ?? '#6092C0',
    measure: { kind: 'share', of: { status: 'error' }, among: { payment_gateway: gateway } },
    format: '0%',
  }));
