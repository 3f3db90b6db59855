// A cluster whose name, version and errors try to steer the terminal: nothing of it arrives raw, in any front.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { newPlace, type Place, runProgram } from '../../helpers/program.ts';
import { type Act, type RunningProxy, type Seen, startProxy } from '../../helpers/proxy.ts';
import { Terminal } from '../../helpers/pty.ts';
import { SMALL_DAY } from '../../helpers/small-run.ts';

const target = inject('openSearchUrl');
/** Writes to the clipboard, sets the title, clears the screen, moves the cursor, turns the writing direction. */
const EVIL =
  'evil\u001b]52;c;b3duZWQ=\u0007\u001b]0;owned\u001b\\\u001b[2J\u001b[77A\u009b3J\u202e\u200f\rname';
const RAW = ['\u001b]52;c;b3duZWQ=', '\u001b]0;owned', '\u001b[77A', '\u009b', '\u202e', '\u200f'];

const json = (body: object, status = 200): Act => ({ status, body: JSON.stringify(body) });
const refusal = {
  error: { type: EVIL, reason: EVIL, root_cause: [{ type: EVIL, reason: EVIL }] },
  status: 400,
};

function act({ path, bulk }: Seen): Act {
  if (path === '/')
    return json({ cluster_name: EVIL, version: { number: `3.5.0${EVIL}`, distribution: 'opensearch' } });
  if (path.startsWith('/_plugins/_security')) return json({ user_name: EVIL, roles: [EVIL] });
  if (bulk > 0 && bulk % 2 === 0)
    return json({ errors: true, items: [{ create: { status: 400, error: refusal.error } }] });
  return path.includes('_search') || path.includes('_count') ? json(refusal, 400) : 'pass';
}

const index = `hostile-test-${process.pid}`;
let cluster: RunningProxy;
let place: Place;
beforeAll(async () => {
  cluster = await startProxy({ target, act });
});
beforeEach(() => {
  place = newPlace({ OPENSEARCH_URL: cluster.url });
});
afterEach(async () => {
  await fetch(`${target}/${index}`, { method: 'DELETE' });
  place.remove();
});
afterAll(() => cluster.close());

function expectHarmless(text: string): void {
  // It did arrive, without what steers.
  expect(text).toContain('evil');
  for (const raw of RAW) expect(text).not.toContain(raw);
}

describe.each([[['--json']], [[]]])('with %j', (front) => {
  test.each([
    ['run', [...SMALL_DAY, '--sample', '3000', '--yes']],
    ['doctor', []],
  ])('%s', async (command, args) => {
    const { stdout, stderr } = await runProgram(place, command, '--index', index, ...args, ...front);
    expectHarmless(stdout + stderr);
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});

test('the wizard', async () => {
  const wizard = new Terminal(place, { columns: 100, rows: 30 });
  await wizard.until('evil');
  wizard.kill('SIGTERM');
  await wizard.ended;
  expectHarmless(wizard.raw);
});

test('the plain questions', async () => {
  const plain = new Terminal(place, { args: ['--plain'], columns: 100 });
  await plain.until('evil');
  plain.kill('SIGKILL');
  await plain.ended;
  expectHarmless(plain.raw);
});

test('flags, files and index names that hold such characters', async () => {
  const tries = [
    ['run', '--index', EVIL],
    ['run', '--preset', EVIL],
    ['run', '--time-zone', EVIL],
    ['generate', '--output-dir', `/proc/${EVIL}`],
    ['run', '--resume', EVIL],
    ['explain', EVIL],
    [EVIL],
    [`--${EVIL}`],
    ['load', '--refused', EVIL],
  ];
  for (const args of tries) {
    const { exit, stdout, stderr } = await runProgram(place, ...args);
    expect(exit, stderr).toBe(2);
    expectHarmless(stdout + stderr);
  }
  // An address may hold a password, so it is not repeated at all.
  const { exit, stdout, stderr } = await runProgram(place, 'run', '--url', `http://${EVIL}`);
  expect(exit).toBe(2);
  for (const raw of RAW) expect(stdout + stderr).not.toContain(raw);
});
