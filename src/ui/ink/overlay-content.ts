// What the overlays show.

import { plannedOf } from '../../wizard/state.ts';
import { indexDetails } from '../text/index-text.ts';
import { errorLines } from '../text/load-text.ts';
import { plainText } from '../text/plain-text.ts';
import { currentProblem } from '../text/problem.ts';
import { startDetails } from '../text/start-text.ts';
import { helpRows } from './keys/help-rows.ts';
import { focusedAdvice, focusedQuery } from './keys/work-keys.ts';
import type { Ui } from './ui.ts';
import type { OverlayKind } from './view.ts';

export interface OverlayContent {
  readonly title: string;
  readonly lines: readonly string[];
  /** What `c` copies; empty when nothing. */
  readonly copy: string;
}

/** Of the problem in view, of an index that exists, or of the run that did not end. */
function detailsOf({ session }: Ui): readonly string[] {
  const state = session.getSnapshot();
  const problem = currentProblem(state);
  if (problem) return problem.details;
  const { place, step } = state;
  if (step.name === 'review' && place.state === 'taken') return indexDetails(place.index, plannedOf(state));
  return startDetails(state, session.services.program);
}

/** Title and lines of an overlay, as things are now. */
export function overlayContent(ui: Ui, kind: OverlayKind): OverlayContent {
  const state = ui.session.getSnapshot();
  switch (kind) {
    case 'help':
      return { title: 'Keys of this screen', lines: helpRows(ui), copy: '' };
    case 'details': {
      const lines = detailsOf(ui);
      return { title: 'Details', lines, copy: lines.join('\n') };
    }
    case 'log': {
      const lines = (state.work?.log ?? []).map(plainText);
      return { title: 'Log of this run', lines, copy: lines.join('\n') };
    }
    case 'errors': {
      const lines = state.work ? errorLines(state.work) : [];
      return { title: 'Errors of this run', lines, copy: lines.join('\n') };
    }
    case 'advice': {
      const advice = focusedAdvice(ui);
      return { title: advice?.title ?? '', lines: advice?.lines ?? [], copy: advice?.copy ?? '' };
    }
    case 'query': {
      const { lines, curl } = focusedQuery(ui);
      return { title: 'The query, for Dev Tools', lines, copy: curl };
    }
  }
}
