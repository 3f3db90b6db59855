// `load`: files generated earlier, into the index, and the checks.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { renderCommand } from '../command-line/render.ts';
import type { RunMeta } from '../core/cluster/indexes/run-meta.ts';
import { MAPPING_MB, readTextFile } from '../core/files/text-file.ts';
import type { Preset } from '../core/plan/preset.ts';
import { planOf } from '../core/run/meta.ts';
import { resendRefused } from '../core/run/resend-refused.ts';
import { run } from '../core/run/run.ts';
import { AppError } from '../errors/app-error.ts';
import { readConnection } from '../options/connection.ts';
import { fixSettings } from '../options/resolve.ts';
import type { Settings } from '../options/settings.ts';
import type { Command, Context } from './context.ts';
import { reportAll } from './report.ts';
import { runRequest } from './run-request.ts';
import { targetOf } from './target.ts';

/** What the mapping file of a data set says about the run that made it. Throws AppError `data-file`. */
function metaIn(folder: string): RunMeta {
  const file = join(folder, 'mapping.json');
  let mapping: { mappings?: { _meta?: RunMeta } } | null;
  try {
    mapping = JSON.parse(readTextFile(file, MAPPING_MB));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('data-file', { file, line: 1, problem: 'this is not JSON' }, { cause: error });
  }
  const meta = mapping?.mappings?._meta;
  try {
    if (meta?.tool === 'incident-demo') {
      planOf('', meta);
      return meta;
    }
  } catch {
    // Reported below: it does not matter which part was changed.
  }
  throw new AppError('data-file', {
    file,
    line: 1,
    problem: 'mappings._meta does not say which run made the data',
  });
}

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
    presets: meta.presets as readonly Preset[],
    directories,
    environment,
    program,
    version,
  });
  const { settings: given } = invocation;
  const command = renderCommand(program, 'load', { ...given, outputDir: folder });
  // Loading the same files again resumes such a load: documents that are there stay, and none is duplicated.
  const resumeCommand = (index: string) =>
    renderCommand(program, 'load', { ...given, index, outputDir: folder, onConflict: 'append' });
  return reportAll(run({ ...request, dataFile, command, resumeCommand }, signal), context.report);
};
