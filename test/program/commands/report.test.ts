// The log file of a run: refused at the start with what is wrong, and given up in the middle without ending the run.
import { chownSync, existsSync, lchownSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseArguments } from '../../../src/command-line/parse.ts';
import { logged, openLog } from '../../../src/commands/log-file.ts';
import { openReport } from '../../../src/commands/report.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { newPlace, type Place, runProgram } from '../../helpers/program.ts';
import { SMALL_DAY } from '../../helpers/small-run.ts';

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => place.remove());
const inPlace = (name: string) => join(place.folder, name);
const toEvent = (line: string) => JSON.parse(line) as Readonly<Record<string, unknown>>;

const EVENT: RunEvent = { type: 'loaded', planned: 5, acknowledged: 5, refused: 0, seconds: 1 };

function opened(file: string) {
  const [shown, said]: [string[], string[]] = [[], []];
  const say = (line: string) => said.push(line);
  const invocation = parseArguments(['run', '--json', '--log-file', file], {});
  const log = openLog(invocation.settings.logFile, say);
  const report = openReport(invocation, { out: (line) => shown.push(line), say, log });
  return { report, shown, said };
}

describe('the log file', () => {
  it('is refused at the start as a file that is to be written', () => {
    const file = join('/nowhere-at-all', 'x');
    const refused = () => opened(file);
    expect(refused).toThrow(`The log file ${file} cannot be written: it does not exist`);
    expect(refused).toThrow(AppError);
  });

  // node-js-libs/cli#81, CISOfy/lynis#483
  it.runIf(userInfo().uid === 0)('is not written where another user has put a link or a file', () => {
    const [mine, link, theirs] = [inPlace('mine'), inPlace('link'), inPlace('theirs')];
    writeFileSync(mine, 'keep');
    symlinkSync(mine, link);
    lchownSync(link, 12_345, 12_345);
    writeFileSync(theirs, '');
    chownSync(theirs, 12_345, 12_345);
    for (const file of [link, theirs]) expect(() => opened(file)).toThrow(`${file} belongs to another user`);
    expect(readFileSync(mine, 'utf8')).toBe('keep');
  });

  it.runIf(existsSync('/dev/full'))(
    'is given up with one sentence when the disk is full, and events go on',
    () => {
      const { report, shown, said } = opened('/dev/full');
      for (let at = 0; at < 3; at++) report(EVENT);
      expect(shown).toHaveLength(3);
      expect(said).toHaveLength(1);
      expect(said[0]).toContain('The log file /dev/full cannot be written: the disk is full');
    },
  );

  it.runIf(existsSync('/dev/full')).each([
    ['generate', ['--output-dir', 'out', ...SMALL_DAY, '--sample', '3000'], 0],
    ['generate', ['--create-mapping-only', '--output-dir', 'mapping'], 0],
    ['run', ['--url', 'http://127.0.0.1:1', ...SMALL_DAY], 3],
    ['doctor', ['--url', 'http://127.0.0.1:1'], 3],
  ] as const)('that takes nothing is said once by %s %j', async (command, words, exit) => {
    const finished = await runProgram(place, command, ...words, '--log-file', '/dev/full');
    expect(finished.stderr.match(/log file/g)).toHaveLength(1);
    expect(finished.stderr).toContain('/dev/full cannot be written: the disk is full; the log ends here');
    expect(finished.exit).toBe(exit);
  });

  it('of a command that writes files holds what it told, and how it ended', async () => {
    const words = ['generate', ...SMALL_DAY, '--sample', '3000'];
    await runProgram(place, ...words, '--output-dir', 'files', '--log-file', 'log');
    await runProgram(place, ...words, '--output-dir', '/proc/x', '--log-file', 'log');
    const events = readFileSync(join(place.folder, 'log'), 'utf8').trim().split('\n').map(toEvent);
    const ends = events.filter(({ type }) => type === 'begin' || type === 'done');
    expect(ends).toMatchObject([
      { type: 'begin', command: 'generate' },
      { type: 'done', ok: true, seed: 7 },
      { type: 'begin', command: 'generate' },
      { type: 'done', ok: false, error: { code: 'output-unwritable' } },
    ]);
    for (const { time } of events) expect(Date.parse(String(time))).not.toBeNaN();
  });

  it('hears what the wizard hears', async () => {
    const kept: object[] = [];
    const heard: object[] = [];
    for await (const event of logged(Readable.from([EVENT, EVENT]), (each) => kept.push(each)))
      heard.push(event);
    expect(kept).toEqual([EVENT, EVENT]);
    expect(heard).toEqual(kept);
  });
});

it.each([
  ['stop', { stopped: false }],
  ['status', { state: 'stopped' }],
])('node %s with --json ends with a line of the type done, in the log file too', async (verb, fields) => {
  const log = `log-${verb}`;
  const { stdout, exit } = await runProgram(place, 'node', verb, '--json', '--log-file', log);
  const done = { type: 'done', ok: true, ...fields };
  const lastOf = (text: string) => toEvent(text.trim().split('\n').at(-1) ?? '');
  expect(lastOf(stdout)).toMatchObject(done);
  expect(lastOf(readFileSync(join(place.folder, log), 'utf8'))).toMatchObject(done);
  expect(exit).toBe(0);
});
