// Simple shapes of the five incidents: a ramp, a plateau and a decay.
import { emptyGauges, type Frame, loadAt, p95Ms, readCalm } from '../calm.ts';
import type { Scheduled } from '../schedule.ts';
import { CONNECTIONS, SERVER_COUNT, THREADS } from '../shop.ts';
import type { Timeline } from '../timeline.ts';

export function fillTimeline(frame: Frame, incident: Scheduled, t: Timeline): void {
  const gauges = emptyGauges();
  const span = (incident.endMs - incident.startMs) / 1000;
  const rest = (incident.recoveredMs - incident.endMs) / 1000;
  const target = incident.targetErrorRate;
  for (let second = 0; second < t.seconds; second++) {
    const ms = t.startMs + second * 1000;
    const up = incident.type === 'memory_pressure' ? Math.min(1, second / span) : Math.min(1, second / 60);
    const level = second < span ? up : 0.4 * (1 - (second - span) / rest) ** 2;
    const failing = second < span;
    for (let server = 0; server < SERVER_COUNT; server++) {
      const i = second * SERVER_COUNT + server;
      readCalm(frame, server, ms, gauges);
      const { type } = incident;
      const memory = type === 'memory_pressure';
      const pool = type === 'database_pool_exhaustion';
      t.threads[i] = Math.min(THREADS, gauges.threads + level * THREADS);
      t.poolActive[i] = pool && level > 0.3 ? CONNECTIONS : gauges.poolActive;
      t.poolPending[i] = pool && level > 0.3 ? level * 80 : 0;
      t.heap[i] = Math.min(99, gauges.heap + (memory ? level * 50 : level * 25));
      t.memory[i] = Math.min(99, gauges.memory + (memory ? level * 40 : level * 20));
      t.cpu[i] = Math.min(99, gauges.cpu + level * 40);
      t.gcMs[i] = gauges.gcMs * (1 + level * (memory ? 80 : 4));
      if (memory) {
        t.own[i] = 1 + 2 * level;
        t.stallChance[i] = level;
        t.stallMs[i] = 6000 * level;
        t.outOfMemory[i] = failing ? Math.min(0.9, 2 * target * level) : 0.1 * level;
      } else if (pool) {
        t.waitMs[i] = 4000 * level;
        t.starved[i] = failing ? Math.min(0.9, target * 1.1 * level) : 0.1 * level;
      } else {
        const minute = Math.floor(second / 60) % 3;
        const open = type !== 'upstream_degradation' && failing && second >= 180;
        t.breaker[i] = open ? (minute === 2 ? 2 : 1) : 0;
        t.refused[i] = t.breaker[i] === 1 ? 1 : 0;
        t.callFails[i] = failing ? 0.9 * level : 0.1 * level;
        t.callMs[i] = 150 + 7000 * level;
      }
    }
    t.p95Ms[second] = p95Ms(loadAt(frame, ms)) + level * 25_000;
  }
}
