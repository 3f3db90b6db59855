// For a screen reader: what a key or an outcome changes is told at once, mere progress every few seconds.
import type { Session } from '../../wizard/session.ts';
import type { Wizard } from '../../wizard/state.ts';

/** How often progress alone is told. */
export const CALM_MS = 5000;

/** What is told at once when it changes. */
function essence({ step, answers, link, node, catalog, outlook, place, work, ...rest }: Wizard): unknown[] {
  return [
    ...[step, answers, link.state, node.state, catalog.state, outlook, place.state],
    ...[work?.status, work?.loaded, work?.done, work?.steering],
    ...[rest.notice, rest.interruptedMs, rest.leaving, rest.ended, rest.unfinished, rest.remains],
  ];
}

/** The session as a source that speaks less. */
export function calmSource({ subscribe, getSnapshot }: Session): Pick<Session, 'subscribe' | 'getSnapshot'> {
  let shown = getSnapshot();
  return {
    getSnapshot: () => shown,
    subscribe: (listener) => {
      let timer: NodeJS.Timeout | undefined;
      const tell = () => {
        clearTimeout(timer);
        timer = undefined;
        shown = getSnapshot();
        listener();
      };
      const stop = subscribe(() => {
        const before = essence(shown);
        const urgent = essence(getSnapshot()).some((part, place) => part !== before[place]);
        if (urgent) tell();
        else timer ??= setTimeout(tell, CALM_MS);
      });
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}
