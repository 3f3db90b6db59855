// What a detector says: from when to when something was wrong and, if it knows, where and why.
import type { Component, Reason } from '../plan/labels.ts';

/** One detection: `[startMs, endMs]`; a moment has both alike. */
export interface Detection {
  readonly startMs: number;
  readonly endMs: number;
  readonly component?: Component;
  readonly reason?: Reason;
}
