import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/helpers/longest-first.ts';

/** It measures how soon keys are answered and a load stops, so that nothing else may run beside it. */
const ALONE = 'test/pty/ui/ink/screens/load.test.ts';

/** They put something else in the place of a module or of a global, which other files must not see. */
const REPLACING = [
  'test/unit/core/local-node/port-forwarded.test.ts',
  'test/unit/core/generate/encode/encoder.test.ts',
];

const layer = (name: string, extra: object = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.{ts,tsx}`],
    exclude: [ALONE, ...REPLACING],
    // Files of a worker share what they import: to load it anew for each takes a tenth of the whole time.
    isolate: false,
    ...extra,
  },
});

// Vitest leaves one core free by default, which on two cores means one file after the other.
const WORKERS = Math.max(2, availableParallelism());

/** Tests on the real OpenSearch, after those that need none, so that none of them disturbs its times. */
const onRealNode = (name: string, extra: object) =>
  layer(name, {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['test/helpers/built.ts', 'test/helpers/real-node.ts'],
    ...extra,
  });

// The layers of tests, in order. `program` runs the built program without a cluster; `integration` and `pty` share a
// real OpenSearch, where each file has indexes of its own. `pty-alone` and
// `unit-apart` hold the files of those layers that need to be by themselves.
export default defineConfig({
  test: {
    env: { TZ: 'UTC', FORCE_COLOR: '0', COLUMNS: '80', LINES: '24' },
    testTimeout: 20_000,
    maxWorkers: WORKERS,
    sequence: { sequencer: LongestFirst },
    projects: [
      layer('unit', { maxWorkers: WORKERS, setupFiles: 'test/helpers/repeatable.ts' }),
      layer('unit-apart', {
        ...{ include: REPLACING, exclude: [], isolate: true, maxWorkers: WORKERS },
        setupFiles: 'test/helpers/repeatable.ts',
      }),
      layer('ui', { maxWorkers: WORKERS, setupFiles: 'test/helpers/repeatable.ts' }),
      layer('program', { maxWorkers: WORKERS, globalSetup: 'test/helpers/built.ts' }),
      onRealNode('integration', { sequence: { groupOrder: 1 }, maxWorkers: 3 }),
      onRealNode('pty', { sequence: { groupOrder: 1 }, maxWorkers: 3 }),
      onRealNode('pty-alone', { include: [ALONE], exclude: [], sequence: { groupOrder: 2 }, maxWorkers: 1 }),
    ],
  },
});
