// The types of a plan: everything that is decided before a document exists. All of it is plain JSON.

import type { MARKER_EVENTS } from '../documents/markers.ts';
import type { Blip } from './blips.ts';
import type { Component, Mitigation, Reason, RedHerring, Severity } from './labels.ts';
import type { ModelSettings } from './models/incident-model.ts';
import type { IncidentType } from './models/registry.ts';
import type { PlanParameters } from './parameters.ts';
import type { Pause } from './pauses.ts';
import type { Preset } from './preset.ts';
import type { DenseSpan } from './sampling.ts';
import type { Sight } from './sight.ts';
import type { ZoneOffset } from './time-zone.ts';

/** What an incident is expected to look like in the index, after sampling; from the model, not counted. */
export interface Expectation {
  readonly documents: number;
  /** Documents of the window by error code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Share of the window's documents that fail, 0 to 1. */
  readonly errorRate: number;
}

/** One incident: `[startMs, endMs)` is the incident, `[endMs, recoveredMs)` the recovery. */
export interface Incident {
  readonly id: string;
  readonly type: IncidentType;
  readonly title: string;
  /** Id of the preset it comes from; null for a random one. */
  readonly preset: string | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly recoveredMs: number;
  readonly rootCause: string;
  readonly severity: Severity;
  readonly component: Component;
  readonly reason: Reason;
  /** When the cause ends, and by what; what it left behind drains until endMs and decays until recoveredMs. */
  readonly mitigatedMs: number;
  readonly mitigation: Mitigation;
  /** The failing payment gateway, where there is one. */
  readonly gateway?: string;
  readonly servers: readonly string[];
  /** The balancer whose customers alone feel it; all do when left out. */
  readonly balancer?: string;
  /** Checkout steps that fail or slow down. */
  readonly steps: readonly string[];
  /** Settings of the model: those of the preset, or those drawn. */
  readonly settings: ModelSettings;
  /** Share of the window's transactions that the model aims to fail, 0 to 1; of a subtle one, without the customers' own. */
  readonly targetErrorRate: number;
  /** Of one started by hand: its course if it is not ended early, and when it was. */
  readonly live?: { readonly endMs: number; readonly recoveredMs: number; readonly mitigatedMs: number };
  readonly recoverMs?: number | undefined;
  readonly expected: Expectation;
}

/** A change or a restart that the shop's tools wrote down: a document among the transactions, most of them harmless. */
export interface Marker {
  readonly ms: number;
  readonly eventType: (typeof MARKER_EVENTS)[number];
  /** Index into SERVERS; -1 for all of them. */
  readonly server: number;
  /** Version of the service after it. */
  readonly version: string;
  readonly message: string;
  /** True where it was begun by hand: it changes nothing in documents that were written when it began, nor in others. */
  readonly unfelt?: boolean;
}

/** A preset that is not in the data, and why. */
export interface Omitted {
  readonly id: string;
  /** Days of data that would hold its window. */
  readonly needsDays: number;
  /** `days`: its window lies before the data. `to-come`: its start is still ahead and no demo day was chosen. */
  readonly reason: 'days' | 'to-come';
}

/** Everything that is decided about a data set. The same plan gives the same bytes. */
export interface Plan {
  readonly version: number;
  /** Short hash of everything that shapes the data except now. */
  readonly key: string;
  readonly parameters: PlanParameters;
  readonly presets: readonly Preset[];
  /** `YYYY-MM-DD`, local. */
  readonly demoDay: string;
  readonly nowMs: number;
  /** Documents lie in `[startMs, endMs)`. */
  readonly startMs: number;
  readonly endMs: number;
  /** Start of slot 0: some minutes before startMs, so that the first minute of data holds later steps too. */
  readonly firstSlotMs: number;
  readonly slotMs: number;
  readonly slotCount: number;
  readonly offsets: readonly ZoneOffset[];
  /** In order of time. */
  readonly incidents: readonly Incident[];
  /**
   * Incidents that begin so soon after the end of the data that sessions of its last minutes reach them. They are not in
   * the data, but those minutes are drawn as if they were, so that the past does not depend on now.
   */
  readonly upcoming: readonly Incident[];
  readonly omitted: readonly Omitted[];
  /** In order of time. */
  readonly redHerrings: readonly RedHerring[];
  /** In order of time, all of them in the data. */
  readonly markers: readonly Marker[];
  /** Those of the minutes after the data, which sessions of its last minutes reach. */
  readonly laterMarkers: readonly Marker[];
  /** In order of time, also those that such sessions reach. */
  readonly blips: readonly Blip[];
  /** What the documents do not show, or show wrongly. */
  readonly sight: Sight;
  /** Version of the service on each server when the data begin. */
  readonly firstVersions: readonly string[];
  /** When no document was kept, since the live shop was not running; in order of time. */
  readonly pauses: readonly Pause[];
  /** When more sessions are kept than parameters.sample says; in order of time. */
  readonly dense: readonly DenseSpan[];
  /**
   * The plans that held until an incident was started by hand or ended early, in order of time: sessions that began by
   * then are drawn by them, and only what happens later follows this plan. Left out where that never happened.
   */
  readonly earlier?: readonly { readonly untilMs: number; readonly plan: Plan }[];
}

/** This share of the slots: part `index` (from 1) of `of`. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

export const PHASES = ['normal', 'incident', 'recovery'] as const;
