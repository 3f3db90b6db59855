// `run`: the whole job without a question.
import { connectionOf } from '../connection.ts';
import { run } from '../core/run.ts';
import type { RunRecord } from '../core/run-store.ts';
import { runRequest } from '../requests.ts';
import { fixSettings, presetsOf } from '../resolve.ts';
import { findUnfinished, resumedSettings } from '../resume.ts';
import type { Settings } from '../settings.ts';
import type { Command, Context } from './context.ts';

/** An address given now goes before the one the run was loading into. */
function resumed({ invocation }: Context, record: RunRecord): Settings {
  const settings = resumedSettings(record, invocation.settings);
  return invocation.given.has('url') ? { ...settings, url: invocation.settings.url } : settings;
}

export const runCommand: Command = async (context) => {
  const { invocation, environment, directories, program, version, signal } = context;
  const record = invocation.settings.resume
    ? findUnfinished(directories, invocation.settings.resume)
    : undefined;
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
