// Waiting for the session, with a word on the way.
import type { Session } from '../../wizard/session.ts';
import type { WizardState } from '../../wizard/state.ts';

/** The first state, now or later, that this is true of; `each` sees every state until then, the first one too. */
export function settled(
  session: Session,
  ready: (state: WizardState) => boolean,
  each: (state: WizardState) => void = () => {},
): Promise<WizardState> {
  return new Promise((resolve) => {
    let done = false;
    const look = () => {
      const state = session.getSnapshot();
      if (done) return;
      each(state);
      if (!ready(state) && !state.ended) return;
      done = true;
      stop();
      resolve(state);
    };
    const stop = session.subscribe(look);
    look();
  });
}
