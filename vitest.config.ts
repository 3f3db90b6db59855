import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/helpers/longest-first.ts';

const layer = (name: string, extra: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], ...extra },
});

// Vitest leaves one core free by default, which on two cores means one file after the other.
const WORKERS = Math.max(2, availableParallelism());

/** A layer on the real OpenSearch, after the layers before it, so that none of them disturbs its times. */
const onRealNode = (name: string, groupOrder: number, maxWorkers: number) =>
  layer(name, {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['test/helpers/built.ts', 'test/helpers/real-node.ts'],
    sequence: { groupOrder },
    maxWorkers,
  });

// The layers of tests, in order. `program` runs the built program without a cluster; `integration` and `pty` share a
// real OpenSearch, where each file has indexes of its own. `pty` measures how soon a screen answers: one file at a time.
export default defineConfig({
  test: {
    env: { TZ: 'UTC', FORCE_COLOR: '0', COLUMNS: '80', LINES: '24' },
    testTimeout: 20_000,
    maxWorkers: WORKERS,
    sequence: { sequencer: LongestFirst },
    projects: [
      layer('unit', { maxWorkers: WORKERS, setupFiles: 'test/helpers/repeatable.ts' }),
      layer('ui', { maxWorkers: WORKERS, setupFiles: 'test/helpers/repeatable.ts' }),
      layer('program', { maxWorkers: WORKERS, globalSetup: 'test/helpers/built.ts' }),
      onRealNode('integration', 1, 2),
      onRealNode('pty', 2, 1),
    ],
  },
});
