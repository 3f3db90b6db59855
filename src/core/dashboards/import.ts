// Importing objects into Dashboards, and reading them back.
import { AppError } from '../../errors/app-error.ts';
import { textOf } from '../cluster/answer-shape.ts';
import { ndjsonOf, type SavedObject } from './saved-object.ts';
import { type Dashboards, objectOf } from './server.ts';
import { importFailed, lookUp, type StoredObject } from './stored.ts';

/** Sends the objects as one file. HTTP 200 alone is no success. Returns each object by the id it was sent with. */
export async function importObjects(
  dashboards: Dashboards,
  objects: readonly SavedObject[],
  signal?: AbortSignal,
): Promise<Map<string, StoredObject>> {
  const boundary = `incident-demo-${objects.length}-objects`;
  const body = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="dashboards.ndjson"\r\n` +
      `Content-Type: application/x-ndjson\r\n\r\n${ndjsonOf(objects)}\r\n--${boundary}--\r\n`,
  );
  const answer = await dashboards.request(
    {
      method: 'POST',
      path: '/api/saved_objects/_import',
      query: { overwrite: 'true' },
      body,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    },
    signal,
  );
  const { success, successCount, successResults } = objectOf(answer.body);
  if (answer.status !== 200 || success !== true || successCount !== objects.length)
    throw importFailed(dashboards, answer.status, answer.body);
  const moved = new Map(
    (Array.isArray(successResults) ? successResults : [])
      .map(objectOf)
      .flatMap(({ id, destinationId }) =>
        typeof destinationId === 'string' ? [[textOf(id), destinationId] as const] : [],
      ),
  );
  return new Map(objects.map(({ type, id }) => [id, { type, id: moved.get(id) ?? id }]));
}

/** Throws AppError `dashboards-import` when one of these objects is not there. */
export async function readBack(
  dashboards: Dashboards,
  objects: readonly StoredObject[],
  signal?: AbortSignal,
): Promise<void> {
  const missing = (await lookUp(dashboards, objects, signal)).filter(({ there }) => !there);
  if (missing.length > 0)
    throw new AppError('dashboards-import', {
      reason: `it said so, but ${missing.length} of ${objects.length} objects are not there`,
    });
}
