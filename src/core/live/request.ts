// What a live shop is asked for, and what is known at its end.
import type { RunDone } from '../events.ts';
import type { RunRequest } from '../run/request.ts';
import type { Gap } from './gap.ts';

export interface LiveRequest extends RunRequest {
  /** Seconds of the shop that pass in one. */
  readonly speed: number;
  /** How long it goes on, ms of real time; left out, until it is stopped. */
  readonly forMs: number | undefined;
  /** What happens to the time since the last document; with `ask`, an event puts the question and LiveControl takes the answer. */
  readonly gap: Gap | 'ask';
  /** One of so many sessions is kept from now on; left out, as many as until now. */
  readonly sample?: number | undefined;
}

/** What the last event says besides the result. */
export interface Last {
  /** Path of the answer key. */
  key: string;
  /** The end of a load that was wanted first and failed. */
  failed?: RunDone;
}
