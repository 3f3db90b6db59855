// `live` without a screen, on a real node: what its lines say, and how it ends when a signal stops it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { doneOf, eventsOf, newPlace, type Place, runProgram, start } from '../../helpers/program.ts';
import { SMALL_DAY, withFlags } from '../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const index = `live-tell-${process.pid}`;
let place: Place;

type Line = { readonly type: string; readonly id?: string };

beforeAll(() => {
  place = newPlace();
});
afterAll(async () => {
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  place.remove();
});

const LIVE = [
  'live',
  '--url',
  url,
  '--index',
  index,
  '--yes',
  ...SMALL_DAY,
  '--sample',
  '600',
  '--speed',
  '60',
] as const;

/** Ends it with a signal once it has said this. */
async function stopped(
  words: readonly string[],
  said: string,
  signal: NodeJS.Signals,
  before = async () => {},
) {
  const { child, done, output } = start(place, words);
  while (!output().includes(said) && child.exitCode === null) await sleep(20);
  await before();
  child.kill(signal);
  return done;
}

test('a shop that is not live yet is no success when it is stopped', async () => {
  const finished = await stopped([...LIVE, '--json'], '"type":"connected"', 'SIGTERM');
  expect(finished.exit).toBe(143);
  expect(doneOf(finished)).toMatchObject({ ok: false, exit: 143 });
  await fetch(`${url}/${index}`, { method: 'DELETE' });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends it with exit code %i and a whole key', async (signal, exit) => {
  const finished = await stopped([...LIVE, '--json'], '"type":"tick"', signal);
  const done = doneOf(finished) as ReturnType<typeof doneOf> & { readonly key: string };
  expect([finished.exit, finished.stderr]).toEqual([exit, '']);
  expect(done).toMatchObject({ ok: true, exit });
  expect(existsSync(done.key)).toBe(true);
});

test('a second one on the same index is refused, and the first goes on', async () => {
  const finished = await stopped([...LIVE, '--json'], '"type":"tick"', 'SIGTERM', async () => {
    const second = await runProgram(place, ...LIVE, '--json');
    expect([second.exit, doneOf(second).error?.code]).toEqual([2, 'live-running']);
    expect(second.stderr).toContain(`The index ${index} is live already`);
    expect((await runProgram(place, 'live', 'status', '--index', index)).exit).toBe(0);
  });
  expect(doneOf(finished)).toMatchObject({ ok: true });
});

test('a preset that the index was loaded without is refused before anything happens', async () => {
  const preset = 'payment-gateway-timeout';
  const asked = [...withFlags(LIVE, '--preset', preset), '--at', `1h:${preset}`];
  const { exit, stderr, stdout } = await runProgram(place, ...asked);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain(
    '--at: "payment-gateway-timeout" cannot be started here; did you mean payment_gateway_timeout?',
  );
});

test('its own end is exit code 0; sentences and lines say what begins and ends, and where the key is', async () => {
  const log = join(place.folder, 'live.log');
  const { exit, stdout, stderr } = await runProgram(
    place,
    ...[...LIVE, '--for', '4s', '--at', '1m:circuit_breaker:minor', '--at', '3m:recover', '--log-file', log],
  );
  expect(exit).toBe(0);
  const told = stderr.split('\n').filter((line) => line !== '');
  for (const wanted of [
    /^Target: index live-tell-\d+ at http/,
    /^Live: index live-tell-\d+ at http.*, 60 × real time; stop with Ctrl\+C$/,
    /^\d\d:\d\d: .*index \d.* s behind$/,
    /^Started: \d\d:\d\d-\d\d:\d\d Circuit breaker activation, minor \(live-/,
    /^Ended: \d\d:\d\d-\d\d:\d\d Circuit breaker activation, minor \(live-/,
  ])
    expect(told).toContainEqual(expect.stringMatching(wanted));
  expect(stdout).toMatch(/^Live: [\d,]+ documents added to live-tell/);
  expect(stdout).toMatch(/^ {2}Answer key: \S+incidents\.json$/m);

  // The log has the lines of --json.
  const lines = eventsOf({ exit, stdout: readFileSync(log, 'utf8'), stderr }) as unknown as Line[];
  const begun = lines.find(({ type }) => type === 'incident');
  expect(begun).toMatchObject({
    id: expect.stringMatching(/^live-/),
    at: expect.stringMatching(/^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
    incident: { id: begun?.id, type: 'circuit_breaker', severity: 'minor' },
  });
  expect(lines.find(({ type }) => type === 'incident-ended')).toMatchObject({ id: begun?.id });
});
