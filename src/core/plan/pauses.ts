// Times in which a live shop was not running, so that nothing of them is in the data.
import type { RedHerring } from './labels.ts';
import { SERVERS } from './shop.ts';

/** A time in which the shop went on and no document was kept; `[startMs, endMs)`, whole seconds. */
export interface Pause {
  readonly startMs: number;
  readonly endMs: number;
}

/** A pause as the answer key labels it: the index is silent, the shop was not. */
export const pauseHerring = ({ startMs, endMs }: Pause): RedHerring => ({
  id: `pause-${new Date(startMs).toISOString().slice(0, 19).replaceAll(':', '')}`,
  title: 'Nothing was recorded',
  component: 'monitoring_agent',
  reason: 'recording_stopped',
  startMs,
  endMs,
  servers: SERVERS,
  steps: [],
});

/** True when an instant lies in a pause. */
export const isPaused = (pauses: readonly Pause[], ms: number): boolean =>
  pauses.some(({ startMs, endMs }) => ms >= startMs && ms < endMs);
