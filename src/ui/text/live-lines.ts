// The events of a live shop as the lines of --json: instants in ISO, and nothing twice.
import type { LiveEvent, LiveIncident, LiveTick } from '../../core/live/types.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** `at` is the instant that the event is about. */
function incidentOf({ startMs, endMs, recoveredMs, id, type, ...rest }: LiveIncident, atMs: number): object {
  return {
    ...{ id, type, at: iso(atMs), ...rest },
    ...{ start: iso(startMs), end: iso(endMs), recovered: iso(recoveredMs) },
  };
}

function incidentLine(type: string, incident: LiveIncident, atMs: number): object {
  return { type, id: incident.id, at: iso(atMs), incident: incidentOf(incident, atMs) };
}

/** What is newer than the tick before: a tick has the last hour, a line a second need not. */
interface Heard {
  momentMs: number;
  errorMs: number;
}

const newest = (all: readonly number[], before: number) => Math.max(before, all.at(-1) ?? before);

function tickLine(tick: LiveTick, heard: Heard): object {
  const { simulatedMs, indexedMs, lagMs, documents, running, planned } = tick;
  // The moment under way is told again until it is whole.
  const moments = tick.moments.filter(({ startMs }) => startMs >= heard.momentMs);
  const errors = tick.errors.filter(({ ms }) => ms > heard.errorMs);
  const starts = moments.map(({ startMs }) => startMs);
  heard.momentMs = newest(starts, heard.momentMs);
  heard.errorMs = newest(
    errors.map(({ ms }) => ms),
    heard.errorMs,
  );
  return {
    ...{
      type: 'tick',
      simulated: iso(simulatedMs),
      indexed: iso(indexedMs),
      lagMs: Math.round(lagMs),
      documents,
    },
    moments: moments.map(({ startMs, ...rest }) => ({ start: iso(startMs), ...rest })),
    errors: errors.map(({ ms, text }) => ({ at: iso(ms), text })),
    ...(running ? { running: incidentOf(running, running.startMs) } : {}),
    ...(planned ? { planned: incidentOf(planned, planned.startMs) } : {}),
  };
}

/** A function that gives each event as the object of its line. */
export function liveLines(): (event: LiveEvent) => object {
  const heard: Heard = { momentMs: Number.NEGATIVE_INFINITY, errorMs: Number.NEGATIVE_INFINITY };
  return (event) => {
    switch (event.type) {
      case 'live-started': {
        const { simulatedMs, ...rest } = event;
        return { ...rest, simulated: iso(simulatedMs) };
      }
      case 'live-presets':
        return { type: event.type, presets: event.presets.map(({ id }) => id) };
      case 'tick':
        return tickLine(event, heard);
      case 'incident-started':
        return incidentLine('incident', event.incident, event.incident.startMs);
      case 'incident-ended':
        return incidentLine('incident-ended', event.incident, event.incident.endMs);
      case 'incident-recovered':
        return incidentLine('incident-recovered', event.incident, event.incident.recoveredMs);
      default:
        return event;
    }
  };
}
