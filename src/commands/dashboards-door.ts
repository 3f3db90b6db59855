// How a command signs in to Dashboards: as to the cluster, or with credentials of its own, for which it may prompt.
import type { Connection } from '../core/cluster/types.ts';
import { type DashboardsDoor, dashboardsAddress } from '../core/dashboards/server.ts';
import { readDashboardsSignIn } from '../options/dashboards-sign-in.ts';
import type { Context } from './context.ts';
import { promptedPassword } from './prompt-password.ts';

const dashboardsMessage = (username: string) => `Dashboards password of ${username}`;

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
      ? { ...given, password: await promptedPassword({ message: dashboardsMessage(given.username), signal }) }
      : given;
  const named = settings.dashboards === undefined ? undefined : dashboardsAddress(settings.dashboards).origin;
  return (base) => ({
    connection,
    environment,
    signIn: named === undefined || dashboardsAddress(base).origin === named ? signIn : undefined,
  });
}
