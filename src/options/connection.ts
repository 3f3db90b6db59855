// Settings and environment become a connection; the password stays in memory.
import type { Connection } from '../core/cluster/types.ts';
import type { Environment } from '../core/directories.ts';
import { CA_MB, readFirstLine, readTextFile } from '../core/files/text-file.ts';
import type { Settings } from './settings.ts';
import { nodesOf } from './values.ts';

/** How to reach the cluster. Throws AppError `file-unreadable` for the password or CA file. */
export function connectionOf(settings: Settings, environment: Environment): Connection {
  const password = settings.passwordFile
    ? readFirstLine(settings.passwordFile)
    : environment['OPENSEARCH_PASSWORD'];
  if (settings.caFile) readTextFile(settings.caFile, CA_MB);
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
