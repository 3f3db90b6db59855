import { describe, expect, it } from 'vitest';
import { loadAt } from '../../../../src/core/plan/baseline.ts';
import {
  GATEWAY_CALL,
  meanLatencyMs,
  p95LatencyMs,
  SLOW_FROM_MS,
  SLOW_TO_MS,
  slowDelayMs,
  slowerShare,
} from '../../../../src/core/plan/latency.ts';
import { stream } from '../../../../src/core/plan/random.ts';
import { planWith, quantileOf, transactionsOf } from '../../../helpers/generated.ts';

const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

describe('latency in normal operation', () => {
  const plan = planWith({ days: 3, sample: 40, incidentsPerDay: { min: 0, max: 0 } }, undefined, []);
  const documents = transactionsOf(plan);
  const at = (from: number, to: number) => {
    const found = documents.filter(({ ms }) => loadAt(plan, ms) >= from && loadAt(plan, ms) < to);
    return { found, times: found.map(({ source }) => source.response_time_ms) };
  };

  it.each([
    [9, 12],
    [36, 46],
  ])('has the mean and the p95 that the models use, from %i to %i TPS', (from, to) => {
    const { found, times } = at(from, to);
    expect(times.length).toBeGreaterThan(10_000);
    // The standard error of a mean with this tail is some two thousandths.
    expect(mean(times) / mean(found.map(({ ms }) => meanLatencyMs(loadAt(plan, ms))))).toBeCloseTo(1, 1.7);
    expect(quantileOf(times, 0.95) / mean(found.map(({ ms }) => p95LatencyMs(loadAt(plan, ms))))).toBeCloseTo(
      1,
      1.5,
    );
  });

  it('has the shares of slow requests that the models use', () => {
    const { times } = at(36, 46);
    for (const ms of [250, 300, 400, 600, 900]) {
      const slower = times.filter((time) => time > ms).length / times.length;
      expect(Math.abs(slower - slowerShare(41, ms)), `${ms} ms`).toBeLessThan(0.015);
    }
  });

  it('is a sum of independent parts: the gateway takes a fifth to four fifths of a payment', () => {
    const shares = documents
      .filter(({ source }) => source.step === 'payment_processing' && source.status === 'success')
      .map(({ source }) => (source.upstream_response_time_ms ?? 0) / source.response_time_ms);
    expect(quantileOf(shares, 0.005)).toBeLessThan(0.22);
    expect(quantileOf(shares, 0.995)).toBeGreaterThan(0.78);
    expect(quantileOf(shares, 0.75) - quantileOf(shares, 0.25)).toBeGreaterThan(0.12);
  });

  it('tells the gateways apart', () => {
    const medians = ['stripe', 'paypal', 'square'].map((gateway) =>
      quantileOf(
        documents
          .filter(({ source: s }) => s.payment_gateway === gateway && s.step === 'payment_processing')
          .map(({ source: s }) => s.upstream_response_time_ms ?? 0),
        0.5,
      ),
    );
    GATEWAY_CALL.map(({ floorMs, medianMs }) => floorMs + medianMs).forEach((median, gateway) => {
      expect(Math.abs((medians[gateway] ?? 0) / median - 1)).toBeLessThan(0.04);
    });
  });
});

it('a delay is Pareto distributed between its ends', () => {
  const random = stream(1, 'delays', 0);
  const delays = Array.from({ length: 20_000 }, () => slowDelayMs(random.next()));
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(SLOW_FROM_MS);
  expect(Math.max(...delays)).toBeLessThanOrEqual(SLOW_TO_MS);
  expect(delays.filter((ms) => ms > 4000).length / delays.length).toBeCloseTo(4 ** -1.5, 1.6);
  expect(delays.filter((ms) => ms > 20_000).length).toBeGreaterThan(20);
});
