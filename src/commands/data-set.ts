// The data set in a folder: what its mapping file says about the run that made it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunMeta } from '../core/cluster/indexes/run-meta.ts';
import { MAPPING_MB, readTextFile } from '../core/files/text-file.ts';
import { wholePlan } from '../core/run/meta.ts';
import { AppError } from '../errors/app-error.ts';

/** What the mapping file of a data set says about the run that made it. Throws AppError `data-file` or `file-unreadable`. */
export function metaIn(folder: string): RunMeta {
  const file = join(folder, 'mapping.json');
  if (!existsSync(file))
    throw new AppError('file-unreadable', { file, folder, reason: 'it does not exist', noData: true });
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
      wholePlan('', meta);
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
