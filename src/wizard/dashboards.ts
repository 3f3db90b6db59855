// After the checks: OpenSearch Dashboards is looked for, gets its objects when asked, and its links are opened.
import type { DashboardLink } from '../core/events.ts';
import type { AppError } from '../errors/app-error.ts';
import type { WizardState } from './state.ts';
import { wizardConnection } from './state.ts';
import { next, type Transition } from './transition.ts';

/** Links to the dashboards of this run; none until they are installed, or once the index is gone. */
export function linksOf({ run }: WizardState): readonly DashboardLink[] {
  return run?.removed === undefined ? (run?.done?.links ?? []) : [];
}

/** The link to show first: the latest incident of a preset, else all of the data. */
export function firstLink(state: WizardState): DashboardLink | undefined {
  const links = linksOf(state);
  return links.findLast(({ preset }) => preset !== undefined) ?? links[0];
}

/** After the last event of a run: without dashboards yet, looks for one that could show it. */
export function lookForDashboards(state: WizardState): Transition {
  const { run, answers } = state;
  const { done } = run ?? {};
  if (!done || done.links || done.checks.length === 0 || done.checks.some(({ ok }) => !ok))
    return next(state);
  const { dashboards: url } = answers.settings;
  if (url !== undefined) return next({ ...state, dashboards: { state: 'found', url } });
  return next(state, { type: 'find-dashboards', connection: wizardConnection(answers) });
}

/** It answers. */
export function dashboardsFound(state: WizardState, url: string): Transition {
  return next(linksOf(state).length > 0 ? state : { ...state, dashboards: { state: 'found', url } });
}

/** True when the dashboards can be installed: one answers, and the index is there. */
function installable({ dashboards, run }: WizardState): boolean {
  const found = dashboards.state === 'found' || dashboards.state === 'failed';
  return found && run?.status === 'ended' && run.removed === undefined && run.done !== undefined;
}

/** Installs the dashboards of the index. */
export function installDashboards(state: WizardState): Transition {
  const { dashboards, run, answers } = state;
  if (!installable(state) || !('url' in dashboards)) return next(state);
  const { url } = dashboards;
  const index = run?.done?.index || answers.settings.index;
  return next(
    { ...state, dashboards: { state: 'installing', url } },
    { type: 'install-dashboards', url, index, connection: wizardConnection(answers) },
  );
}

/** They are installed. */
export function dashboardsInstalled(state: WizardState, links: readonly DashboardLink[]): Transition {
  const { run } = state;
  if (!run?.done) return next(state);
  const { error, ...done } = run.done;
  // What the run could not do is done now.
  const kept = error?.code.startsWith('dashboards-') ? { ...done, ok: true, exit: 0 } : run.done;
  return next({
    ...state,
    dashboards: { state: 'unknown' },
    run: { ...run, done: { ...kept, links } },
    notice: 'The dashboards are installed',
  });
}

/** They could not be installed; nothing was stored. */
export function dashboardsFailed(state: WizardState, error: AppError): Transition {
  const { dashboards } = state;
  if (!('url' in dashboards)) return next(state);
  return next({
    ...state,
    dashboards: { state: 'failed', url: dashboards.url, error },
    notice: error.message,
  });
}

/** Opens a link in the browser of this machine. */
export function openLink(state: WizardState, url: string): Transition {
  return next({ ...state, notice: 'Opening the browser …' }, { type: 'open-link', url });
}
