// A live shop that can be spoken to from outside, and that does by itself what was asked for at a moment.
import { AppError } from '../../errors/app-error.ts';
import type { Directories } from '../directories.ts';
import type { LiveControl } from '../live/control.ts';
import { TICK_MS } from '../live/keep-going.ts';
import type { LiveCommand, LiveEvent } from '../live/types.ts';
import type { Preset } from '../plan/preset.ts';
import { ControlDesk, type Usual } from './desk.ts';
import { type ControlServer, openControl } from './server.ts';
import { notStartable } from './startable.ts';

/** A command that is given by itself, in time of the shop since it went live. */
export interface DueCommand {
  readonly atMs: number;
  readonly command: LiveCommand;
}

export interface ControlOptions {
  readonly control: LiveControl;
  readonly directories: Directories;
  readonly usual: Usual;
  /** In any order. */
  readonly due: readonly DueCommand[];
}

/** Throws AppError `parameter` for what this index can never start: it is said before a talk, not in the middle of it. */
function assertStartable(due: readonly DueCommand[], presets: readonly Preset[]): void {
  for (const { command } of due) {
    const problem = command.type === 'start' ? notStartable(command, presets) : undefined;
    if (problem !== undefined) throw new AppError('parameter', { flag: '--at', problem });
  }
}

/**
 * The same events. From the first one on the control channel is open; it is closed after the last one. Throws AppError
 * `parameter` when something is due that the index cannot start, `live-running` when another process is live on the same
 * run, and `state-unwritable`.
 */
export async function* controlled(
  events: AsyncGenerator<LiveEvent>,
  { control, directories, usual, due }: ControlOptions,
): AsyncGenerator<LiveEvent> {
  const desk = new ControlDesk(control, usual);
  let server: ControlServer | undefined;
  let waiting = [...due].sort((a, b) => a.atMs - b.atMs);
  let beganMs = 0;
  // A command is carried out at the next tick, so it is given one tick before its moment.
  let aheadMs = 0;
  try {
    for await (const event of events) {
      desk.take(event);
      if (event.type === 'live-presets') assertStartable(due, event.presets);
      if (event.type === 'live-started') {
        beganMs = event.simulatedMs;
        aheadMs = event.speed * TICK_MS;
        const { id, index, url } = event;
        server = await openControl(directories, { id, index, url }, (request) => desk.answer(request));
      }
      if (event.type === 'tick') {
        const untilMs = event.simulatedMs - beganMs + aheadMs;
        for (const { command } of waiting.filter(({ atMs }) => atMs <= untilMs)) control.send(command);
        waiting = waiting.filter(({ atMs }) => atMs > untilMs);
      }
      yield event;
    }
  } finally {
    await server?.close();
  }
}
