// What the servers and gateways of the shop did in one minute, from its documents.
import type { StoredDocument } from '../dataset/read.ts';
import { GATEWAYS, SERVERS } from '../plan/shop.ts';

/** What every server reports: the name of the metric and the field it is read from. */
const GAUGES = {
  cpu: 'cpu_usage_percent',
  mem: 'memory_usage_percent',
  heap: 'heap_used_percent',
  gc: 'gc_pause_ms',
  threads: 'thread_pool_active',
  'pool-active': 'db_pool_active',
  'pool-pending': 'db_pool_pending',
} as const;

const TRAFFIC = ['load', 'error', 'latency-50', 'latency-90'] as const;

/** Requests to a server or a gateway: a metric is named after it, as in `checkout-service-01_latency-90`. */
class Place {
  private weight = 0;
  private failedWeight = 0;
  private readonly latencies: number[] = [];
  private readonly gauges = new Map<string, { sum: number; count: number }>();

  add(document: StoredDocument, latencyMs: unknown): void {
    const weight = Number(document['sample_weight'] ?? 1);
    this.weight += weight;
    if (document['status'] === 'error') this.failedWeight += weight;
    if (typeof latencyMs === 'number') this.latencies.push(latencyMs);
  }

  read(document: StoredDocument): void {
    for (const [name, field] of Object.entries(GAUGES)) {
      const value = document[field];
      if (typeof value !== 'number') continue;
      const gauge = this.gauges.get(name) ?? { sum: 0, count: 0 };
      this.gauges.set(name, gauge);
      gauge.sum += value;
      gauge.count++;
    }
  }

  traffic(): (number | '')[] {
    this.latencies.sort((a, b) => a - b);
    return [this.weight, this.failedWeight, this.latency(0.5), this.latency(0.9)];
  }

  /** Means of the minute; empty where nothing was reported. */
  gaugeMeans(): (number | '')[] {
    return Object.keys(GAUGES).map((name) => {
      const gauge = this.gauges.get(name);
      return gauge ? Math.round((gauge.sum / gauge.count) * 100) / 100 : '';
    });
  }

  private latency(share: number): number | '' {
    return this.latencies[Math.ceil(share * this.latencies.length) - 1] ?? '';
  }
}

const gatewayName = (gateway: string) => `payment-gateway-${gateway}`;

/** The names of the metrics, in the order of MinuteMetrics.values(). */
export const METRICS: readonly string[] = [
  ...SERVERS.flatMap((server) => [...TRAFFIC, ...Object.keys(GAUGES)].map((metric) => `${server}_${metric}`)),
  ...GATEWAYS.flatMap((gateway) => TRAFFIC.map((metric) => `${gatewayName(gateway)}_${metric}`)),
];

/** Collects the documents of one minute. */
export class MinuteMetrics {
  private readonly servers = new Map(SERVERS.map((name) => [name as string, new Place()]));
  private readonly gateways = new Map(GATEWAYS.map((name) => [name as string, new Place()]));

  /** Counts one transaction. */
  add(document: StoredDocument): void {
    const server = this.servers.get(String(document['server_instance']));
    server?.add(document, document['response_time_ms']);
    server?.read(document);
    if (document['upstream_service'] === undefined) return;
    const gateway = this.gateways.get(String(document['payment_gateway']));
    gateway?.add(document, document['upstream_response_time_ms']);
  }

  /** The metrics of the minute, in the order of METRICS. */
  values(): (number | '')[] {
    return [
      ...[...this.servers.values()].flatMap((place) => [...place.traffic(), ...place.gaugeMeans()]),
      ...[...this.gateways.values()].flatMap((place) => place.traffic()),
    ];
  }
}
