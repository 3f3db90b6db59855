// What every effect is carried out with, and how a failure comes back as an event.
import type { LiveControl } from '../../core/live/control.ts';
import type { LoadControl } from '../../core/load/control.ts';
import { type AppError, asAppError } from '../../errors/app-error.ts';
import type { Effect, WizardEvent } from '../events.ts';
import type { Planner, Services } from '../services.ts';

/** What one effect leaves for later ones. */
export interface Memory {
  planner?: Planner;
  /** Of the run that is under way. */
  control?: LoadControl;
  /** Of the live shop. */
  live?: LiveControl;
}

export interface Context<E extends Effect = Effect> {
  readonly effect: E;
  readonly services: Services;
  readonly memory: Memory;
  readonly signal: AbortSignal;
  readonly dispatch: (event: WizardEvent) => void;
}

/** The context of an effect of this type. */
export type Of<T extends Effect['type']> = Context<Extract<Effect, { type: T }>>;

/** The events that say no more than why something failed. */
type Failure = Exclude<Extract<WizardEvent, { error: AppError }>, { of: unknown }>['type'];

/** Does the work; where it fails, this event says why. */
export async function attempt(
  { dispatch }: Context,
  failure: Failure,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    dispatch({ type: failure, error: asAppError(error) });
  }
}
