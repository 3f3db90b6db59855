// The shop in real time: documents appear in the index when their requests end, and a person starts incidents in it.
import { AppError } from '../../errors/app-error.ts';
import { SYSTEM_CLOCK } from '../async/clock.ts';
import type { RunEvent } from '../events.ts';
import { findConnection } from '../run/begin.ts';
import { connect } from '../run/connect.ts';
import { finish } from '../run/finish.ts';
import { run } from '../run/run.ts';
import { newRunResult } from '../run/run-result.ts';
import type { RunContext } from '../run/stages.ts';
import type { LiveControl } from './control.ts';
import type { Gap } from './gap.ts';
import { keepGoing } from './keep-going.ts';
import { livedIn } from './open.ts';
import type { Last, LiveRequest } from './request.ts';
import { aheadOf, chosenGap } from './since-then.ts';
import type { LiveEvent } from './types.ts';

/**
 * Goes on from the last document of an index, or loads one first, until the signal or the time ends it. Nothing is
 * thrown: the last event has type `done`.
 */
export async function* live(
  request: LiveRequest,
  control: LiveControl,
  signal: AbortSignal,
): AsyncGenerator<LiveEvent> {
  const { connection, index, parameters, command, clock = SYSTEM_CLOCK } = request;
  const result = newRunResult(connection.url, index, parameters.seed);
  const last: Last = { key: '' };
  // A stop is the ordinary end: it is no failure.
  const never = new AbortController().signal;
  const stopped = () => new AppError('cancelled', { kept: '', resume: '' });
  const context: RunContext = { request, result, signal, clock };
  const whole = untilStopped(stages(request, context, control, last), signal);
  const work = whole as AsyncGenerator<RunEvent>;
  for await (const event of finish(work, { result, signal: never, command, stopped, clock }))
    yield event.type === 'done' ? { ...(last.failed ?? event), key: last.key } : event;
}

/** The events until a stop, which ends whatever is asked at that moment; every other failure is thrown. */
async function* untilStopped(
  events: AsyncGenerator<LiveEvent>,
  signal: AbortSignal,
): AsyncGenerator<LiveEvent> {
  try {
    yield* events;
  } catch (error) {
    const isFailure = error instanceof AppError && error.code !== 'cancelled';
    if (!signal.aborted || isFailure) throw error;
  }
}

async function* stages(
  request: LiveRequest,
  context: RunContext,
  control: LiveControl,
  last: Last,
): AsyncGenerator<LiveEvent> {
  const { signal, result, clock } = context;
  const calledMs = clock.now();
  const connection = yield* withoutEnd(findConnection(context));
  const { index, environment } = request;
  const cluster = yield* withoutEnd(connect({ connection, index, environment }, signal));
  try {
    const wall = () => request.nowMs + clock.now() - calledMs;
    let found = await livedIn(cluster, index, signal);
    yield { type: 'live-presets', presets: found?.input.presets ?? request.presets };
    // The time that its own load took is no gap.
    let gap: Gap = request.gap === 'ask' ? 'backfill' : request.gap;
    if (found) gap = yield* chosenGap({ wanted: request.gap, found, control, wall, clock, signal });
    else {
      for await (const event of run({ ...request, connection, local: false }, signal)) {
        // That it is connected has been told.
        if (event.type === 'connected') continue;
        if (event.type !== 'done') yield event;
        else if (!event.ok) last.failed = event;
      }
      if (signal.aborted || last.failed) return;
      found = await livedIn(cluster, index, signal);
    }
    if (!found) throw new AppError('index-missing', { index, address: cluster.url });
    result.seed = found.meta.seed;
    if (signal.aborted) return;
    const wallMs = wall();
    yield* aheadOf(found, wallMs);
    yield* keepGoing({ request, context, control, cluster, found, gap, wallMs, url: connection.url, last });
  } finally {
    await cluster.close();
  }
}

/** The events of some work that says no last word. */
async function* withoutEnd<T>(events: AsyncGenerator<RunEvent, T>): AsyncGenerator<LiveEvent, T> {
  for (;;) {
    const { done, value } = await events.next();
    if (done) return value;
    if (value.type !== 'done') yield value;
  }
}
