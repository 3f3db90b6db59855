// How far the connection is: what the ladder has found at the address, and the local node that is being started.
import type { LadderStep } from '../core/cluster/types.ts';
import type { NodeEvent } from '../core/events.ts';
import type { AppError } from '../errors/app-error.ts';

export type ConnectionState =
  | { readonly state: 'unreadable'; readonly error: AppError }
  /** Not tried yet, or no longer: Enter tries it. */
  | { readonly state: 'idle'; readonly rungs: readonly LadderStep[] }
  | {
      readonly state: 'climbing';
      readonly rungs: readonly LadderStep[];
      /** When the rung that is being checked was reached. */
      readonly sinceMs: number;
      /** Enter was pressed: credentials are sent, too. Without it the ladder ends before them. */
      readonly signIn: boolean;
    }
  | { readonly state: 'up'; readonly rungs: readonly LadderStep[] }
  | {
      readonly state: 'down';
      readonly rungs: readonly LadderStep[];
      readonly error: AppError;
      /** It is being tried again, or will be at this time; the panel stays in view meanwhile. */
      readonly retry?: Retry;
    };

interface Retry {
  readonly atMs: number;
  /** Tried again and again, this far apart; left out, only once. */
  readonly everyMs?: number;
  readonly rungs: readonly LadderStep[];
}

export type LocalNode =
  | { readonly state: 'off' }
  | { readonly state: 'starting'; readonly events: readonly NodeEvent[]; readonly sinceMs: number }
  | { readonly state: 'failed'; readonly error: AppError };
