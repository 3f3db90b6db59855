// What stays on the normal screen when the wizard is left.

import { CONTAINER } from '../../core/local-node/release.ts';
import { grouped } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import { linksOf } from '../../wizard/dashboards.ts';
import type { WizardState } from '../../wizard/state.ts';
import { checks, documents } from './format.ts';
import { BARE, type LinkText } from './hyperlink.ts';
import { liveSummary } from './live-events.ts';
import { nextHead } from './next-text.ts';
import { sceneSummary } from './scene-table.ts';
import { scenesOf } from './scenes.ts';

function checkLine(state: WizardState): string {
  const results = state.run?.done?.checks ?? [];
  const failed = results.filter(({ ok }) => !ok).map(({ id }) => id);
  if (results.length === 0) return '';
  return failed.length === 0
    ? `All ${checks(results.length)} passed`
    : `${failed.length} of ${checks(results.length)} failed: ${failed.join(', ')}`;
}

/** What can be done; an advice whose value is not known is left out. */
export function adviceOf(actions: readonly string[]): readonly string[] {
  return actions.map((action) => plainText(action).trim()).filter((action) => !action.endsWith(':'));
}

/** What goes on without the wizard, and how it is stopped. */
function stillRunning({ answers, nodeStopped, container }: WizardState, program: string): readonly string[] {
  const { local, url } = answers.settings;
  const node = nodeStopped
    ? `The local OpenSearch is stopped; start it with: ${program} node start`
    : `The local OpenSearch keeps running at ${url}; stop it with: ${program} node stop`;
  return [
    ...(local ? [node] : []),
    ...(container ? [`Dashboards keeps running in Docker; stop it with: docker stop ${CONTAINER}`] : []),
  ];
}

/** What was done, where it is, and how to do it again. @param link how links are written. */
export function summaryLines(state: WizardState, program: string, link: LinkText = BARE): readonly string[] {
  const { run, answers, live } = state;
  const local = stillRunning(state, program);
  if (live?.from === 'command') return [...liveSummary(live), ...local.map((line) => `  ${line}`)];
  if (!run || (!run.done && !run.progress)) {
    return ['Nothing was written', ...local.map((line) => `  ${line}`)];
  }
  const { done, kind, progress, removed } = run;
  if (removed !== undefined) {
    const again = done?.command ? [`  To repeat: ${done.command}`] : [];
    return [nextHead(state), ...again, ...local.map((line) => `  ${line}`)];
  }
  const index = done?.index || run.index?.name || answers.settings.index;
  const url = done?.url || answers.settings.url;
  const loaded = done?.documents.found || done?.documents.acknowledged || progress?.acknowledged || 0;
  const head = done?.ok
    ? kind === 'run'
      ? 'Your demo is ready'
      : 'The checks finished'
    : plainText(done?.error?.message ?? 'Exited while loading');
  return [
    head,
    `  ${documents(loaded)} in ${index} at ${url}${done || !run.planned ? '' : `, of about ${grouped(run.planned)}`}`,
    ...[
      checkLine(state),
      ...(done?.ok ? [] : adviceOf(done?.error?.actions ?? [])),
      ...sceneSummary(scenesOf(state), linksOf(state), link),
      done?.guide ? `Investigation guide: ${done.guide}` : '',
      done?.command ? `To repeat: ${done.command}` : '',
      ...local,
    ]
      .filter((line) => line !== '')
      .map((line) => `  ${line}`),
    ...(live ? liveSummary(live) : []),
  ];
}
