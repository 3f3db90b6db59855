// What a leaking server reports of itself at each reading, and the failures of the seconds after one.
import { READING_MS } from '../durations.ts';
import type { PlanBasis } from '../parameters.ts';
import { noise, normalQuantile } from '../random.ts';
import { SERVER_COUNT } from '../shop.ts';
import { READING_S, type Timeline } from '../timeline.ts';
import { RESTART_SECONDS } from '../warming.ts';
import { busyThreads } from './busy-threads.ts';
import { FRESH_HEAP, HEALTHY_LIVE } from './heap.ts';
import type { ModelIncident } from './incident-model.ts';
import { type HeapReading, type LeakingServer, readHeap } from './leaking-server.ts';

interface ReadRequest {
  readonly basis: PlanBasis;
  readonly incident: ModelIncident;
  readonly second: number;
  readonly server: number;
  readonly host: LeakingServer;
}

/** Seconds in which a killed process fills its heap for the first time. */
const WARM_S = 90;

/** Reads the gauges of a server, and lets allocations fail in the seconds that follow where they show a full heap. */
export function readServer(t: Timeline, { basis, incident, second, server, host }: ReadRequest): void {
  const i = (second / READING_S) * SERVER_COUNT + server;
  if (second < host.rolloutAt) {
    host.used = t.heap[i] ?? HEALTHY_LIVE;
    return;
  }
  const restarted = second - (second >= host.restartAt ? host.restartAt : host.killedAt);
  if (restarted >= 0 && restarted < READING_S) host.used = FRESH_HEAP;
  const { seed } = basis.parameters;
  const tick = (incident.startMs + second * 1000) / READING_MS;
  const fresh = second >= host.restartAt || restarted < WARM_S;
  const heap = fresh
    ? warming(host, restarted, noise(seed + 11, tick, server))
    : readHeap(host, READING_S, noise(seed + 11, tick, server));
  for (let at = second; at < Math.min(t.seconds, second + READING_S); at++)
    t.outOfMemory[at * SERVER_COUNT + server] = heap.failing;
  const spread = Math.exp(0.22 * normalQuantile(noise(seed + 12, tick, server)));
  writeGauges(t, i, host, heap.used, Math.min(9500, heap.pauseMs * spread));
}

/** The heap of a process that restarted some seconds ago fills for the first time. */
function warming(host: LeakingServer, restarted: number, draw: number): HeapReading {
  if (restarted < RESTART_SECONDS) return { used: FRESH_HEAP, pauseMs: 0, failing: 0 };
  return readHeap({ ...host, live: Math.min(HEALTHY_LIVE, FRESH_HEAP + restarted / 6) }, READING_S, draw);
}

/** Memory grows with live data, and the process keeps what it once had until it ends. */
function writeGauges(t: Timeline, i: number, host: LeakingServer, used: number, pauseMs: number): void {
  const { live, requests, requestS, paused } = host;
  const lost = (live - HEALTHY_LIVE) / (100 - HEALTHY_LIVE);
  const cpu = t.cpu[i] ?? 0;
  host.used = used;
  t.heap[i] = Math.min(99, Math.round(used));
  t.memory[i] = Math.min(99, Math.round((t.memory[i] ?? 0) * (1 - lost) + live * lost));
  t.threads[i] = Math.max(t.threads[i] ?? 0, Math.round(busyThreads(requests, requestS)));
  t.cpu[i] = Math.min(99, Math.round(cpu + (97 - cpu) * Math.min(1, paused * 1.4)));
  t.gcMs[i] = Math.round(pauseMs);
}
