import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dashboardsDockerLine, MIN_JAVA, OPENSEARCH_VERSION } from '../../src/core/local-node/release.ts';
import { withTables } from '../helpers/readme.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the tables of the README are those of the program (npm run docs makes them afresh)', () => {
  expect(readme).toBe(withTables(readme));
});

test('the README starts the Dashboards that the program names for its local node', () => {
  const line = dashboardsDockerLine('http://localhost:9200', 'linux');
  expect(readme.replaceAll(/\\\n */g, '')).toContain(line);
});

test('the README names the Java that the local node needs, and no other release of it', () => {
  expect(readme).toContain(`Java ${MIN_JAVA} or newer`);
  for (const [, release] of readme.matchAll(/OpenSearch (\d+\.\d+) node/g))
    expect(OPENSEARCH_VERSION.startsWith(`${release}.`)).toBe(true);
});
