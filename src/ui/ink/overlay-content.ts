// What the overlays show.

import { plainText } from '../../text/plain-text.ts';
import { plannedOf } from '../../wizard/state.ts';
import { logLines, notesOf } from '../text/live-text.ts';
import { loadErrorLines } from '../text/load-text.ts';
import { dockerPage, patternPage, removePage, scenePage } from '../text/next-text.ts';
import { currentProblem } from '../text/problem.ts';
import { indexDetails } from '../text/review-index-text.ts';
import { storyLines } from '../text/scenario-text.ts';
import { startDetails } from '../text/start-text.ts';
import { focusedQuery } from './keys/check-keys.ts';
import { helpRows } from './keys/help-rows.ts';
import { focusedScene } from './keys/next-keys.ts';
import { focusedPreset } from './keys/scenario-keys.ts';
import type { UiContext } from './ui-context.ts';
import type { OverlayKind } from './ui-state.ts';

export interface OverlayContent {
  readonly title: string;
  readonly lines: readonly string[];
  /** What `c` copies; empty when nothing. */
  readonly copy: string;
}

/** Of the problem in view, of an index that exists, or of the run that did not end. */
function detailsOf({ session }: UiContext): readonly string[] {
  const state = session.getSnapshot();
  const problem = currentProblem(state);
  if (problem) return problem.details;
  const { indexStatus, step } = state;
  if (step.name === 'review' && indexStatus.state === 'taken')
    return indexDetails(indexStatus.index, plannedOf(state));
  return startDetails(state, session.services.program);
}

/** Title and lines of an overlay, as things are now. */
export function overlayContent(ui: UiContext, kind: OverlayKind): OverlayContent {
  const state = ui.session.getSnapshot();
  switch (kind) {
    case 'help':
      return { title: 'Keys on this screen', lines: helpRows(ui), copy: '' };
    case 'details': {
      const known = detailsOf(ui);
      // The problem may be over while it is read.
      const lines = known.length > 0 ? known : ['Nothing to show: this no longer applies.'];
      return { title: 'Details', lines, copy: lines.join('\n') };
    }
    case 'log': {
      const lines = (state.run?.log ?? []).map(plainText);
      const screen = lines.length > 0 ? lines : ['Nothing logged yet.'];
      return { title: 'Run log', lines: screen, copy: lines.join('\n') };
    }
    case 'errors': {
      const lines = state.run ? loadErrorLines(state.run) : [];
      return { title: 'Run errors', lines, copy: lines.join('\n') };
    }
    case 'scene': {
      const scene = focusedScene(ui);
      return scene ? scenePage(scene) : { title: '', lines: [], copy: '' };
    }
    case 'copied': {
      const { copied } = ui.store.get();
      const lines = ['If your terminal does not take it, mark it here:', '', ...copied.split('\n')];
      return { title: 'Copied to the clipboard', lines, copy: '' };
    }
    case 'docker':
      return dockerPage(state, ui.session.services.dashboardsDocker(state.answers.settings.url));
    case 'pattern':
      return patternPage(state);
    case 'delete':
      return removePage(state, ui.session.services.program);
    case 'guide': {
      const { guide: path = '' } = state.run?.done ?? {};
      return { title: `Investigation guide (${path})`, lines: state.guide ?? ['Reading …'], copy: path };
    }
    case 'notes': {
      const { title, lines } = state.live ? notesOf(state.live) : { title: '', lines: [] };
      return { title: `Notes: ${title}`, lines, copy: lines.join('\n') };
    }
    case 'live-log': {
      const lines = state.live ? logLines(state.live) : [];
      return {
        title: 'Log',
        lines: lines.length > 0 ? lines : ['Nothing logged yet.'],
        copy: lines.join('\n'),
      };
    }
    case 'story': {
      const preset = focusedPreset(ui);
      const lines = preset ? storyLines(preset) : [];
      return { title: plainText(preset?.title ?? ''), lines, copy: lines.join('\n') };
    }
    case 'query': {
      const { lines, curl } = focusedQuery(ui);
      return { title: 'Query for Dev Tools', lines, copy: curl };
    }
  }
}
