// `run`: the whole job without a question.

import { dryRun } from '../core/run/dry-run.ts';
import { run } from '../core/run/run.ts';
import { AppError } from '../errors/app-error.ts';
import { readConnection } from '../options/connection.ts';
import { readDashboardsSignIn } from '../options/dashboards-sign-in.ts';
import { fixSettings, presetsOf } from '../options/resolve.ts';
import { findUnfinished, resumedSettings } from '../options/unfinished-runs.ts';
import type { Command, Context } from './context.ts';
import { reportAll } from './report.ts';
import { runRequest } from './run-request.ts';
import { stateTarget } from './target.ts';

/**
 * A script that forgets its address would load into whatever listens on the default one. Throws AppError
 * `answer-missing` without a terminal, unless an address or --yes is given.
 */
function assertMeant({ invocation: { settings, given }, program }: Context): void {
  const { yes, local, dryRun: dry, resume } = settings;
  if (process.stdin.isTTY || yes || local || dry || resume || given.has('url')) return;
  throw new AppError('answer-missing', {
    what: 'an address (--url, OPENSEARCH_URL or --local) or --yes',
    example: `${program} run --url ${settings.url}`,
  });
}

export const runCommand: Command = async (context) => {
  const { invocation, environment, directories, program, version, signal } = context;
  const { settings: present, flagged } = invocation;
  const record = present.resume ? findUnfinished(directories, present.resume) : undefined;
  const settings = fixSettings(record ? resumedSettings(record, present, flagged) : present);
  const request = runRequest({
    settings,
    connection: readConnection(settings, environment),
    dashboardsSignIn: readDashboardsSignIn(settings, environment),
    presets: record ? record.presets : presetsOf(settings),
    directories,
    environment,
    program,
    version,
    ...(record ? { id: record.id } : {}),
  });
  assertMeant(context);
  stateTarget(context, request);
  return reportAll((settings.dryRun ? dryRun : run)(request, signal), context.report);
};
