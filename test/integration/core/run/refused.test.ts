// Documents that an index does not take, and how they are sent again once it does.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { askText, countIn } from '../../../helpers/ask.ts';
import { doneOf, newPlace, type Place, runProgram } from '../../../helpers/program.ts';
import { SMALL_DAY } from '../../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const index = `refused-test-${process.pid}`;
let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(async () => {
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  place.remove();
});

/** A field of its own, of which the index takes whole numbers only, or anything. */
const fieldTakes = (ignore_malformed: boolean) =>
  askText(`${url}/${index}/_mapping`, {
    method: 'PUT',
    body: { properties: { extra: { type: 'integer', ignore_malformed } } },
  });
const countOf = () => countIn(url, index);

test('a mapping conflict: documents are kept, refused again, then taken, and the checks name what was bent', async () => {
  await runProgram(place, 'generate', '--output-dir', 'bent', ...SMALL_DAY, '--sample', '600');
  const file = join(place.folder, 'bent', 'all_data.ndjson');
  let bent = 0;
  const text = readFileSync(file, 'utf8').replaceAll('"event_type"', (word) =>
    bent++ % 500 === 0 ? `"extra":"not a number",${word}` : word,
  );
  writeFileSync(file, text);
  const refusals = Math.ceil(bent / 500);
  expect(refusals).toBeGreaterThan(2);
  const mapping = readFileSync(join(place.folder, 'bent', 'mapping.json'), 'utf8');
  await askText(`${url}/${index}`, { method: 'PUT', body: mapping });
  await fieldTakes(false);

  const where = ['--url', url, '--index', index, '--json'];
  const loaded = await runProgram(place, 'load', '--output-dir', 'bent', ...where, '--on-conflict', 'append');
  expect(loaded.exit).toBe(7);
  const { documents, error } = doneOf(loaded);
  expect(documents.refused).toBe(refusals);
  const advice = error?.actions.find((action) => action.includes('load --refused')) ?? '';
  const kept = /--refused (\S+)/.exec(advice)?.[1] ?? '';
  expect(readFileSync(kept, 'utf8').trim().split('\n')).toHaveLength(refusals);

  const again = await runProgram(place, 'load', '--refused', kept, ...where);
  expect(again.exit).toBe(7);
  expect(doneOf(again).error?.message).toContain('refused again');
  const lines = readFileSync(kept, 'utf8').trim().split('\n');
  expect(lines.map((line) => Object.keys(JSON.parse(line)).sort())).toEqual(
    Array(refusals).fill(['id', 'reason', 'source']),
  );

  await fieldTakes(true);
  const taken = await runProgram(place, 'load', '--refused', kept, ...where);
  // All of them are there, and the bent ones alone are not as planned.
  expect(taken.exit).toBe(5);
  const failed = doneOf(taken).checks.filter(({ ok }) => !ok);
  expect(failed.map(({ id }) => id)).toEqual(['documents']);
  expect(failed[0]?.found).toContain(`${refusals} changed (extra)`);
  expect(doneOf(taken).documents).toMatchObject({ found: bent, refused: 0 });
  expect(await countOf()).toBe(bent);
  expect(existsSync(kept)).toBe(false);
});

test('a file that is none of refused documents is not sent', async () => {
  const file = join(place.folder, 'odd.ndjson');
  for (const [text, line] of [
    ['{"id":"a","reason":"x","source":"{}"}\nnonsense\n', 2],
    ['{"id":"a\\"}}\\n{","reason":"x","source":"{}"}\n', 1],
    ['{"id":"a","reason":"x","source":"[1]"}\n', 1],
    ['null\n', 1],
  ] as const) {
    writeFileSync(file, text);
    const finished = await runProgram(place, 'load', '--refused', file, '--url', url, '--index', index);
    expect(finished.exit).toBe(2);
    expect(finished.stderr).toContain(`odd.ndjson, line ${line}`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  }
});
