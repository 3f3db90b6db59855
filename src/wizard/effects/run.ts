// The effects that last: a run, the checks alone and the live shop, whose events are passed on as they come.
import type { LoadProgress, RunEvent } from '../../core/events.ts';
import { LiveControl } from '../../core/live/control.ts';
import { LoadControl } from '../../core/load/control.ts';
import { attempt, type Context, type Of } from './context.ts';

/** A load says more than a person can read: progress is passed on at most this often, ms. */
const PROGRESS_MS = 150;

/** Passes events on; of the progress only the latest, a few times a second. */
async function forwardEvents(events: AsyncGenerator<RunEvent>, { dispatch }: Context): Promise<void> {
  let waiting: LoadProgress | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting) dispatch({ type: 'run', event: waiting });
    waiting = undefined;
  };
  try {
    for await (const event of events) {
      if (event.type === 'progress') {
        waiting = event;
        timer ??= setTimeout(flush, PROGRESS_MS);
      } else {
        flush();
        dispatch({ type: 'run', event });
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

/** The whole run; its control is kept for later effects. */
export function run(context: Of<'run'>): Promise<void> {
  const { effect, services, memory, signal } = context;
  const control = new LoadControl();
  memory.control = control;
  return attempt(context, 'run-failed', () =>
    forwardEvents(services.run(effect.request, signal, control), context),
  );
}

/** The checks alone. */
export function validateIndex(context: Of<'validate-index'>): Promise<void> {
  const { effect, services, signal } = context;
  return attempt(context, 'run-failed', () =>
    forwardEvents(services.validateIndex(effect.request, signal), context),
  );
}

/** The live shop; its control is kept for later effects. */
export function live(context: Of<'live'>): Promise<void> {
  const { effect, services, memory, signal, dispatch } = context;
  const control = new LiveControl();
  memory.live = control;
  return attempt(context, 'live-failed', async () => {
    for await (const event of services.live(effect.request, control, signal))
      dispatch({ type: 'live', event });
  });
}
