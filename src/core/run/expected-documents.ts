// How many documents a run is about to load: an estimate, or the number of those in a file.
import { AppError } from '../../errors/app-error.ts';
import { readBatches } from '../dataset/read.ts';
import { slotRange } from '../generate/index.ts';
import { estimate, type Plan } from '../plan/index.ts';
import type { RunRequest } from './request.ts';

/** How many documents are likely to be loaded. Throws AppError `data-file` when a file of them is damaged or empty. */
export async function expectedDocuments({ part, dataFile }: RunRequest, made: Plan): Promise<number> {
  if (!dataFile) {
    const { from, to } = slotRange(made, part);
    return Math.round((estimate(made).documents * (to - from)) / made.slotCount);
  }
  let documents = 0;
  for await (const batch of readBatches(dataFile)) documents += batch.documents;
  if (documents === 0)
    throw new AppError('data-file', { file: dataFile, line: 1, problem: 'there is no document' });
  return documents;
}
