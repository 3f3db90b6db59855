// What a run would remember in its index.

import type { RunMeta } from '../../src/core/cluster/indexes/run-meta.ts';

export const testMeta: RunMeta = {
  tool: 'incident-demo',
  version: '0.0.0',
  run: 'test-run',
  key: 'testkey',
  seed: 1,
  now: '2026-11-24T15:00:00.000Z',
  parameters: { days: 7 },
  presets: [],
};
