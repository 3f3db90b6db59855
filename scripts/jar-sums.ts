// Writes jar-sums.json and security-jar-sums.json in src/core/local-node: the SHA-256 of every jar of a local node, as
// Maven downloads them now. Run it after a change of RUNNER_VERSION or SECURITY_VERSION: node scripts/jar-sums.ts. It
// needs Java and Maven. To trust no copy that this machine already has, name an empty local repository:
// MAVEN_ARGS="-Dmaven.repo.local=$(mktemp -d)".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Download, mavenArguments, OPENSEARCH, SECURITY } from '../src/core/local-node/downloads.ts';
import { sha256 } from '../src/core/local-node/jar-sums.ts';

/** `netty-common` of `netty-common-4.2.16.Final.jar`. */
const artifactOf = (jar: string) => jar.replace(/-\d.*$/, '');

/** The SHA-256 of each jar of a download. */
async function sumsOf(download: Download): Promise<Record<string, string>> {
  const work = mkdtempSync(join(tmpdir(), 'jar-sums-'));
  try {
    writeFileSync(join(work, 'pom.xml'), download.pom);
    const jars = join(work, 'lib');
    const extra = (process.env['MAVEN_ARGS'] ?? '').split(' ').filter((argument) => argument !== '');
    const { status } = spawnSync(
      'mvn',
      [...extra, ...mavenArguments(download, join(work, 'pom.xml'), jars)],
      {
        stdio: 'inherit',
      },
    );
    if (status !== 0) throw new Error('Maven could not download the jars');
    const names = readdirSync(jars).filter((name) => name.endsWith('.jar'));
    const sums: Record<string, string> = {};
    for (const name of names.toSorted()) sums[name] = await sha256(join(jars, name));
    return sums;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function write(file: string, sums: Readonly<Record<string, string>>): void {
  const url = new URL(`../src/core/local-node/${file}`, import.meta.url);
  writeFileSync(url, `${JSON.stringify(sums, null, 2)}\n`);
  console.log(`${Object.keys(sums).length} jars in ${file}`);
}

const opensearch = await sumsOf(OPENSEARCH);
const has = new Set(Object.keys(opensearch).map(artifactOf));
const security = Object.entries(await sumsOf(SECURITY)).filter(([name]) => !has.has(artifactOf(name)));
write('jar-sums.json', opensearch);
write('security-jar-sums.json', Object.fromEntries(security));
