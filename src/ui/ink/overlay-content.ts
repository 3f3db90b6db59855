// What the overlays show.

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

/** Title and lines of an overlay, as things are now. */
export function overlayContent(ui: Ui, kind: OverlayKind): OverlayContent {
  const state = ui.session.getSnapshot();
  switch (kind) {
    case 'help':
      return { title: 'Keys of this screen', lines: helpRows(ui), copy: '' };
    case 'details': {
      const lines = currentProblem(state)?.details ?? startDetails(state, ui.session.services.program);
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
