// What is installed is what the lock file says, byte for byte, the Node that runs the repository's commands included.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
}

const json = (name: string) => JSON.parse(readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8'));
const { packages } = json('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const { allowScripts } = json('package.json') as { allowScripts: Readonly<Record<string, boolean>> };

/** Packages that are downloaded, by name; the others lie in this repository. */
const downloaded = Object.entries(packages).flatMap(([path, locked]) => {
  const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
  return name === undefined || locked.link ? [] : [{ name, ...locked }];
});

it('gives a checksum of each package that is downloaded', () => {
  expect(downloaded.length).toBeGreaterThan(100);
  for (const { name, integrity } of downloaded)
    expect([name, integrity]).toEqual([name, expect.stringMatching(/^sha512-/)]);
});

it('lets no package run a script when it is installed', () => {
  const scripted = downloaded.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  expect(allowScripts).toEqual(Object.fromEntries(scripted.map((name) => [name, false])));
});

const fits = (wanted: Locked['os'], mine: string) => [wanted].flat().includes(mine);
const nodes = downloaded.filter(({ bin }) => bin?.['node']);
const here = nodes.filter(({ os, cpu }) => fits(os, process.platform) && fits(cpu, process.arch));

it('has the Node of the usual systems, of a version that the program supports', () => {
  const systems = nodes.map(({ os, cpu }) => `${[os].flat()} ${[cpu].flat()}`);
  expect(systems.toSorted()).toEqual(['darwin arm64', 'darwin x64', 'linux arm64', 'linux x64', 'win32 x64']);
  for (const { version } of nodes) expect(version).toMatch(/^(24\.(1[5-9]|[2-9]\d)|2[6-9]\.\d+)\.\d+$/);
});

it.skipIf(here.length === 0)('runs these tests on that Node', () => {
  expect(here.map(({ version }) => version)).toEqual([process.versions.node]);
});
