// How a command signs in to Dashboards: as to the cluster, or with credentials of its own, for which it may prompt.
import type { Connection } from '../core/cluster/types.ts';
import { type DashboardsDoor, dashboardsAddress } from '../core/dashboards/server.ts';
import { stoppedBy } from '../core/run/finish.ts';
import { readDashboardsSignIn } from '../options/dashboards-sign-in.ts';
import type { Context } from './context.ts';

async function promptedPassword(username: string, signal: AbortSignal): Promise<string> {
  const { password } = await import('@inquirer/prompts');
  try {
    return await password({ message: `Dashboards password of ${username}`, mask: '*' }, { signal });
  } catch (error) {
    const left = error instanceof Error && error.name === 'ExitPromptError';
    if (!left && !signal.aborted) throw error;
    throw stoppedBy(signal, 'nothing was changed');
  }
}

/** A door for each place: credentials for Dashboards alone go only to the host that `--dashboards` names. */
export type DoorTo = (base: string) => DashboardsDoor;

/**
 * Reads the credentials for Dashboards; prompts for the password of a user name that has none, where someone can answer.
 * Throws AppError `file-unreadable`.
 */
export async function doorOf(
  { invocation, environment, signal }: Context,
  connection: Connection,
): Promise<DoorTo> {
  const { settings } = invocation;
  const given = readDashboardsSignIn(settings, environment);
  const asks = process.stdin.isTTY && !settings.yes && !settings.json;
  const signIn =
    given?.username && given.password === undefined && asks
      ? { ...given, password: await promptedPassword(given.username, signal) }
      : given;
  const named = settings.dashboards === undefined ? undefined : dashboardsAddress(settings.dashboards).origin;
  return (base) => ({
    connection,
    environment,
    signIn: named === undefined || dashboardsAddress(base).origin === named ? signIn : undefined,
  });
}
