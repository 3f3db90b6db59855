import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRuns, recordOf } from '../../../../src/core/history/runs.ts';
import { openRecord } from '../../../../src/core/run/open-record.ts';
import type { RunRequest } from '../../../../src/core/run/request.ts';
import { newRunResult } from '../../../../src/core/run/run-result.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incident-demo-record-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const directories = () => ({ cache: folder, state: folder, config: folder });
const URL = 'http://localhost:9200';

function open(id: string, index = 'demo') {
  const nowMs = Date.parse('2026-03-14T16:00:00Z');
  const request: Partial<RunRequest> = {
    id,
    nowMs,
    settings: { days: 3 },
    presets: [],
    directories: directories(),
  };
  return openRecord(request as RunRequest, newRunResult(URL, index, 7));
}

test('a new run is remembered before it has an index, then with the index and the stage it is in', () => {
  const record = open('run-1');
  expect(recordOf(directories(), 'run-1')).toMatchObject({ status: 'preparing', index: 'demo', url: URL });
  record.note('loading', 'demo-2');
  expect(recordOf(directories(), 'run-1')).toMatchObject({
    ...{ status: 'loading', index: 'demo-2', settings: { days: 3 } },
    startedAt: '2026-03-14T16:00:00.000Z',
  });
});

test('a new run that fails before it loads is forgotten', () => {
  open('run-1').revert();
  open('run-2').forgetIfNew();
  expect(listRuns(directories())).toEqual([]);
});

test('a resumed run that fails before it loads stays as it was', () => {
  open('run-1').note('loading', 'demo');
  const before = recordOf(directories(), 'run-1');
  const resumed = open('run-1', 'elsewhere');
  expect(recordOf(directories(), 'run-1')).toMatchObject({ status: 'loading', index: 'elsewhere' });
  resumed.note('preparing', 'elsewhere-2');
  resumed.forgetIfNew();
  resumed.revert();
  expect(recordOf(directories(), 'run-1')).toEqual(before);
});

test('runs into an index that was replaced are forgotten, others stay', () => {
  open('run-1').note('loading', 'demo');
  open('run-2').note('loading', 'other');
  open('run-3').note('done', 'demo');
  open('run-4').forgetReplaced('demo');
  expect(listRuns(directories()).map(({ id }) => id)).toEqual(['run-2', 'run-3', 'run-4']);
});

test('a record that cannot be written is an error before anything is loaded', () => {
  writeFileSync(join(folder, 'runs'), '');
  expect(() => open('run-1')).toThrow(expect.objectContaining({ code: 'state-unwritable' }));
});
