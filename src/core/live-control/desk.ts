// What the control channel knows of a live shop, from its events, and how it carries out what is asked.
import type { LiveControl } from '../live/control.ts';
import type { LiveCommand, LiveEvent, LiveIncident, LiveTick } from '../live/types.ts';
import type { Severity } from '../plan/labels.ts';
import type { Preset } from '../plan/preset.ts';
import { RED_HERRING } from './limits.ts';
import type { ControlReply, ControlRequest, LiveIncidentState, LiveState } from './protocol.ts';
import { notStartable } from './startable.ts';

/** An incident begins at the next second; a shop that does not answer within this time is stopping. */
const ANSWER_MS = 10_000;

/** What an incident is like whose request does not say. */
export interface Usual {
  readonly severity: Severity;
  readonly minutes: number;
}

type Begun = Extract<LiveEvent, { type: 'live-started' }>;

const iso = (ms: number) => new Date(ms).toISOString();

function stateOfIncident({ id, type, title, severity, startMs, endMs }: LiveIncident): LiveIncidentState {
  return { id, type, title, severity, start: iso(startMs), end: iso(endMs) };
}

/** Takes the events of a live shop, and answers requests. */
export class ControlDesk {
  readonly #control: LiveControl;
  readonly #usual: Usual;
  readonly #incidents = new Map<string, LiveIncident>();
  readonly #running = new Set<string>();
  readonly #waiting: ((event: LiveEvent) => void)[] = [];
  #begun: Begun | undefined;
  #tick: LiveTick | undefined;
  #presets: readonly Preset[] = [];

  constructor(control: LiveControl, usual: Usual) {
    this.#control = control;
    this.#usual = usual;
  }

  /** Every event of the shop, in order. */
  take(event: LiveEvent): void {
    if (event.type === 'live-presets') this.#presets = event.presets;
    if (event.type === 'live-started') this.#begun = event;
    if (event.type === 'tick') this.#took(event);
    if (event.type === 'incident-started' || event.type === 'incident-ended')
      this.#incidents.set(event.incident.id, event.incident);
    if (event.type === 'incident-started') this.#running.add(event.incident.id);
    if (event.type === 'incident-ended') this.#running.delete(event.incident.id);
    const answers = ['incident-started', 'incident-ended', 'command-refused', 'done'];
    if (answers.includes(event.type)) this.#waiting.shift()?.(event);
  }

  /** One that an earlier process started is known from a tick alone. */
  #took(tick: LiveTick): void {
    this.#tick = tick;
    const { running } = tick;
    if (!running || this.#incidents.has(running.id)) return;
    this.#incidents.set(running.id, running);
    this.#running.add(running.id);
  }

  async answer(request: ControlRequest): Promise<ControlReply> {
    const running = [...this.#incidents.values()].some(
      ({ id, type }) => type !== RED_HERRING && this.#running.has(id),
    );
    if (request.action === 'status') return this.#state();
    if (request.action === 'stop' && !running) return { ok: false, error: 'No incident is running' };
    const command = this.#commandOf(request);
    const problem = command.type === 'start' ? notStartable(command, this.#presets) : undefined;
    if (problem !== undefined) return { ok: false, error: problem };
    const done = this.#next();
    this.#control.send(command);
    const event = await done;
    if (event?.type === 'command-refused') return { ok: false, error: event.reason };
    if (event === undefined || event.type === 'done') return { ok: false, error: 'The shop is stopping' };
    return this.#state();
  }

  #commandOf(request: Exclude<ControlRequest, { action: 'status' }>): LiveCommand {
    if (request.action === 'stop') return { type: 'recover' };
    const { what, severity = this.#usual.severity, minutes = this.#usual.minutes } = request;
    return { type: 'start', what, severity, durationMinutes: minutes };
  }

  /** The event that answers the next command; undefined when none comes in time. */
  #next(): Promise<LiveEvent | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const place = this.#waiting.indexOf(take);
        if (place >= 0) this.#waiting.splice(place, 1);
        resolve(undefined);
      }, ANSWER_MS);
      const take = (event: LiveEvent) => {
        clearTimeout(timer);
        resolve(event);
      };
      this.#waiting.push(take);
    });
  }

  #state(): ControlReply {
    const begun = this.#begun;
    if (!begun) return { ok: false, error: 'The shop is not live yet' };
    const { index, url, speed } = begun;
    const { simulatedMs = begun.simulatedMs, lagMs = 0, documents = 0 } = this.#tick ?? {};
    const started = [...this.#incidents.values()];
    const state: LiveState = {
      ...{ index, url, simulated: iso(simulatedMs), lagMs: Math.round(lagMs), documents, speed },
      running: started.filter(({ id }) => this.#running.has(id)).map(stateOfIncident),
      started: started.map(stateOfIncident),
    };
    return { ok: true, ...state };
  }
}
