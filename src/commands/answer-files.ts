// The answer key that `score` and `export` read, and what lies beside it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTextFile } from '../core/files/text-file.ts';
import type { AnswerEntry } from '../core/ground-truth/answer-key.ts';
import { type KeySummary, readAnswerKey, readKeySummary } from '../core/ground-truth/read-answer-key.ts';
import { AppError } from '../errors/app-error.ts';
import type { Settings } from '../options/settings.ts';

/** Largest answer key, MB: 90 days with eight incidents a day have one of 1 MB. */
const KEY_MB = 50;
const DEFAULT_FOLDER = './output';

export interface AnswerFiles {
  readonly key: readonly AnswerEntry[];
  /** The folder that holds the key. */
  readonly folder: string;
  /** What summary.json beside the key says; undefined when there is none. */
  readonly summary: KeySummary | undefined;
  /** all_data.ndjson beside the key; undefined when there is none. */
  readonly data: string | undefined;
}

/** The folder that the command reads and writes. */
export const folderOf = ({ outputDir }: Settings) => outputDir ?? DEFAULT_FOLDER;

/** Reads the key of --key, else that of the folder. Throws AppError `file-unreadable` or `data-file`. */
export function readAnswerFiles(settings: Settings): AnswerFiles {
  const file = settings.key ?? join(folderOf(settings), 'incidents.json');
  const folder = dirname(file);
  if (settings.key === undefined && !existsSync(file))
    throw new AppError('file-unreadable', { file, folder, reason: 'it does not exist', noData: true });
  const key = readAnswerKey(readTextFile(file, KEY_MB), file);
  const [summary, data] = [join(folder, 'summary.json'), join(folder, 'all_data.ndjson')];
  return {
    key,
    folder,
    summary: existsSync(summary) ? readKeySummary(readTextFile(summary, KEY_MB)) : undefined,
    data: existsSync(data) ? data : undefined,
  };
}
