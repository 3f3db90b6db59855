// `load`: files generated earlier, into the index, and the checks.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { renderCommand } from '../command-line/render.ts';
import { MAPPING_MB, readTextFile } from '../core/files/text-file.ts';
import { unpackPresets } from '../core/run/packed-presets.ts';
import { resendRefused } from '../core/run/resend-refused.ts';
import { run } from '../core/run/run.ts';
import { readConnection } from '../options/connection.ts';
import { readDashboardsSignIn } from '../options/dashboards-sign-in.ts';
import { fixSettings } from '../options/resolve.ts';
import type { Settings } from '../options/settings.ts';
import type { Command, Context } from './context.ts';
import { metaIn } from './data-set.ts';
import { reportAll } from './report.ts';
import { runRequest } from './run-request.ts';
import { stateTarget, targetOf } from './target.ts';

/** Retries documents that the cluster rejected before. */
async function loadRefused(context: Context, file: string): Promise<number> {
  const { invocation, environment, directories, program, signal } = context;
  const { settings } = invocation;
  const request = {
    connection: await targetOf(context),
    index: settings.index,
    file,
    environment,
    directories,
    command: renderCommand(program, 'load', settings),
    random: Math.random,
  };
  return reportAll(resendRefused(request, signal), context.report);
}

export const loadCommand: Command = async (context) => {
  if (context.invocation.settings.refused) return loadRefused(context, context.invocation.settings.refused);
  const { invocation, environment, directories, program, version, signal } = context;
  const folder = invocation.settings.outputDir ?? './output';
  const meta = metaIn(folder);
  const dataFile = join(folder, 'all_data.ndjson');
  if (!existsSync(dataFile)) readTextFile(dataFile, MAPPING_MB);
  const settings = fixSettings({
    ...invocation.settings,
    ...(meta.parameters as Partial<Settings>),
    now: meta.now,
    outputDir: undefined,
  });
  const request = runRequest({
    settings,
    connection: readConnection(settings, environment),
    dashboardsSignIn: readDashboardsSignIn(settings, environment),
    presets: unpackPresets(meta.presets),
    directories,
    environment,
    program,
    version,
  });
  stateTarget(context, request);
  const { settings: given } = invocation;
  const command = renderCommand(program, 'load', { ...given, outputDir: folder });
  // Loading the same files again resumes such a load: documents that are there stay, and none is duplicated.
  const resumeCommand = (index: string) =>
    renderCommand(program, 'load', { ...given, index, outputDir: folder, onConflict: 'append' });
  return reportAll(run({ ...request, dataFile, command, resumeCommand }, signal), context.report);
};
