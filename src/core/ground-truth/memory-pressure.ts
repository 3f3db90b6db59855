// What a memory leak must show: full memory and long garbage collections.
import { single } from './evidence-common.ts';
import type { TypeEvidence } from './type-evidence.ts';

export const memoryPressureEvidence: TypeEvidence = () => [
  {
    ...single('memory-at-most', 'Highest memory usage of a server', 'max', 'memory_usage_percent'),
    expect: { equals: 'max_memory_percent' },
  },
  {
    ...single('longest-pause', 'Longest garbage-collection (GC) pause', 'max', 'gc_pause_ms'),
    expect: { equals: 'max_gc_pause_ms' },
  },
];
