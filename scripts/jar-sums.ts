// Writes src/core/local-node/jar-sums.json: the SHA-256 of every jar of the local node, as Maven downloads them now.
// Run it after a change of RUNNER_VERSION: node scripts/jar-sums.ts. It needs Java and Maven. To trust no copy that
// this machine already has, name an empty local repository: MAVEN_ARGS="-Dmaven.repo.local=$(mktemp -d)".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../src/core/local-node/jar-sums.ts';
import { mavenArguments, POM } from '../src/core/local-node/release.ts';

const work = mkdtempSync(join(tmpdir(), 'jar-sums-'));
try {
  writeFileSync(join(work, 'pom.xml'), POM);
  const jars = join(work, 'lib');
  const extra = (process.env['MAVEN_ARGS'] ?? '').split(' ').filter((argument) => argument !== '');
  const { status } = spawnSync('mvn', [...extra, ...mavenArguments(join(work, 'pom.xml'), jars)], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('Maven could not download the jars');
  const sums: Record<string, string> = {};
  for (const name of readdirSync(jars).toSorted()) sums[name] = await sha256(join(jars, name));
  const file = new URL('../src/core/local-node/jar-sums.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(sums, null, 2)}\n`);
  console.log(`${Object.keys(sums).length} jars in jar-sums.json`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
