// Settings and environment become a connection; the password stays in memory.
import { readFileSync } from 'node:fs';
import type { Connection, Environment } from './core/cluster/types.ts';
import { reasonOf } from './core/output/file-reason.ts';
import { AppError } from './errors.ts';
import { nodesOf } from './option-values.ts';
import type { Settings } from './settings.ts';

function passwordFrom(file: string): string {
  const text = readText(file);
  return text.split(/\r?\n/, 1)[0] ?? '';
}

/** The text of a file. Throws AppError `file-unreadable`. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('file-unreadable', { file, reason: reasonOf(error) }, { cause: error });
  }
}

/** How to reach the cluster. Throws AppError `file-unreadable` for the password or CA file. */
export function connectionOf(settings: Settings, environment: Environment): Connection {
  const password = settings.passwordFile
    ? passwordFrom(settings.passwordFile)
    : environment['OPENSEARCH_PASSWORD'];
  if (settings.caFile) readText(settings.caFile);
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
