// What `node stop` says about the process that it starts in the background. Node and Java are shell scripts.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endOverdueRecordings } from '../../../src/core/local-node/aot-recording.ts';
import { nodeFiles, writeNote } from '../../../src/core/local-node/files.ts';
import { newPlace, type Place, runProgram } from '../../helpers/program.ts';

const CACHING = 'made in the background (about a minute, 110 MB)';

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(async () => {
  await endOverdueRecordings(filesOf(place), 0);
  place.remove();
});

function filesOf({ folder }: Place) {
  const [cache, state] = ['cache', 'state'].map((name) => join(folder, name, 'incident-demo'));
  return nodeFiles({ cache: cache ?? '', state: state ?? '' });
}

/** A process that looks like our node, noted as one that runs on a Java of this version. */
async function startNode(major: number): Promise<void> {
  const home = join(place.folder, 'jdk');
  const files = filesOf(place);
  for (const folder of [join(home, 'bin'), files.home]) mkdirSync(folder, { recursive: true });
  const script = join(home, 'bin', 'java');
  writeFileSync(script, "#!/bin/sh\ntrap 'kill $!; exit' TERM\nsleep 60 & wait\n");
  chmodSync(script, 0o755);
  const child = spawn(script, ['OpenSearchRunner', '-basePath', files.base], { stdio: 'ignore' });
  await once(child, 'spawn');
  writeNote(files, { pid: child.pid ?? 0, port: 9299, java: { home, version: `${major}.0.1`, major } });
}

test('the stop that begins to make the cache says so, a second one does not', async () => {
  await startNode(25);
  const first = await runProgram(place, 'node', 'stop');
  expect(first.stdout).toContain('The local OpenSearch is stopped; its data is kept.');
  expect(first.stdout).toContain(CACHING);
  await startNode(25);
  const second = await runProgram(place, 'node', 'stop');
  expect(second.stdout).toContain('is stopped');
  expect(second.stdout).not.toContain(CACHING);
});

test('with a Java that makes none, nothing is said of it', async () => {
  await startNode(24);
  const { stdout } = await runProgram(place, 'node', 'stop');
  expect(stdout).toContain('is stopped');
  expect(stdout).not.toContain(CACHING);
});
