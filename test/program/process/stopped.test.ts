import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, watch } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CLI, newPlace, start } from '../../helpers/program.ts';
import { Terminal } from '../../helpers/pty.ts';

/** Nothing is at this address but silence; what follows the code is the scheme and other flags. */
it.each<[string, NodeJS.Signals, number, string?, ...string[]]>([
  ['doctor', 'SIGINT', 130],
  ['doctor', 'SIGTERM', 143],
  ['validate', 'SIGINT', 130],
  ['clean', 'SIGTERM', 143],
  ['clean', 'SIGINT', 130, 'https', '--fingerprint', Array(32).fill('AB').join(':')],
])(
  '%s that waits is ended by %s with %d and a sentence',
  async (command, signal, exit, scheme = 'http', ...flags) => {
    const place = newPlace();
    // Takes connections and says nothing.
    const silent = createServer();
    const asked = new Promise((resolve) => silent.once('connection', resolve));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const waiting = start(place, [command, '--yes', '--url', `${scheme}://127.0.0.1:${port}`, ...flags]);
    await asked;
    waiting.child.kill(signal);
    const { exit: code, stderr } = await waiting.done;
    silent.close();
    place.remove();
    expect(code).toBe(exit);
    expect(stderr).toMatch(/^Error: Stopped.*; nothing /);
    expect(stderr).not.toContain('Internal error');
  },
);

it('generate --stdout that is stopped says that what it wrote is cut short', async () => {
  const place = newPlace();
  const running = start(place, ['generate', '--stdout', '--sample', '1']);
  await new Promise((resolve) => running.child.stdout.once('data', resolve));
  running.child.kill('SIGINT');
  const { exit, stderr } = await running.done;
  place.remove();
  expect(exit).toBe(130);
  expect(stderr).toContain('Error: Stopped; what was written to standard output is cut short.');
});

it('a window that is closed ends generate, and no half-written file stays', async () => {
  const place = newPlace();
  const folder = join(place.folder, 'data');
  const begun = new Promise<void>((resolve) => {
    mkdirSync(folder);
    const watcher = watch(folder, (_, name) => {
      if (!name?.endsWith('.partial')) return;
      watcher.close();
      resolve();
    });
  });
  const terminal = new Terminal(place, { args: ['generate', '--output-dir', 'data', '--sample', '1'] });
  await begun;
  expect(readdirSync(folder)).not.toEqual([]);
  terminal.closeWindow();
  await expect(terminal.ended).resolves.toMatchObject({ exit: 143 });
  expect(readdirSync(folder)).toEqual([]);
  place.remove();
});

it('generate without any terminal goes on after SIGHUP, as nohup wants it', async () => {
  const place = newPlace();
  const running = start(place, ['generate', '--stdout', '--days', '1', '--sample', '60']);
  await new Promise((resolve) => running.child.stdout.once('data', resolve));
  running.child.kill('SIGHUP');
  const { exit, stdout } = await running.done;
  place.remove();
  expect(exit).toBe(0);
  expect(stdout.endsWith('}\n')).toBe(true);
});

it.runIf(existsSync('/dev/full'))(
  'standard output on a full disk ends generate with a sentence and exit 2',
  async () => {
    const place = newPlace();
    const line = 'exec "$0" "$1" generate --stdout --days 1 --sample 3000 >/dev/full';
    const child = spawn('bash', ['-c', line, process.execPath, CLI], {
      cwd: place.folder,
      env: place.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
    place.remove();
    expect(stderr).toContain('Error: Standard output cannot be written: the disk is full.');
    expect(stderr.match(/Error: /g)).toHaveLength(1);
    expect(exit).toBe(2);
  },
);
