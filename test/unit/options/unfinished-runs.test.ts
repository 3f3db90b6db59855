// Which unfinished run is resumed, and with what.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/command-line/parse.ts';
import { writeJson, writeText } from '../../../src/core/files/json-file.ts';
import type { RunRecord } from '../../../src/core/history/record.ts';
import { forgetReplaced, listRuns, saveRun } from '../../../src/core/history/runs.ts';
import { BUILT_IN } from '../../../src/core/plan/presets.ts';
import { fixSettings } from '../../../src/options/resolve.ts';
import { defaultSettings } from '../../../src/options/table.ts';
import { findUnfinished, resumedSettings, unfinishedRuns } from '../../../src/options/unfinished-runs.ts';

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

  it.each([
    ['days beyond all limits', { settings: { days: 1e9 } }],
    ['a clock that is none', { settings: { now: '999999-01-01' } }],
    ['a part that is none', { settings: { part: { index: 0, of: 'x' } } }],
    ['names that are none', { settings: { presets: [7] } }],
    ['settings that are none', { settings: null }],
    ['presets that are none', { presets: [{ evil: 1 }] }],
    ['an address that is none', { url: 'ftp://x' }],
    ['a name that is several', { index: '*' }],
    ['a status that is none', { status: 'lost' }],
  ])('with %s in their file are passed over', (_, change) => {
    save(record('20261101-1'));
    const edited = join(folder, 'runs', '20261101-2');
    writeJson(edited, 'run.json', { ...record('20261101-2'), ...change });
    expect(listRuns(directories()).map(({ id }) => id)).toEqual(['20261101-1']);
    writeJson(edited, 'run.json', record('20261101-2', { presets: BUILT_IN }));
    expect(listRuns(directories())).toHaveLength(2);
  });

  it.each([
    ['an empty file', '', 'it is not JSON'],
    ['half a file', '{"id": "2026', 'it is not JSON'],
    ['a value that is none', JSON.stringify(record('20261101-2', { index: '*' })), 'index: '],
  ])('with %s are said to be damaged, with their file', (_, content, problem) => {
    save(record('20261101-1'));
    const broken = join(folder, 'runs', '20261101-2');
    writeText(broken, 'run.json', content);
    for (const wanted of [true, '20261101-2'] as const) {
      const find = () => findUnfinished(directories(), wanted);
      expect(find).toThrow(expect.objectContaining({ code: 'run-damaged', exit: 2 }));
      expect(find).toThrow(
        `20261101-2 cannot be resumed: its state file is damaged (${join(broken, 'run.json')}`,
      );
      expect(find).toThrow(problem);
    }
    // The other is gone on with when it is named, or the later one.
    expect(findUnfinished(directories(), '20261101-1').id).toBe('20261101-1');
    save(record('20261101-3'));
    expect(findUnfinished(directories(), true).id).toBe('20261101-3');
  });

  it('of which only the guide is kept are not damaged', () => {
    writeText(join(folder, 'runs', '20261101-2'), 'investigation.md', 'x');
    expect(() => findUnfinished(directories(), true)).toThrow(
      expect.objectContaining({ code: 'run-unknown' }),
    );
  });

  it('are read again with every setting that a run can have', () => {
    const given = parseArguments(
      'run --url http://a:1,https://b:2 --part 1/3 --split-mb 25 --demo-day 2026-11-24 --now 2026-11-24T16:15:00Z --output-dir x --aws-region eu --aws-service aoss --preset none --ca-file c --insecure --username u --label-documents'.split(
        ' ',
      ),
      {},
    ).settings;
    save(record('20261101-1', { settings: { ...fixSettings(given) } }));
    expect(listRuns(directories())[0]?.settings).toMatchObject({ part: { index: 1, of: 3 }, splitMb: 25 });
  });

  it('go on with their own data, add to their index, and talk as is wanted now', () => {
    const settings = resumedSettings(record('r'), { ...defaultSettings(), plain: true, days: 9 });
    expect(settings).toMatchObject({ days: 3, seed: 9, sample: 60, index: 'demo', onConflict: 'append' });
    expect(settings).toMatchObject({ url: 'http://localhost:9201', plain: true, json: false });
  });

  it.each([
    ['', { url: 'http://here:1', local: true, username: 'anna', caFile: undefined }],
    ['--url http://there:2', { url: 'http://there:2', local: false, username: 'anna', caFile: undefined }],
    ['--host there:2 --ca-file c', { url: 'http://there:2', local: false, caFile: 'c' }],
    ['--username berta', { url: 'http://here:1', local: true, username: 'berta' }],
    ['--local', { local: true }],
  ])('of the local node go on where flags say (%s), whatever the environment says', (flags, expected) => {
    const environment = { OPENSEARCH_URL: 'http://elsewhere:9', OPENSEARCH_USERNAME: 'carla' };
    const words = ['run', '--resume', ...flags.split(' ').filter((word) => word !== '')];
    const { settings, flagged } = parseArguments(words, environment);
    const local = record('r', { url: 'http://here:1', settings: { local: true, username: 'anna' } });
    expect(resumedSettings(local, settings, flagged)).toMatchObject(expected);
  });

  it.each([
    ['--days 9', '--days: the run was started with "3"'],
    ['--index other', '--index: the run was started with "demo"'],
    ['--on-conflict new', '--on-conflict: the run was started with "replace"'],
    ['--label-documents', '--label-documents: the run was started without it'],
    ['--part 1/3', '--part: the run was started without it'],
    ['--preset none', '--preset: the run was started without it'],
  ])('take no flag that would change what is half written (%s)', (flags, says) => {
    const { settings, flagged } = parseArguments(['run', '--resume', ...flags.split(' ')], {});
    expect(() => resumedSettings(record('r'), settings, flagged)).toThrow(says);
  });

  it('that have no index yet keep to what was to become of one that exists', () => {
    const { settings, flagged } = parseArguments(['run', '--resume', '--on-conflict', 'append'], {});
    const preparing = record('r', { status: 'preparing' });
    expect(() => resumedSettings(preparing, settings, flagged)).toThrow('the run was started with "replace"');
  });

  it('take flags that say the same again, so that a script can keep its list', () => {
    const words = 'run --resume --days 3 --seed 9 --sample 60 --index demo --on-conflict append';
    const { settings, flagged } = parseArguments(words.split(' '), {});
    expect(resumedSettings(record('r'), settings, flagged)).toMatchObject({ days: 3, index: 'demo' });
  });

  it('of a cluster go on at the local node when that is asked for', () => {
    const { settings, flagged } = parseArguments(['run', '--resume', '--local'], {});
    expect(resumedSettings(record('r'), settings, flagged).local).toBe(true);
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

describe('a run that was signed in', () => {
  const signedIn = record('20261101-1', {
    settings: {
      username: 'anna',
      passwordFile: 'secret',
      fingerprint: 'AA:BB',
      insecure: true,
      allowHttp: true,
      caFile: 'ca.pem',
    },
  });
  const resumed = (line: string) => {
    const { settings, flagged } = parseArguments(`run --resume ${line}`.trim().split(' '), {});
    return resumedSettings(signedIn, settings, flagged);
  };

  it('keeps it at its address, and nothing of it at another', () => {
    const kept = { passwordFile: 'secret', fingerprint: 'AA:BB', insecure: true, allowHttp: true };
    expect(resumed('')).toMatchObject(kept);
    expect(resumed('--url http://localhost:9201/')).toMatchObject(kept);
    for (const url of ['https://localhost:9201', 'http://localhost:9202', 'http://other:9201'])
      expect(resumed(`--url ${url}`)).toMatchObject({
        passwordFile: undefined,
        fingerprint: undefined,
        insecure: false,
        allowHttp: false,
        caFile: 'ca.pem',
      });
  });

  it('is signed in otherwise by a flag of another kind', () => {
    expect(resumed('--token-file token')).toMatchObject({
      username: undefined,
      passwordFile: undefined,
      tokenFile: 'token',
    });
  });
});
