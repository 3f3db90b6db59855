// For a screen reader: what a key or an outcome changes is announced at once, progress alone every few seconds.
import type { Session } from '../../wizard/session.ts';
import type { WizardState } from '../../wizard/state.ts';

/** How often progress alone is announced, ms. */
export const PROGRESS_MS = 5000;

/** The same of a live shop, which may go on for hours. */
const LIVE_MS = 60_000;

/** What is announced as soon as it changes. */
function announcedParts(wizard: WizardState) {
  const { connection, node, catalog, indexStatus, dashboards, run, live, ...state } = wizard;
  return {
    step: state.step,
    answers: state.answers,
    connection: connection.state,
    node: node.state,
    catalog: catalog.state,
    forecast: state.forecast,
    indexStatus: indexStatus.state,
    dashboards: dashboards.state,
    offered: state.offered,
    guide: state.guide,
    runStatus: run?.status,
    loaded: run?.loaded,
    done: run?.done,
    limits: run?.limits,
    live: live?.status,
    liveBegun: live?.tick !== undefined,
    liveIncidents: live?.incidents,
    liveChoice: live?.choice,
    notice: state.notice,
    interruptedMs: state.interruptedMs,
    leaving: state.leaving,
    ended: state.ended,
    unfinished: state.unfinished,
    leftovers: state.leftovers,
  };
}

function differs(before: WizardState, after: WizardState): boolean {
  const old = announcedParts(before);
  return Object.entries(announcedParts(after)).some(([name, part]) => part !== old[name as keyof typeof old]);
}

/** The session as a source that reports progress less often. */
export function throttledSource({
  subscribe,
  getSnapshot,
}: Session): Pick<Session, 'subscribe' | 'getSnapshot'> {
  let announced = getSnapshot();
  return {
    getSnapshot: () => announced,
    subscribe: (listener) => {
      let timer: NodeJS.Timeout | undefined;
      const announce = () => {
        clearTimeout(timer);
        timer = undefined;
        announced = getSnapshot();
        listener();
      };
      const stop = subscribe(() => {
        if (differs(announced, getSnapshot())) announce();
        else timer ??= setTimeout(announce, getSnapshot().step.name === 'live' ? LIVE_MS : PROGRESS_MS);
      });
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}
