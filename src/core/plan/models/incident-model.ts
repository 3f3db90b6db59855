// What an incident type is. Each type is one module of this folder, and one of ground-truth for what must be found of it.
import type { GenericSchema } from 'valibot';
import * as v from 'valibot';
import { number, oneOf } from '../../schema/fields.ts';
import type { Component, Mitigation, Reason, Severity } from '../labels.ts';
import { PARAMETERS, type PlanBasis } from '../parameters.ts';
import { GATEWAYS, SERVERS } from '../shop.ts';
import type { Timeline } from '../timeline.ts';
import { type CallFailure, longestFailureMs } from './call-times.ts';
import type { Course } from './course.ts';
import type { Totals } from './totals.ts';

/** Settings of a model: those of a preset, or those drawn. */
export type ModelSettings = Readonly<Record<string, number | string>>;

/**
 * What a model needs to know of its incident: `[startMs, endMs)` is the incident, `[endMs, recoveredMs)` the recovery. It
 * starts at a reading, and the trouble some seconds later.
 */
export interface ModelIncident {
  readonly startMs: number;
  readonly endMs: number;
  readonly recoveredMs: number;
  /** Seconds from startMs to the onset, below READING_S. */
  readonly onsetS: number;
  /** Id of the preset it comes from; null for a random one. */
  readonly preset: string | null;
  readonly severity: Severity;
  readonly reason: Reason;
  readonly course: Course;
  /** The failing payment gateway, where there is one. */
  readonly gateway?: string;
  /** The servers that are affected. */
  readonly servers: readonly string[];
  /** The balancer whose customers alone feel it. */
  readonly balancer?: string;
  readonly settings: ModelSettings;
  /** Share of the window's transactions that the model aims to fail, 0 to 1. */
  readonly targetErrorRate: number;
}

export interface IncidentModel {
  /** The name of the type in presets and answer keys. */
  readonly type: string;
  readonly title: string;
  readonly rootCause: string;
  /** The same where it says that breakers open, for an incident too small for that. */
  readonly closedRootCause?: string;
  readonly component: Component;
  readonly reason: Reason;
  /** What ends one of a preset, and what can end others, each as often as it stands here. */
  readonly mitigation: Mitigation;
  readonly endings: readonly Mitigation[];
  /** The release that began it: it is rolled out as the incident begins, or some minutes before; left out for none. */
  readonly begunBy?: 'rollout' | 'earlier-release';
  /** Another cause that shows nearly the same; what it has of its own. */
  readonly lookalike?: {
    readonly component: Component;
    readonly reason: Reason;
    readonly title: string;
    readonly rootCause: string;
    readonly mitigation: Mitigation;
    readonly gateway?: string;
  };
  /** True where every failure takes many seconds. */
  readonly slowFailures?: boolean;
  /** True when it can go on for hours without an error. */
  readonly silent?: boolean;
  /** Checkout steps that fail or slow down. */
  readonly steps: readonly string[];
  readonly affected: (settings: ModelSettings) => {
    readonly gateway?: string;
    readonly servers: readonly string[];
  };
  /** The settings a preset may give; all may be left out. */
  readonly settings: Readonly<Record<string, GenericSchema<unknown, number | string | undefined>>>;
  /** Settings of a random incident; none when left out. @param server one of SERVERS, drawn. */
  readonly randomSettings?: (server: string) => ModelSettings;
  /** Error codes that only incidents bring, the most characteristic first. */
  readonly codes: readonly string[];
  /** How calls to the failing gateway fail, where there is one. */
  readonly callFailure?: CallFailure;
  /** How long before the end of an incident its cause ends, ms. @param gateway index into GATEWAYS, -1 for none. */
  readonly drainMs: (seed: number, gateway: number) => number;
  /** Runs the model into the timeline; returns what it gives at the size of the default shop, before sampling. */
  readonly simulate: (basis: PlanBasis, incident: ModelIncident, timeline: Timeline) => Totals;
}

/** A setting that may be left out, with what editors say about it. */
export const setting = <Schema extends GenericSchema<unknown, number | string>>(
  schema: Schema,
  description: string,
) => v.exactOptional(v.pipe(schema, v.description(description)));

export const ERROR_RATE = setting(
  number(PARAMETERS.errorRateIncident),
  "Percent of the window's transactions that fail, instead of a draw from --error-rate-incident.",
);

export const GATEWAY = setting(
  oneOf(...GATEWAYS),
  'The gateway that fails. stripe takes 70 % of the payments, paypal 20 %, square 10 %.',
);

/** All failing calls are over a second before the end of the incident. */
export const drainOf = (failure: CallFailure) => (seed: number, gateway: number) =>
  longestFailureMs(failure, seed, gateway) + 1000;

/** A gateway fails, and all servers feel it. */
export const gatewayAndServers = (settings: ModelSettings) => ({
  gateway: String(settings['gateway'] ?? GATEWAYS[0]),
  servers: SERVERS,
});

export const allServers = () => ({ servers: SERVERS });
