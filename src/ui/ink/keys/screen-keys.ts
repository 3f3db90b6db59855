// The keys of the step in view, without overlays and without those that work everywhere.
import { currentProblem } from '../../text/problem.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { checkKeys } from './check-keys.ts';
import { connectKeys, nodeKeys } from './connect-keys.ts';
import { liveKeys } from './live-keys.ts';
import { loadKeys } from './load-keys.ts';
import { nextKeys } from './next-keys.ts';
import { problemKeys } from './problem-keys.ts';
import { reviewKeys } from './review-keys.ts';
import { scenarioKeys } from './scenario-keys.ts';
import { startKeys } from './start-keys.ts';
import { tuneKeys } from './tune-keys.ts';

/** The bindings of the step as it is now. */
export function screenKeys(ui: UiContext): readonly Binding[] {
  const state = ui.session.getSnapshot();
  const problem = currentProblem(state);
  if (problem) return problemKeys(ui, problem);
  switch (state.step.name) {
    case 'start':
      return startKeys(ui);
    case 'connect':
      return state.node.state === 'starting' ? nodeKeys(ui) : connectKeys(ui);
    case 'scenario':
      return scenarioKeys(ui);
    case 'tune':
      return tuneKeys(ui);
    case 'review':
      return reviewKeys(ui);
    case 'load':
      return loadKeys(ui);
    case 'check':
      return checkKeys(ui);
    case 'next':
      return nextKeys(ui);
    case 'live':
      return liveKeys(ui);
  }
}
