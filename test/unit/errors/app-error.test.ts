import { expect, test } from 'vitest';
import {
  AppError,
  ERRORS,
  type ErrorCode,
  explainCode,
  recoveriesFor,
  usualReason,
} from '../../../src/errors/app-error.ts';
import { USUAL_RECOVERIES } from '../../../src/errors/entry.ts';
import { EXIT_MEANINGS } from '../../../src/errors/exit.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];
const withTransient = (wanted: string) => CODES.filter((code) => ERRORS[code].transient === wanted).sort();

test('only errors of the way to a cluster pass by themselves, and only blocked writes once someone acts', () => {
  expect(withTransient('soon')).toEqual([
    'answer-cut',
    'cluster-starting',
    'connection-dropped',
    'connection-refused',
    'dns-failed',
    'port-silent',
    'unreachable',
  ]);
  expect(withTransient('unblocked')).toEqual(['writes-blocked']);
  expect(new AppError('unreachable', { address: 'x' }).transient).toBe('soon');
  expect(new AppError('name-unknown', { host: 'x' }).transient).toBeUndefined();
});

test.each(CODES)('%s: one sentence, something to do, an exit code that is documented', (code) => {
  const { sentence, why, actions } = explainCode(code);
  expect(sentence).not.toMatch(/\.$|undefined|[{}]/);
  expect(why).not.toMatch(/undefined|[{}]/);
  expect(actions.length).toBeGreaterThan(0);
  for (const action of actions) expect(action).not.toMatch(/undefined|[{}]/);
  expect(EXIT_MEANINGS.map(([exit]) => exit)).toContain(ERRORS[code].exit);
});

test.each(CODES)('%s: without its values no action is half a sentence', (code) => {
  const { actions } = new AppError(code).explain();
  for (const action of actions) expect(action).not.toMatch(/[:=] *$|undefined/);
});

test('an action is offered only where it applies', () => {
  const values = { index: 'x', documents: 5, origin: 'made by incident-demo, run 1' };
  const actions = (more: object) => new AppError('index-exists', { ...values, ...more }).explain().actions;
  expect(actions({ alone: true }).join()).not.toMatch(/append|replace|clean/);
  expect(actions({ ours: true, fits: true, alone: true }).join()).toMatch(/new.*append.*replace/);
  expect(actions({ ours: true, parts: true }).join()).toContain('incident-demo clean --index x');
  expect(actions({ ours: true, parts: true }).join()).not.toContain('replace');
});

test('the usual reason of an error is told where it needs no values', () => {
  expect(usualReason('connection-refused')).toContain('No program has this port open');
  expect(usualReason('certificate-changed')).toBe('');
  expect(usualReason('no such code')).toBe('');
});

test('the wizard offers what the entry lists, else what is usual in that place', () => {
  expect(recoveriesFor('too-little-room', 'run')[0]).toBe('tune');
  expect(recoveriesFor('too-little-room', 'connect')).toBe(USUAL_RECOVERIES.connect);
  expect(recoveriesFor('index-shared', 'remove')).toEqual(['forget', 'details']);
  expect(recoveriesFor('no such code', 'run')).toBe(USUAL_RECOVERIES.run);
});

test('explain names each value that an error would have, in capitals', () => {
  expect(explainCode('index-exists').sentence).toBe(
    'The index INDEX already exists (DOCUMENTS documents, ORIGIN)',
  );
  expect(explainCode('connection-refused').sentence).toBe('Nothing is listening on ADDRESS');
  expect(explainCode('run-unknown').sentence).toContain('ID');
  expect(explainCode('node-failed').why).toContain('LOG');
});

test('a deletion without a terminal leads to --yes, another prompt to a command', () => {
  expect(new AppError('answer-missing', { what: '--yes' }).message).toBe(
    'Deleting needs confirmation: add --yes, or run it in a terminal',
  );
  expect(new AppError('answer-missing', { what: 'a command' }).message).toContain('no terminal');
});
