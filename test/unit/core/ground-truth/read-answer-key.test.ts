// An answer key read back from its text, and what is said of a text that is none.
import { describe, expect, it } from 'vitest';
import { answerKey } from '../../../../src/core/ground-truth/answer-key.ts';
import { readAnswerKey, readKeySummary } from '../../../../src/core/ground-truth/read-answer-key.ts';
import { planWith } from '../../../helpers/generated.ts';

const key = answerKey(planWith({ days: 3, profile: 'graded', seed: 5 }));
const changed = (change: object) => JSON.stringify([key[0], { ...key[1], ...change }], null, 1);
const lineOfSecond = JSON.stringify([key[0]], null, 1).split('\n').length;

describe('an answer key', () => {
  it('is read back as it was written, with fields that a later schema may add', () => {
    expect(readAnswerKey(JSON.stringify(key), 'k')).toEqual(key);
    expect(readAnswerKey(changed({ later: 1 }), 'k')).toHaveLength(2);
    expect(readAnswerKey('[]', 'k')).toEqual([]);
  });

  it.each([
    ['', 'k, line 1: this is not JSON'],
    ['[\n{"id":1},\n]', 'k, line 3: this is not JSON'],
    ['{}', 'k, line 1: {} is not a list of incidents'],
    ['[\n7]', 'k, line 2: 7 is not an object'],
  ])('%j is none', (text, sentence) => {
    expect(() => readAnswerKey(text, 'k')).toThrow(sentence);
  });

  it.each([
    [{ kind: undefined }, 'kind is missing; a key of schema 2 has id, kind,'],
    [{ kind: 'accident' }, 'kind: "accident" is not one of incident, red_herring'],
    [{ component: 'stripe' }, 'component: "stripe" is not one of payment_gateway,'],
    [{ severity: 'huge' }, 'severity: "huge" is not one of major, minor, subtle, silent'],
    [{ start: 'yesterday' }, 'start: "yesterday" is not a time such as 2026-03-14T16:00:00Z'],
    [{ end: '2000-01-01T00:00:00.000Z' }, 'start, end and recovered are out of order'],
    [{ expected: 7 }, 'expected: 7 is not an object'],
  ])('with %j is refused, with the line of the entry', (change, sentence) => {
    expect(() => readAnswerKey(changed(change), 'k')).toThrow(`k, line ${lineOfSecond}: ${sentence}`);
  });
});

describe('a summary', () => {
  it('says when the data begin and end, and in which zone', () => {
    const text = '{"start":"2026-03-14T00:00:00Z","end":"2026-03-15T00:00:00Z","time_zone":"Europe/Berlin"}';
    expect(readKeySummary(text)).toEqual({
      startMs: Date.parse('2026-03-14T00:00:00Z'),
      endMs: Date.parse('2026-03-15T00:00:00Z'),
      timeZone: 'Europe/Berlin',
    });
  });
  it.each(['', 'null', '{}', '{"start":"x","end":"y"}', '[]'])('is nothing when it is %j', (text) => {
    expect(readKeySummary(text)).toBeUndefined();
  });
});
