// For a screen reader: what a key or an outcome changes is told at once, mere progress every few seconds.
import type { Session } from '../../wizard/session.ts';
import type { WizardState } from '../../wizard/state.ts';

/** How often progress alone is told. */
export const PROGRESS_MS = 5000;

/** What is told at once when it changes. */
function announcedParts({
  step,
  answers,
  connection,
  node,
  catalog,
  forecast,
  indexStatus,
  run,
  ...rest
}: WizardState): unknown[] {
  return [
    ...[step, answers, connection.state, node.state, catalog.state, forecast, indexStatus.state],
    ...[run?.status, run?.loaded, run?.done, run?.limits],
    ...[rest.notice, rest.interruptedMs, rest.leaving, rest.ended, rest.unfinished, rest.leftovers],
  ];
}

/** The session as a source that speaks less. */
export function throttledSource({
  subscribe,
  getSnapshot,
}: Session): Pick<Session, 'subscribe' | 'getSnapshot'> {
  let screen = getSnapshot();
  return {
    getSnapshot: () => screen,
    subscribe: (listener) => {
      let timer: NodeJS.Timeout | undefined;
      const tell = () => {
        clearTimeout(timer);
        timer = undefined;
        screen = getSnapshot();
        listener();
      };
      const stop = subscribe(() => {
        const before = announcedParts(screen);
        const urgent = announcedParts(getSnapshot()).some((part, place) => part !== before[place]);
        if (urgent) tell();
        else timer ??= setTimeout(tell, PROGRESS_MS);
      });
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}
