// Metrics by minute, worked out by hand from a few documents.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { metricsFiles } from '../../../../src/core/export/metrics.ts';
import type { AnswerEntry } from '../../../../src/core/ground-truth/answer-key.ts';
import { csvRows } from '../../../../src/core/score/csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'incident-demo-metrics-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, documents: readonly object[]): string {
  const lines = documents.flatMap((document, at) => [
    JSON.stringify({ create: { _id: `d-${at}` } }),
    JSON.stringify(document),
  ]);
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const request = (at: string, ms: number, more: object = {}) => ({
  '@timestamp': `2026-03-14T${at}Z`,
  server_instance: 'checkout-service-01',
  status: 'success',
  response_time_ms: ms,
  sample_weight: 60,
  cpu_usage_percent: 40,
  ...more,
});
const STRIPE = { payment_gateway: 'stripe', upstream_service: 'payment-gateway-stripe' };

const data = fileOf('data.ndjson', [
  request('14:00:01.000', 300),
  request('14:00:02.000', 100, { cpu_usage_percent: 41 }),
  request('14:00:59.999', 200, { status: 'error' }),
  { '@timestamp': '2026-03-14T14:00:59.999Z', event_type: 'deployment', message: 'x' },
  // Nothing in the minute of 14:01.
  request('14:02:00.000', 900, { ...STRIPE, upstream_response_time_ms: 500, status: 'error' }),
  request('14:02:00.001', 950, { ...STRIPE, server_instance: 'checkout-service-03' }),
]);

const incident = (onset: string, recovered: string) =>
  ({
    ...{ kind: 'incident', component: 'payment_gateway', reason: 'gateway_degraded' },
    ...{ onset: `2026-03-14T${onset}.000Z`, recovered: `2026-03-14T${recovered}.000Z` },
  }) as unknown as AnswerEntry;

/** The rows of a table as objects. */
function tableOf(text: string): Record<string, string | undefined>[] {
  const [header, ...rows] = csvRows(text).map(({ cells }) => cells);
  return rows.map((cells) => Object.fromEntries((header ?? []).map((name, at) => [name, cells[at]])));
}

describe('metrics.csv', () => {
  it('has a row for each minute, with what each server and gateway did', async () => {
    const [file] = await metricsFiles([], data);
    const [first, second, third, ...more] = tableOf(file?.text ?? '');
    expect(more).toEqual([]);
    const time = Date.parse('2026-03-14T14:00:00Z') / 1000;
    expect([first, second, third].map((row) => row?.['time'])).toEqual([
      `${time}`,
      `${time + 60}`,
      `${time + 120}`,
    ]);
    expect(first).toMatchObject({
      'checkout-service-01_load': '180',
      'checkout-service-01_error': '60',
      'checkout-service-01_latency-50': '200',
      'checkout-service-01_latency-90': '300',
      'checkout-service-01_cpu': '40.33',
      'checkout-service-01_heap': '',
      'checkout-service-02_load': '0',
      'checkout-service-02_latency-50': '',
      'payment-gateway-stripe_load': '0',
    });
    expect(second).toMatchObject({ 'checkout-service-01_load': '0', 'checkout-service-01_cpu': '' });
    expect(third).toMatchObject({
      'checkout-service-03_load': '60',
      'payment-gateway-stripe_load': '120',
      'payment-gateway-stripe_error': '60',
      'payment-gateway-stripe_latency-50': '500',
    });
  });
});

describe('a case', () => {
  it('has its minutes, from the recovery before, and when the cause began', async () => {
    const key = [incident('14:00:20', '14:01:30'), incident('14:02:00', '14:03:00')];
    const files = await metricsFiles(key, data);
    const folders = ['1', '2'].map((number) => `metrics/cases/payment_gateway_gateway_degraded/${number}`);
    expect(files.slice(1).map(({ path }) => path)).toEqual(
      folders.flatMap((one) => [`${one}/data.csv`, `${one}/inject_time.txt`]),
    );
    const [, first, firstTime, second] = files;
    expect(Number(firstTime?.text)).toBe(Date.parse('2026-03-14T14:00:20Z') / 1000);
    expect(tableOf(first?.text ?? '').map(({ time }) => Number(time) % 3600)).toEqual([0, 60]);
    expect(tableOf(second?.text ?? '').map(({ time }) => Number(time) % 3600)).toEqual([120]);
    for (const { text, ours } of files) expect(ours.test(text)).toBe(true);
  });
});

describe('data that cannot be read', () => {
  it('are refused with the line', async () => {
    const backwards = fileOf('backwards.ndjson', [request('14:05:00.000', 1), request('14:00:00.000', 1)]);
    await expect(metricsFiles([], backwards)).rejects.toThrow(
      `${backwards}, line 4: this document is not in the order of time`,
    );
    const timeless = fileOf('timeless.ndjson', [{ response_time_ms: 1 }]);
    await expect(metricsFiles([], timeless)).rejects.toThrow(`${timeless}, line 2: @timestamp is not a time`);
  });
});
