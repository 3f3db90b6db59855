import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { newPlace, start } from '../helpers/program.ts';

it.each([
  ['doctor', 'SIGINT', 130],
  ['doctor', 'SIGTERM', 143],
  ['validate', 'SIGINT', 130],
  ['clean', 'SIGTERM', 143],
] as const)('%s that waits is ended by %s with %d and a sentence', async (command, signal, exit) => {
  const place = newPlace();
  // Takes connections and says nothing.
  const silent = createServer();
  const asked = new Promise((resolve) => silent.once('connection', resolve));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const waiting = start(place, [command, '--yes', '--url', `http://127.0.0.1:${port}`]);
  await asked;
  waiting.child.kill(signal);
  const { exit: code, stderr } = await waiting.done;
  silent.close();
  place.remove();
  expect(code).toBe(exit);
  expect(stderr).toMatch(/^Error: Stopped.*; nothing /);
  expect(stderr).not.toContain('Something went wrong');
});
