// The stage before the load: everything that can stop a run is found before the index is touched.
import { writeDashboards } from '../dataset/write.ts';
import type { RunEvent } from '../events.ts';
import { estimate } from '../plan/index.ts';
import { assertDiskSpace } from './disk-space.ts';
import { expectedDocuments } from './expected-documents.ts';
import { assertCompanionFree } from './mark-incidents.ts';
import { openRecord } from './open-record.ts';
import { prepareIndex } from './prepare-index.ts';
import type { ConnectedRun, PreparedRun } from './stages.ts';

/**
 * Checks the data file and the disk space, remembers the run, and makes its index; yields `index`. Throws AppError
 * `data-file`, `too-little-room`, `companion-taken`, `state-unwritable`, or what `prepareIndex` throws; nothing new is remembered then.
 */
export async function* prepare(run: ConnectedRun): AsyncGenerator<RunEvent, PreparedRun> {
  const { request, plan, cluster, signal, result } = run;
  const expected = await expectedDocuments(request, plan);
  // The documents of a run that is resumed are partly there, and need no space again.
  if (request.onConflict !== 'append') {
    const share = expected / Math.max(1, estimate(plan).documents);
    await assertDiskSpace({ cluster, plan, share, signal });
  }
  if (request.markIncidents) await assertCompanionFree(cluster, request.index, signal);
  const record = openRecord(request, result);
  const onName = (name: string) => record.note('preparing', name);
  try {
    const prepared = await prepareIndex({ ...run, onName });
    result.index = prepared.index;
    const { outputDir, markIncidents: marked = false } = request;
    // They show the index by its name, which may be a new one.
    if (outputDir && prepared.index !== request.index)
      writeDashboards(outputDir, { plan, index: prepared.index, marked });
    yield { type: 'index', name: prepared.index, action: prepared.action };
    for (const text of prepared.notes) yield { type: 'notice', text };
    return { ...run, record, prepared, expected };
  } catch (error) {
    record.revert();
    throw error;
  }
}
