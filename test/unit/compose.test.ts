// compose.yaml starts what this program is made for, reachable from this machine only.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/command-line/parse.ts';
import { OPENSEARCH_VERSION } from '../../src/core/local-node/release.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const compose = read('compose.yaml');
const all = (pattern: RegExp) => Array.from(compose.matchAll(pattern), ([, found = '']) => found);

describe('compose.yaml', () => {
  it('has the versions of the program', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const images = all(/^ +image: (\S+)$/gm);
    expect(images.slice(0, 2)).toEqual([
      `opensearchproject/opensearch:${OPENSEARCH_VERSION}`,
      `opensearchproject/opensearch-dashboards:${OPENSEARCH_VERSION}`,
    ]);
    const [, node] = /^node:(\d+)-/.exec(images[2] ?? '') ?? [];
    expect(engines.node).toContain(`^${node}.`);
    expect(images.length).toBe(3);
  });

  it('opens its ports to this machine only', () => {
    const ports = all(/^ +- (\S*:\d+:\d+)$/gm);
    expect(ports).toEqual(['127.0.0.1:9200:9200', '127.0.0.1:5601:5601']);
  });

  it('runs a command that this program takes, without a question', () => {
    const [line = ''] = all(/npm start -s -- (.+)$/gm);
    const { command, settings } = parseArguments(line.split(' '), {});
    expect(command).toBe('run');
    expect(settings).toMatchObject({ dashboards: 'http://localhost:5601', yes: true });
  });

  it('waits until both are ready', () => {
    const [, demo = ''] = compose.split(/^ {2}demo:$/m);
    expect(demo).toMatch(/opensearch:\n +condition: service_healthy/);
    expect(demo).toMatch(/dashboards:\n +condition: service_healthy/);
  });
});
