// Where credentials come from, and that only one kind counts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/core/directories.ts';
import { readConnection } from '../../../src/options/connection.ts';
import type { Settings } from '../../../src/options/settings.ts';
import { defaultSettings } from '../../../src/options/table.ts';

const folder = mkdtempSync(join(tmpdir(), 'incident-demo-connection-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (settings: Partial<Settings>, environment: Environment = {}) =>
  readConnection({ ...defaultSettings(), ...settings }, environment);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('a bearer token', () => {
  it('comes from its file or the environment, also with the word before it', () => {
    expect(read({ tokenFile: file('token', '\uFEFFBearer eyJ.a-b_c\n') }).token).toBe('eyJ.a-b_c');
    expect(read({}, { OPENSEARCH_TOKEN: 'eyJ' }).token).toBe('eyJ');
  });
  it('that no header can carry is refused without repeating it', () => {
    const refused = () => read({}, { OPENSEARCH_TOKEN: 's3cr3t with spaces' });
    expect(refused).toThrow('OPENSEARCH_TOKEN: the value is not a bearer token');
    expect(refused).not.toThrow('s3cr3t');
  });
});

describe('two kinds of credentials', () => {
  const token = file('kind', 'abc');
  it.each<[Partial<Settings>, Environment, string]>([
    [
      { tokenFile: token, username: 'anna' },
      {},
      'a user name (--username or OPENSEARCH_USERNAME) and --token-file',
    ],
    [{ tokenFile: token, passwordFile: token }, {}, '--password-file and --token-file'],
    [{}, { OPENSEARCH_TOKEN: 'abc', OPENSEARCH_PASSWORD: 'x' }, 'OPENSEARCH_PASSWORD and OPENSEARCH_TOKEN'],
    [{ tokenFile: token, awsRegion: 'eu-central-1' }, {}, '--token-file and --aws-region'],
    [{ username: 'anna', awsRegion: 'eu-central-1' }, {}, 'and --aws-region'],
  ])('%j %j are one clear error', (settings, environment, words) => {
    expect(() => read(settings, environment)).toThrow(words);
  });
  it('are none for the local node, which takes none of them', () => {
    expect(() => read({ local: true, tokenFile: token, username: 'anna' })).not.toThrow();
  });
  it('are not a certificate beside a password', () => {
    expect(read({ clientCert: 'a.pem', username: 'anna' })).toMatchObject({
      clientCert: 'a.pem',
      username: 'anna',
    });
  });
});
