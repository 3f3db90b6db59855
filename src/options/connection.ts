// How a cluster is reached. The password stays in memory.
import type { Connection } from '../core/cluster/types.ts';
import type { Environment } from '../core/directories.ts';
import { CA_MB, readSecret, readTextFile } from '../core/files/text-file.ts';
import type { Settings } from './settings.ts';
import { nodesOf } from './values.ts';

/** The connection that these settings describe. */
export function connectionOf(settings: Settings, password: string | undefined): Connection {
  return {
    ...nodesOf(settings.url),
    username: settings.username,
    password: password || undefined,
    caFile: settings.caFile,
    fingerprint: settings.fingerprint,
    insecure: settings.insecure,
    awsRegion: settings.awsRegion,
    awsService: settings.awsRegion ? (settings.awsService ?? 'es') : undefined,
  };
}

/** The password, from its file or the environment. Throws AppError `file-unreadable`. */
export function readPassword(settings: Settings, environment: Environment): string | undefined {
  const password = settings.passwordFile
    ? readSecret(settings.passwordFile, '--password-file')
    : environment['OPENSEARCH_PASSWORD'];
  return password || undefined;
}

/** The connection with its password. Throws AppError `file-unreadable` for the password or CA file. */
export function readConnection(settings: Settings, environment: Environment): Connection {
  const password = readPassword(settings, environment);
  if (settings.caFile) readTextFile(settings.caFile, CA_MB);
  return connectionOf(settings, password);
}
