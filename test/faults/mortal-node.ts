// A node of its own that may be killed. Its log reaches the disk only now and then, so that a kill loses documents.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../src/core/local-node/files.ts';
import { localNodeStatus, startLocalNode, stopLocalNode } from '../../src/core/local-node/local-node.ts';
import { ADMIN } from '../../src/core/local-node/security.ts';
import { askText } from '../helpers/ask.ts';
import { newPlace, type Place } from '../helpers/program.ts';
import { testCacheFolder } from '../helpers/real-node.ts';
import { type Door, openDoor, SECRETS } from './door.ts';

const FIRST_PORT = 9290;
/** A signal to 0 would reach ourselves; this number no process has. */
const NOBODY = 2 ** 30;

export class MortalNode {
  readonly #directories = {
    cache: testCacheFolder(),
    state: mkdtempSync(join(tmpdir(), 'incident-demo-mortal-')),
  };
  readonly #kind: 'plain' | 'secure';
  #address = '';
  #port = FIRST_PORT;
  #fingerprint = '';
  #door: Door | undefined;

  /** @param secure with the security plugin. */
  constructor(secure: boolean) {
    this.#kind = secure ? 'secure' : 'plain';
  }

  /** Where the trial asks it, without a sign-in. */
  get url(): string {
    return this.#door?.url ?? this.#address;
  }

  /** The flags by which a run reaches it; the password is in the environment of its place. */
  get flags(): readonly string[] {
    const signIn = ['--username', ADMIN, '--fingerprint', this.#fingerprint];
    return ['--url', this.#address, ...(this.#kind === 'secure' ? signIn : [])];
  }

  place(): Place {
    return newPlace(this.#kind === 'secure' ? { OPENSEARCH_PASSWORD: SECRETS.password } : {});
  }

  async up(): Promise<void> {
    const secure = this.#kind === 'secure' ? SECRETS : undefined;
    const directories = this.#directories;
    const options = { directories, env: process.env, firstPort: this.#port, secure };
    for await (const { url, fingerprint = '' } of startLocalNode(options)) {
      if (url === undefined) continue;
      this.#address = url;
      this.#fingerprint = fingerprint;
    }
    this.#port = Number(new URL(this.#address).port);
    if (!secure) return;
    const ca = readFileSync(nodeFiles(directories, 'secure').certificate, 'utf8');
    await this.#door?.close();
    this.#door = await openDoor(this.#address, ca);
  }

  async kill(): Promise<void> {
    const { pid = NOBODY } = await localNodeStatus(this.#directories, this.#kind);
    process.kill(pid, 'SIGKILL');
  }

  async forgetful(): Promise<void> {
    await askText(`${this.url}/_index_template/forgetful`, {
      method: 'PUT',
      body: {
        index_patterns: ['kill-test-*'],
        template: { settings: { index: { translog: { durability: 'async', sync_interval: '30s' } } } },
      },
    });
  }

  async down(): Promise<void> {
    await this.#door?.close();
    await stopLocalNode(this.#directories, this.#kind);
    rmSync(this.#directories.state, { recursive: true, force: true });
  }
}
