// Credentials for Dashboards alone. The password stays in memory.
import type { SignIn } from '../core/dashboards/server.ts';
import type { Environment } from '../core/directories.ts';
import { readSecret } from '../core/files/text-file.ts';
import type { Settings } from './settings.ts';

type SignInSettings = Pick<Settings, 'dashboardsUsername' | 'dashboardsPasswordFile'>;

/** The credentials that are given for Dashboards; undefined where it takes those of the cluster. Throws AppError `file-unreadable`. */
export function readDashboardsSignIn(
  { dashboardsUsername: username, dashboardsPasswordFile: file }: SignInSettings,
  environment: Environment,
): SignIn | undefined {
  const password = file
    ? readSecret(file, '--dashboards-password-file')
    : environment['OPENSEARCH_DASHBOARDS_PASSWORD'];
  return username || password
    ? { username: username || undefined, password: password || undefined }
    : undefined;
}
