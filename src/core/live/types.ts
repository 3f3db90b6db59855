// The commands of a live shop, and its events.
import type { RunDone, RunEvent } from '../events.ts';
import type { Severity } from '../plan/labels.ts';
import type { Preset } from '../plan/preset.ts';

/** An incident that was started by hand. Instants are in time of the shop, ms. */
export interface LiveIncident {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  /** The preset whose settings it has. */
  readonly preset: string | null;
  readonly severity: Severity;
  readonly startMs: number;
  readonly endMs: number;
  readonly recoveredMs: number;
}

/** How the shop was at a moment: what ended in the time before it, as far as it is in the index. */
export interface LiveMoment {
  readonly startMs: number;
  /** Transactions of the shop a minute, before sampling. */
  readonly perMinute: number;
  readonly p95Ms: number;
  /** 0 to 1. */
  readonly errorRate: number;
}

/** Told each second. */
export interface LiveTick {
  readonly type: 'tick';
  readonly simulatedMs: number;
  /** Every document that ended before it is in the index. */
  readonly indexedMs: number;
  readonly lagMs: number;
  /** Documents in the index since the shop went live. */
  readonly documents: number;
  /** The latest, oldest first. */
  readonly moments: readonly LiveMoment[];
  readonly running?: LiveIncident;
  /** An incident of the plan itself that has not recovered yet. */
  readonly planned?: LiveIncident;
  /** The latest errors, oldest first. */
  readonly errors: readonly { readonly ms: number; readonly text: string }[];
}

export type LiveCommand =
  | {
      readonly type: 'start';
      /** A type of incident, the id of a preset, or `red_herring`. */
      readonly what: string;
      readonly severity: Severity;
      readonly durationMinutes: number;
    }
  | { readonly type: 'recover' };

export type LiveEvent =
  | Exclude<RunEvent, RunDone>
  /** The presets of the index: what can be started by name besides the types. Told before anything is written. */
  | { readonly type: 'live-presets'; readonly presets: readonly Preset[] }
  | {
      readonly type: 'live-started';
      /** Of the run. */
      readonly id: string;
      readonly index: string;
      readonly url: string;
      readonly simulatedMs: number;
      readonly speed: number;
      readonly timeZone: string;
      readonly dashboard?: string;
    }
  | LiveTick
  | {
      readonly type: 'incident-started' | 'incident-ended' | 'incident-recovered';
      readonly incident: LiveIncident;
    }
  /**
   * The index ends a while ago: what happens to the time since then is to be chosen. Instants are ms since 1970; `documents`
   * is about how many fill it.
   */
  | {
      readonly type: 'gap-found';
      readonly lastMs: number;
      readonly nowMs: number;
      readonly documents: number;
      readonly timeZone: string;
    }
  | { readonly type: 'command-refused'; readonly reason: string }
  | LiveDone;

/** The last event; `key` is the path of incidents.json. */
type LiveDone = RunDone & { readonly key: string };
