// The built program as a child process, with empty folders of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunDone, RunEvent } from '../../src/core/events.ts';

export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Finished {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly remove: () => void;
}

/** A folder that serves as home, XDG folders and working directory of the program. */
export function newPlace(extra: NodeJS.ProcessEnv = {}): Place {
  const folder = mkdtempSync(join(tmpdir(), 'incident-demo-place-'));
  const xdg = Object.fromEntries(
    ['CACHE', 'STATE', 'CONFIG'].map((name) => [`XDG_${name}_HOME`, join(folder, name.toLowerCase())]),
  );
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8', TZ: 'UTC', ...xdg, ...extra };
  return { folder, env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts the program; `done` resolves when it has ended and its output is read. */
export function start(place: Place, args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: place.folder,
    env: place.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const done = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, stdout, stderr }));
  });
  return { child, done, output: () => stdout };
}

export const runProgram = (place: Place, ...args: string[]): Promise<Finished> => start(place, args).done;

/** The events of a run with --json. */
export function eventsOf({ stdout }: Finished): RunEvent[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RunEvent);
}

/** The last event, which must be `done`. */
export function doneOf(finished: Finished): RunDone {
  const last = eventsOf(finished).at(-1);
  if (last?.type !== 'done')
    throw new Error(`the last event is not done:\n${finished.stdout}\n${finished.stderr}`);
  return last;
}

/** A run into an index, without a question, told as events. */
export const runInto = (url: string, index: string) =>
  ['run', '--url', url, '--index', index, '--yes', '--json'] as const;
