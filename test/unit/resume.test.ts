// Which unfinished run is gone on with, and with what.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetReplaced, listRuns, type RunRecord, saveRun } from '../../src/core/run-store.ts';
import { defaultSettings } from '../../src/options.ts';
import { findUnfinished, resumedSettings, unfinishedRuns } from '../../src/resume.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incident-demo-runs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const directories = () => ({ cache: folder, state: folder, config: folder });
const record = (id: string, changes: Partial<RunRecord> = {}): RunRecord => ({
  id,
  status: 'loading',
  startedAt: '2026-11-24T16:15:00.000Z',
  url: 'http://localhost:9201',
  index: 'demo',
  settings: { days: 3, seed: 9, url: 'http://localhost:9200', onConflict: 'replace', json: true },
  presets: [],
  ...changes,
});
const save = (...records: RunRecord[]) => {
  for (const each of records) saveRun(directories(), each);
};

describe('unfinished runs', () => {
  it('are those that have not come to their checks, the latest first', () => {
    save(record('20261101-1'), record('20261103-1'), record('20261102-1', { status: 'done' }));
    expect(unfinishedRuns(directories()).map(({ id }) => id)).toEqual(['20261103-1', '20261101-1']);
    expect(findUnfinished(directories(), true).id).toBe('20261103-1');
    expect(findUnfinished(directories(), '20261101-1').id).toBe('20261101-1');
  });

  it('that do not exist are an error with the code run-unknown', () => {
    save(record('20261102-1', { status: 'done' }));
    expect(() => findUnfinished(directories(), true)).toThrow(
      expect.objectContaining({ code: 'run-unknown' }),
    );
    expect(() => findUnfinished(directories(), '20261102-1')).toThrow('20261102-1');
  });

  it('go on with their own data, add to their index, and talk as is wanted now', () => {
    const settings = resumedSettings(record('r'), { ...defaultSettings(), plain: true, days: 9 });
    expect(settings).toMatchObject({ days: 3, seed: 9, sample: 60, index: 'demo', onConflict: 'append' });
    expect(settings).toMatchObject({ url: 'http://localhost:9201', plain: true, json: false });
  });

  it('are forgotten when their index is made anew, and only then', () => {
    save(
      record('20261101-1'),
      record('20261101-2', { index: 'other' }),
      record('20261101-3', { url: 'http://localhost:9999' }),
      record('20261101-4', { status: 'done' }),
      record('20261104-1'),
    );
    forgetReplaced(directories(), record('20261104-1'));
    expect(listRuns(directories()).map(({ id }) => id)).toEqual([
      '20261101-2',
      '20261101-3',
      '20261101-4',
      '20261104-1',
    ]);
  });
});
