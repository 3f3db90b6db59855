// OpenSearch Dashboards: looked for, started, given its objects, and opened at its links.
import type { DashboardLink } from '../core/events.ts';
import { type AppError, asAppError } from '../errors/app-error.ts';
import { parseDashboardsUrl } from '../options/values.ts';
import { wizardConnection } from './answers.ts';
import type { Effect } from './events.ts';
import type { WizardState } from './state.ts';
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
  return next(state, findEffect(state, answers.settings.local));
}

const findEffect = ({ answers }: WizardState, docker: boolean): Effect => ({
  ...{ type: 'find-dashboards', connection: wizardConnection(answers), docker },
});

/** Before a load: looks for a Dashboards that the run could install the dashboards in. */
export function offerDashboards(state: WizardState): readonly Effect[] {
  const given = state.answers.settings.dashboards !== undefined;
  return given || state.offered !== undefined || state.run ? [] : [findEffect(state, false)];
}

/** Whether the run installs the dashboards there; once something is loaded the last screen does. */
export function wantDashboards(state: WizardState, on: boolean): Transition {
  const { step, run, answers, offered } = state;
  const { dashboards } = answers.settings;
  // An address that was given is not changed by a key.
  const given = dashboards !== undefined && dashboards !== offered;
  if (step.name !== 'review' || step.view !== 'summary' || run?.loaded || offered === undefined || given)
    return next(state);
  const settings = { ...answers.settings, dashboards: on ? offered : undefined };
  return next({ ...state, answers: { ...answers, settings } });
}

/** It answers. */
export function dashboardsFound(state: WizardState, url: string): Transition {
  if (state.run?.status !== 'ended') return next({ ...state, offered: url });
  return next(
    linksOf(state).length > 0 ? state : { ...state, offered: url, dashboards: { state: 'found', url } },
  );
}

/** None answers. */
export function dashboardsAbsent(state: WizardState, docker: boolean): Transition {
  if (state.run?.status !== 'ended' || state.dashboards.state !== 'unknown') return next(state);
  return next(linksOf(state).length > 0 ? state : { ...state, dashboards: { state: 'absent', docker } });
}

/** Starts one for the local node; the image may have to be downloaded first. */
export function startDashboards(state: WizardState, nowMs: number): Transition {
  const { dashboards, answers, run, nodeStopped } = state;
  const may = dashboards.state === 'absent' && dashboards.docker && answers.settings.local && !nodeStopped;
  if (!may || run?.removed !== undefined) return next(state);
  return next(
    { ...state, dashboards: { state: 'starting', sinceMs: nowMs } },
    { type: 'start-dashboards', nodeUrl: answers.settings.url },
  );
}

/** It was started and answers: it gets its objects at once. */
export function dashboardsStarted(state: WizardState, url: string): Transition {
  if (state.dashboards.state !== 'starting') return next({ ...state, container: true });
  return installDashboards({ ...state, container: true, dashboards: { state: 'found', url } });
}

/** Docker did not start it. */
export function dashboardsNotStarted(state: WizardState, error: AppError): Transition {
  if (state.dashboards.state !== 'starting') return next(state);
  return next({ ...state, dashboards: { state: 'absent', docker: true, error }, notice: error.message });
}

/** Opens the line in which an address is typed. */
export function askDashboards(state: WizardState): Transition {
  const { step, run } = state;
  if (step.name !== 'next' || step.view !== 'advice' || run?.removed !== undefined) return next(state);
  return next({ ...state, step: { name: 'next', view: 'address' } });
}

/** Installs the dashboards at an address that was typed; one that cannot be read is typed again. */
export function dashboardsAddress(state: WizardState, text: string): Transition {
  const { step, answers } = state;
  if (step.name !== 'next' || step.view !== 'address') return next(state);
  try {
    const url = parseDashboardsUrl(text.trim());
    const settings = { ...answers.settings, dashboards: url };
    const found: WizardState = {
      ...state,
      answers: { ...answers, settings },
      step: { name: 'next', view: 'advice' },
      dashboards: { state: 'found', url },
    };
    return installDashboards(found);
  } catch (error) {
    return next({ ...state, step: { ...step, wrong: asAppError(error).message } });
  }
}

/** True when the dashboards can be installed: one answers, and the index is there. */
function installable({ dashboards, run, nodeStopped }: WizardState): boolean {
  const found = dashboards.state === 'found' || dashboards.state === 'failed';
  return (
    found && !nodeStopped && run?.status === 'ended' && run.removed === undefined && run.done !== undefined
  );
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
