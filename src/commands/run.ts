// `run`: the whole job without a question.

import { dryRun } from '../core/run/dry-run.ts';
import { run } from '../core/run/run.ts';
import { readConnection } from '../options/connection.ts';
import { readDashboardsSignIn } from '../options/dashboards-sign-in.ts';
import { environmentAt } from '../options/one-address.ts';
import { fixSettings, presetsOf } from '../options/resolve.ts';
import { findUnfinished, resumedSettings } from '../options/unfinished-runs.ts';
import type { Command } from './context.ts';
import { reportAll } from './report.ts';
import { runRequest } from './run-request.ts';
import { assertMeant, stateTarget } from './target.ts';

export const runCommand: Command = async (context) => {
  const { invocation, environment, directories, program, version, signal } = context;
  const { settings: present, flagged } = invocation;
  const record = present.resume ? findUnfinished(directories, present.resume) : undefined;
  const settings = fixSettings(record ? resumedSettings(record, present, flagged) : present);
  const resumesThere = record && !flagged.has('url');
  const known = resumesThere ? environmentAt(settings.url, environment) : environment;
  const request = runRequest({
    settings,
    connection: readConnection(settings, known),
    dashboardsSignIn: readDashboardsSignIn(settings, environment),
    presets: record ? record.presets : presetsOf(settings),
    directories,
    environment,
    program,
    version,
    ...(record ? { id: record.id } : {}),
  });
  assertMeant(context, 'run');
  stateTarget(context, request);
  return reportAll((settings.dryRun ? dryRun : run)(request, signal), context.report);
};
