import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  lastPort,
  nodeFiles,
  privateFolder,
  readNote,
  removeNote,
  writeNote,
} from '../../../../src/core/local-node/files.ts';
import { startLocalNode } from '../../../../src/core/local-node/local-node.ts';
import { writeSettings } from '../../../../src/core/local-node/settings.ts';
import type { AppError } from '../../../../src/errors/app-error.ts';

const root = mkdtempSync(join(tmpdir(), 'incident-demo-files-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const failure = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('it did not fail');
};

test('a folder of the node is for this user alone, its parents too', () => {
  const folder = join(root, 'a', 'b');
  privateFolder(folder);
  for (const path of [folder, join(root, 'a')]) expect(statSync(path).mode & 0o077).toBe(0);
});

// Node's own recursive mkdir never returns there.
test.runIf(process.platform === 'linux')(
  'where no folder can be made, as in /proc, a start fails at once',
  async () => {
    const error = failure(() => privateFolder('/proc/x/incident-demo/node'));
    expect(error).toMatchObject({ code: 'node-failed', exit: 3 });
    expect(error.message).toContain('/proc/x/incident-demo/node');
    expect(() => writeSettings('/proc/x/incident-demo/node/opensearch', '3.8.0')).toThrow();
    const jdk = join(root, 'jdk');
    privateFolder(jdk);
    writeFileSync(join(jdk, 'release'), 'JAVA_VERSION="25.0.1"\n');
    const directories = { cache: join(root, 'cache'), state: '/proc/x/incident-demo' };
    const start = startLocalNode({ directories, env: {}, javaCandidates: [jdk] });
    expect((await start.next()).value).toMatchObject({ phase: 'java' });
    await expect(start.next()).rejects.toMatchObject({ code: 'node-failed' });
  },
);

test('the note goes when the node stops; its port is kept for the next start', async () => {
  const files = nodeFiles({ cache: root, state: root });
  expect(await lastPort(files)).toBeUndefined();
  privateFolder(files.home);
  writeNote(files, { pid: 1234, port: 9207 });
  expect(await readNote(files)).toEqual({ pid: 1234, port: 9207 });
  expect(statSync(files.note).mode & 0o777).toBe(0o600);
  const java = { home: '/jdk', version: '25.0.3', major: 25 };
  writeNote(files, { pid: 1234, port: 9207, java });
  expect(await readNote(files)).toEqual({ pid: 1234, port: 9207, java });
  await removeNote(files);
  expect(await readNote(files)).toBeUndefined();
  expect(await lastPort(files)).toBe(9207);
});

test.each(['', 'x', '80', '9200.5', '70000', '-9200'])('a damaged port counts as none: %j', async (text) => {
  const files = nodeFiles({ cache: root, state: root });
  privateFolder(files.home);
  writeFileSync(files.port, text);
  expect(await lastPort(files)).toBeUndefined();
});
