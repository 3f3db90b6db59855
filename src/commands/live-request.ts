// Settings become the request of a live shop, and what it does by itself, for every front.
import { renderCommand } from '../command-line/render.ts';
import type { LiveControl } from '../core/live/control.ts';
import { live } from '../core/live/live.ts';
import type { LiveRequest } from '../core/live/request.ts';
import type { LiveEvent } from '../core/live/types.ts';
import { controlled, type DueCommand } from '../core/live-control/controlled.ts';
import { notStartable } from '../core/live-control/startable.ts';
import type { Preset } from '../core/plan/preset.ts';
import { AppError } from '../errors/app-error.ts';
import { type Moment, momentOf, spanMs } from '../options/live-values.ts';
import type { Settings } from '../options/settings.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { type RequestParts, runRequest } from './run-request.ts';

function commandOf(moment: Moment, settings: Settings, presets: readonly Preset[]): DueCommand {
  if (moment.type === 'recover') return { atMs: moment.atMs, command: { type: 'recover' } };
  const { what, severity = settings.severity, atMs } = moment;
  const problem = notStartable({ what, severity }, presets);
  if (problem !== undefined) throw new AppError('parameter', { flag: '--at', problem });
  return { atMs, command: { type: 'start', what, severity, durationMinutes: settings.minutes } };
}

/** What happens by itself. Throws AppError `parameter` for what can never be started. */
export function dueCommands(settings: Settings, presets: readonly Preset[]): readonly DueCommand[] {
  return settings.at.map((text) => commandOf(momentOf(text), settings, presets));
}

export interface LiveParts extends RequestParts {
  /** One of so many sessions is kept from now on; left out, as many as the index has. */
  readonly sample: number | undefined;
}

/** The request from answers in which nothing is open any more. */
function liveRequest(parts: LiveParts, asks: boolean): LiveRequest {
  const { program, sample } = parts;
  const settings = { ...parts.settings, ...(sample === undefined ? {} : { sample }) };
  return {
    ...runRequest(parts),
    sample,
    speed: settings.speed,
    gap: settings.gap ?? (asks ? 'ask' : 'backfill'),
    forMs: settings.liveFor === undefined ? undefined : spanMs(settings.liveFor),
    command: renderCommand(program, 'live', settings),
  };
}

/**
 * The live shop with its control channel; the last event is `done`. Throws AppError `parameter` and `live-running`.
 * @param asks whether a person can be asked
 */
export function startLive(
  parts: LiveParts,
  control: LiveControl,
  signal: AbortSignal,
  asks: boolean,
): AsyncGenerator<LiveEvent> {
  const { settings, presets, directories } = parts;
  const { severity, minutes } = settings;
  const options = { control, directories, usual: { severity, minutes }, due: dueCommands(settings, presets) };
  return lean(controlled(live(liveRequest(parts, asks), control, signal), options));
}

/** A shop is live for hours: what planning and counting needed at its beginning is given back. */
async function* lean(events: AsyncGenerator<LiveEvent>): AsyncGenerator<LiveEvent> {
  for await (const event of events) {
    yield event;
    if (event.type === 'live-started') giveBackMemory();
  }
}
