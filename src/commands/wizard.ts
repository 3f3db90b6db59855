// The wizard: full screen on a terminal, plain prompts on request, an error where no one can answer.
import { randomInt } from 'node:crypto';
import { AppError, usage } from '../errors/app-error.ts';
import { readConnection, readSecrets, type Secrets } from '../options/connection.ts';
import { readDashboardsSignIn } from '../options/dashboards-sign-in.ts';
import { environmentAt } from '../options/one-address.ts';
import { fixSettings, presetsOf } from '../options/resolve.ts';
import { readSavedSettings, withSavedSettings } from '../options/saved-settings.ts';
import type { Settings } from '../options/settings.ts';
import { findUnfinished, resumedSettings, unfinishedRuns } from '../options/unfinished-runs.ts';
import type { OpenRun } from '../wizard/services.ts';
import { createSession } from '../wizard/session.ts';
import type { Command, Context } from './context.ts';
import { showOn } from './fronts.ts';
import { realServices } from './wizard-services.ts';

/** The stream the wizard is drawn on: standard error when only standard output is piped. */
function screenOf({ invocation, program }: Context): NodeJS.WriteStream {
  const { settings } = invocation;
  const needed = (['yes', 'json', 'quiet', 'verbose'] as const).find((key) => settings[key]);
  if (needed) throw usage(`--${needed} needs a command, such as ${program} run --local --${needed}`);
  const example = `${program} run --local --yes`;
  const screen = [process.stdout, process.stderr].find(({ isTTY }) => isTTY);
  if (!process.stdin.isTTY || !screen) throw new AppError('answer-missing', { what: 'a command', example });
  return screen;
}

/** Unfinished runs with what they need to resume; with --resume ID only that one. */
function openRuns({ invocation, environment, directories }: Context): readonly OpenRun[] {
  const { resume } = invocation.settings;
  const records = resume ? [findUnfinished(directories, resume)] : unfinishedRuns(directories);
  return records.map((record) => {
    // Without --resume, flags are meant for a new run.
    const flagged = resume ? invocation.flagged : undefined;
    const settings = fixSettings(resumedSettings(record, invocation.settings, flagged));
    const { id, startedAt, presets } = record;
    const known = flagged?.has('url') ? environment : environmentAt(settings.url, environment);
    return { id, startedAt, settings, presets, ...secretsOf(settings, known) };
  });
}

/** The password file may be gone by now; then the wizard prompts for the password. */
function secretsOf(settings: Settings, environment: Context['environment']): Secrets {
  try {
    return readSecrets(settings, environment);
  } catch {
    return { password: environment['OPENSEARCH_PASSWORD'] || undefined };
  }
}

export const wizardCommand: Command = async (context) => {
  const { invocation, environment, directories, program, version } = context;
  const screen = screenOf(context);
  const memory = readSavedSettings(directories);
  const { given } = invocation;
  // A user name of the last time is no second kind of credentials.
  const otherwise = given.has('tokenFile') || given.has('awsRegion') || environment['OPENSEARCH_TOKEN'];
  const known = otherwise ? new Set([...given, 'username' as const]) : given;
  const settings = withSavedSettings(invocation.settings, known, memory);
  readConnection(settings, environment);
  // A preset that cannot be used ends here, with its reason; how many days it needs is shown in the wizard.
  presetsOf({ ...settings, days: Number.POSITIVE_INFINITY });
  const presetFiles = settings.presets.filter((name) => name.endsWith('.json') || name.includes('/'));
  const session = createSession({
    services: realServices({
      ...{ program, version, environment, directories, presetFiles },
      oneOff: { settings: invocation.settings, given: invocation.flagged },
      ...{ signIn: readDashboardsSignIn(settings, environment), log: context.log },
    }),
    settings: { ...settings, seed: settings.seed ?? randomInt(0, 4294967296) },
    ...readSecrets(settings, environment),
    random: Math.random(),
    unfinished: openRuns(context),
    speeds: memory.speeds,
    remembered: JSON.stringify(settings) !== JSON.stringify(invocation.settings),
  });
  return showOn(session, screen, { ...context, invocation: { ...invocation, settings } });
};
