// The plan as two series for charts: traffic and the p95 of response times.
import { loadAt, p95LatencyMs } from './baseline.ts';
import { trafficAt } from './curve.ts';
import { p95Series } from './quantiles.ts';
import { READING_S } from './timeline.ts';
import type { Incident, Plan } from './types.ts';

export interface PreviewRequest {
  readonly fromMs: number;
  readonly toMs: number;
  /** Length of both series, at least 1. */
  readonly points: number;
}

export interface Preview {
  /** Start of each bucket. */
  readonly timesMs: number[];
  /** Mean transactions per second in each bucket, before sampling. */
  readonly tps: number[];
  /** Highest p95 in each bucket, ms: an average would hide spikes. */
  readonly p95Ms: number[];
  readonly incidents: Pick<Incident, 'id' | 'title' | 'type' | 'startMs' | 'endMs' | 'recoveredMs'>[];
}

const SAMPLES_PER_POINT = 4;

/** The series of a time range. They come from the plan, as the documents do, so they agree with the index. */
export function preview(plan: Plan, { fromMs, toMs, points }: PreviewRequest): Preview {
  const width = (toMs - fromMs) / points;
  const timesMs = Array.from({ length: points }, (_, index) => Math.round(fromMs + index * width));
  const p95 = new Array<number>(points).fill(0);
  const tps = timesMs.map((start, index) => {
    let sum = 0;
    for (let step = 0; step < SAMPLES_PER_POINT; step++) {
      const ms = start + ((step + 0.5) * width) / SAMPLES_PER_POINT;
      sum += trafficAt(plan, ms);
      p95[index] = Math.max(p95[index] ?? 0, p95LatencyMs(loadAt(plan, ms)));
    }
    return sum / SAMPLES_PER_POINT;
  });
  const incidents = plan.incidents.filter(
    ({ startMs, recoveredMs }) => startMs < toMs && recoveredMs > fromMs,
  );
  for (const incident of incidents) {
    for (const [tick, value] of p95Series(plan, incident).entries()) {
      const index = Math.floor((incident.startMs + tick * READING_S * 1000 - fromMs) / width);
      if (index >= 0 && index < points) p95[index] = Math.max(p95[index] ?? 0, value);
    }
  }
  return {
    timesMs,
    tps,
    p95Ms: p95.map(Math.round),
    incidents: incidents.map(({ id, title, type, startMs, endMs, recoveredMs }) => ({
      id,
      title,
      type,
      startMs,
      endMs,
      recoveredMs,
    })),
  };
}
