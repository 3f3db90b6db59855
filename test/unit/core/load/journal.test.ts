import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type IdRange, idAt, idRangeOf, timeAt } from '../../../../src/core/documents/ids.ts';
import { emptyTally } from '../../../../src/core/generate/count/tally.ts';
import { generateBatches, generateDocuments, slotRange } from '../../../../src/core/generate/index.ts';
import { AcknowledgedRanges } from '../../../../src/core/load/acknowledged-ranges.ts';
import { openJournal, removeJournal } from '../../../../src/core/load/journal.ts';
import { type JournalHead, journalLine, readJournal } from '../../../../src/core/load/journal-lines.ts';
import { planWith } from '../../../helpers/generated.ts';

const head: JournalHead = { run: '20260314-160000-4c2f', key: 'k3yk3yk', uuid: 'aBcDeFg' };
const idOf = (number: number) => number.toString(36).padStart(24, '0');
const span = (first: number, last: number): IdRange => ({ first: idOf(first), last: idOf(last) });
const three = [span(0, 99), span(200, 299), span(100, 199)];
const whole = Buffer.from([journalLine(head), ...three.map(journalLine)].join(''));
const lengths = [head, ...three].map((value) => journalLine(value).length);

describe('the text of a journal', () => {
  test('what was written is read', () => {
    expect(readJournal(whole)).toEqual({ head, ranges: three, trusted: whole.length });
  });

  test('cut at any byte, the whole lines before the cut are trusted and nothing else', () => {
    for (let cut = 0; cut <= whole.length; cut++) {
      const { head: found, ranges, trusted } = readJournal(whole.subarray(0, cut));
      let lines = 0;
      let end = 0;
      while (lines < lengths.length && end + (lengths[lines] ?? 0) <= cut) end += lengths[lines++] ?? 0;
      expect(found).toEqual(lines > 0 ? head : undefined);
      expect(ranges).toEqual(three.slice(0, Math.max(0, lines - 1)));
      expect(trusted).toBe(end);
    }
  });

  test('one changed bit anywhere ends trust at its line, whatever follows', () => {
    for (let at = 0; at < whole.length; at++) {
      for (const bit of [1, 128]) {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ bit;
        let line = 0;
        for (let end = lengths[0] ?? 0; end <= at; end += lengths[++line] ?? 0);
        expect(readJournal(damaged).ranges).toEqual(three.slice(0, Math.max(0, line - 1)));
      }
    }
  });

  test('a line with a right checksum that means nothing is not trusted either', () => {
    for (const nonsense of [{ first: 'zzz', last: 'aaa' }, span(9, 3), {}, head]) {
      const text = Buffer.from(
        journalLine(head) + journalLine(nonsense as IdRange) + journalLine(span(0, 1)),
      );
      expect(readJournal(text).ranges).toEqual([]);
    }
  });
});

describe('the file of a journal', () => {
  let folder = '';
  const file = () => join(folder, 'acknowledged.journal');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'incident-demo-journal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const writeTwo = () => {
    const journal = openJournal(folder, head);
    journal.note(span(0, 99));
    journal.note(span(200, 299));
    journal.close();
  };

  test('a run that goes on knows what was acknowledged; the file is for its owner alone', () => {
    writeTwo();
    const { acknowledged, close } = openJournal(folder, head);
    close();
    expect([50, 99, 100, 199, 200, 300].map((number) => acknowledged.has(idOf(number)))).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test.each<[string, Partial<JournalHead>]>([
    ['another index under the same name', { uuid: 'other' }],
    ['an index that does not tell its uuid', { uuid: '' }],
    ['other data', { key: 'other' }],
    ['another run', { run: 'other' }],
  ])('%s: nothing of it holds', (_, change) => {
    writeTwo();
    const journal = openJournal(folder, { ...head, ...change });
    journal.close();
    expect(journal.acknowledged.has(idOf(50))).toBe(false);
    // Nor later, for the first index.
    const again = openJournal(folder, head);
    again.close();
    expect(again.acknowledged.has(idOf(50))).toBe(false);
  });

  test('after a torn line the next run writes where trust ended, and is read whole', () => {
    writeTwo();
    appendFileSync(file(), journalLine(span(300, 399)).slice(0, 20));
    const journal = openJournal(folder, head);
    journal.note(span(400, 499));
    journal.close();
    expect(readJournal(readFileSync(file())).ranges).toEqual([span(0, 99), span(200, 299), span(400, 499)]);
  });

  test('a folder in its place is done without, and removed', () => {
    mkdirSync(join(file(), 'inside'), { recursive: true });
    const journal = openJournal(folder, head);
    journal.note(span(0, 1));
    journal.close();
    removeJournal(folder);
    expect(existsSync(file())).toBe(false);
    // A path through a file cannot be removed either.
    writeFileSync(file(), '');
    expect(() => removeJournal(file())).not.toThrow();
  });

  test('a folder that cannot be written is done without', () => {
    const blocked = join(folder, 'a-file');
    writeFileSync(blocked, '');
    const journal = openJournal(blocked, head);
    journal.note(span(0, 1));
    journal.close();
    expect(journal.acknowledged.has(idOf(0))).toBe(false);
    removeJournal(folder);
    removeJournal(folder);
  });
});

describe('ids', () => {
  const plan = planWith({ days: 1, sample: 600 });
  const documents = [...generateDocuments(plan, slotRange(plan))];
  const batches = [...generateBatches(plan, { ...slotRange(plan), maxBytes: 20_000, tally: emptyTally() })];

  test('rise from document to document in the order of generating, and times are those of the documents', () => {
    const ids: string[] = [];
    const times: number[] = [];
    for (const batch of batches) {
      for (let index = 0; index < batch.documents; index++) {
        ids.push(idAt(batch, index));
        times.push(timeAt(batch, index));
      }
    }
    expect(documents.length).toBeGreaterThan(1000);
    expect(times).toEqual(documents.map(({ source }) => Date.parse(source['@timestamp'])));
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(documents.length);
  });

  test('whatever batches were acknowledged, what is sent is exactly the rest, however batches are cut then', () => {
    const acks = fc.array(fc.boolean(), { minLength: batches.length, maxLength: batches.length });
    fc.assert(
      fc.property(acks, fc.integer({ min: 2000, max: 60_000 }), (flags, maxBytes) => {
        const done = batches.filter((_, index) => flags[index]);
        const acknowledged = new AcknowledgedRanges(done.map(idRangeOf));
        const sent: string[] = [];
        for (const batch of generateBatches(plan, { ...slotRange(plan), maxBytes, tally: emptyTally() })) {
          const rest = acknowledged.rest(batch);
          for (let index = 0; index < (rest?.documents ?? 0); index++) {
            if (rest) sent.push(idAt(rest, index));
          }
        }
        const wanted = batches
          .filter((_, index) => !flags[index])
          .flatMap((batch) => Array.from({ length: batch.documents }, (_, index) => idAt(batch, index)));
        expect(sent).toEqual(wanted);
      }),
      { numRuns: 30 },
    );
  });
});
