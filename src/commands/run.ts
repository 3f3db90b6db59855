// `run`: the whole job without a question.
import { connectionOf } from '../connection.ts';
import { run } from '../core/run.ts';
import { listRuns, type RunRecord } from '../core/run-store.ts';
import { AppError } from '../errors.ts';
import { defaultSettings, type Settings } from '../options.ts';
import { runRequest } from '../requests.ts';
import { fixSettings, presetsOf } from '../resolve.ts';
import type { Command, Context } from './context.ts';

function unfinished({ directories }: Context, wanted: string | true): RunRecord {
  const open = listRuns(directories).filter(({ status }) => status === 'loading');
  const found = wanted === true ? open.at(-1) : open.find(({ id }) => id === wanted);
  if (!found) throw new AppError('run-unknown', { id: wanted === true ? '' : wanted });
  return found;
}

/** The settings of the unfinished run; what it created is gone on with, since ids repeat and nothing is doubled. */
function resumed(context: Context, record: RunRecord): Settings {
  const { settings } = context.invocation;
  const remembered = record.settings as Partial<Settings>;
  const { json, yes, plain, color, logFile } = settings;
  const url = context.invocation.given.has('url') ? settings.url : record.url;
  return {
    ...defaultSettings(),
    ...remembered,
    json,
    yes,
    plain,
    color,
    logFile,
    url,
    index: record.index,
    onConflict: 'append',
    resume: undefined,
  };
}

export const runCommand: Command = async (context) => {
  const { invocation, environment, directories, program, version, signal } = context;
  const record = invocation.settings.resume ? unfinished(context, invocation.settings.resume) : undefined;
  const settings = fixSettings(record ? resumed(context, record) : invocation.settings);
  const request = runRequest({
    settings,
    connection: connectionOf(settings, environment),
    presets: record ? record.presets : presetsOf(settings),
    directories,
    environment,
    program,
    version,
    ...(record ? { id: record.id } : {}),
  });
  let exit = 1;
  for await (const event of run(request, signal)) {
    context.report(event);
    if (event.type === 'done') exit = event.exit;
  }
  return exit;
};
