import { defineConfig } from 'vitest/config';

const layer = (name: string, extra: object = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], ...extra },
});

// The layers of tests. `program` runs the built program without a cluster; `pty` and `integration` share a real OpenSearch.
export default defineConfig({
  test: {
    env: { TZ: 'UTC', FORCE_COLOR: '0', COLUMNS: '80', LINES: '24' },
    testTimeout: 20_000,
    projects: [
      layer('unit'),
      layer('ui'),
      layer('program', { globalSetup: 'test/helpers/built.ts' }),
      layer('pty', {
        testTimeout: 120_000,
        fileParallelism: false,
        globalSetup: 'test/helpers/real-node.ts',
      }),
      layer('integration', {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        globalSetup: 'test/helpers/real-node.ts',
      }),
    ],
  },
});
