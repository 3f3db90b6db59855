// `export` of the built program: the files it writes, those it leaves alone, and one sentence for every wrong input.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerEntry } from '../../../src/core/index.ts';
import { doneOf, newPlace, type Place, runProgram } from '../../helpers/program.ts';

let place: Place;
let key: readonly AnswerEntry[];
const inPlace = (name: string) => join(place.folder, name);
const exported = (...args: string[]) => runProgram(place, 'export', ...args);

beforeAll(async () => {
  place = newPlace();
  const data = [
    '--days',
    '2',
    '--sample',
    '300',
    '--seed',
    '7',
    '--time-zone',
    'UTC',
    '--output-dir',
    'data',
  ];
  const made = await runProgram(place, 'generate', ...data, '--now', '2026-03-14T16:00:00Z');
  expect(made.exit).toBe(0);
  key = JSON.parse(readFileSync(inPlace('data/incidents.json'), 'utf8'));
}, 60_000);
afterAll(() => place.remove());

describe('export', () => {
  it('agent-health writes a test case for each entry of the key, with the index that --index names', async () => {
    const { stdout, exit } = await exported('agent-health', '--output-dir', 'data', '--index', 'my_shop');
    expect([stdout, exit]).toEqual(['Wrote data/agent-health.json\n', 0]);
    const cases = JSON.parse(readFileSync(inPlace('data/agent-health.json'), 'utf8'));
    expect(cases).toHaveLength(key.length);
    expect(cases[0].initialPrompt).toContain('index my_shop');
  });

  it('openrca writes a row for each incident, again as often as it is asked', async () => {
    for (const _ of [1, 2]) expect((await exported('openrca', '--output-dir', 'data')).exit).toBe(0);
    const rows = readFileSync(inPlace('data/openrca/record.csv'), 'utf8').trimEnd().split('\n');
    expect(rows).toHaveLength(1 + key.filter(({ kind }) => kind === 'incident').length);
  });

  it('csv writes every minute of the data, and says its files as JSON', async () => {
    const finished = await exported('csv', '--output-dir', 'data', '--json');
    const { files } = doneOf(finished) as unknown as { files: string[] };
    for (const file of files) expect(existsSync(inPlace(file))).toBe(true);
    const minutes = readFileSync(inPlace('data/metrics/metrics.csv'), 'utf8').trimEnd().split('\n');
    // Two days up to 16:00 of the second.
    expect(minutes).toHaveLength(1 + 40 * 60);
  });

  it('writes where --output-dir says what --key names', async () => {
    const finished = await exported('openrca', '--key', 'data/incidents.json', '--output-dir', 'elsewhere');
    expect(finished.exit).toBe(0);
    expect(readdirSync(inPlace('elsewhere'))).toEqual(['openrca']);
  });
});

describe('wrong input', () => {
  it.each<[string[], string]>([
    [[], 'export needs a format: agent-health, openrca, csv'],
    [['xml'], '"xml" is not a format of export: agent-health, openrca, csv'],
    [['constructor'], '"constructor" is not a format of export: agent-health, openrca, csv'],
    [['csv', 'more'], 'Unexpected argument "more": export takes one'],
    [['openrca'], 'No data in output: run incident-demo generate first, or set --output-dir'],
    [['openrca', '--results', 'x'], 'export does not take --results; it belongs to score'],
  ])('%j is one sentence', async (args, sentence) => {
    const { stdout, stderr, exit } = await exported(...args);
    expect(stderr).toContain(sentence);
    expect([stdout, exit]).toEqual(['', 2]);
  });

  it('a key without its data has no metrics', async () => {
    mkdirSync(inPlace('bare'));
    writeFileSync(inPlace('bare/incidents.json'), '[]');
    const { stderr, exit } = await exported('csv', '--output-dir', 'bare');
    expect(stderr).toContain('The file bare/all_data.ndjson cannot be read: it does not exist');
    expect(exit).toBe(2);
  });

  it('a file of another program is left as it is', async () => {
    const file = inPlace('data/agent-health.json');
    writeFileSync(file, '{"mine":true}');
    const { stderr, exit } = await exported('agent-health', '--output-dir', 'data');
    expect(stderr).toContain('it holds agent-health.json, which this tool did not write');
    expect([readFileSync(file, 'utf8'), exit]).toEqual(['{"mine":true}', 2]);
    rmSync(file);
  });
});
