import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../../src/text/suggest.ts';

const KNOWN = [
  'run',
  'days',
  'output-dir',
  'error-rate-normal',
  'error-rate-incident',
  'demo-day',
  'time-zone',
];

describe('did you mean', () => {
  it.each([
    ['rnu', 'run'],
    ['dyas', 'days'],
    ['day', 'days'],
    ['timezone', 'time-zone'],
    ['output-dri', 'output-dir'],
    ['out', 'output-dir'],
    ['output-folder', 'output-dir'],
  ])('%s: %s', (typed, meant) => {
    expect(didYouMean(typed, KNOWN)).toBe(`did you mean ${meant}?`);
  });

  it('names two that begin alike, and none where more or none do', () => {
    expect(didYouMean('error-rate', KNOWN)).toBe('did you mean error-rate-normal or error-rate-incident?');
    expect(didYouMean('error', [...KNOWN, 'error-log'])).toBeUndefined();
    expect(didYouMean('frobnicate', KNOWN)).toBeUndefined();
    expect(didYouMean('de', KNOWN)).toBeUndefined();
    expect(didYouMean('nur', ['run', 'days'])).toBe('did you mean run?');
  });

  it('knows what other programs say, but no property of every object', () => {
    expect(didYouMean('tz', KNOWN, { prefix: '--', meant: { tz: 'time-zone' } })).toBe(
      'did you mean --time-zone?',
    );
    expect(didYouMean('constructor', KNOWN, { meant: {} })).toBeUndefined();
  });
});
