// What is said on the control channel of a running `live`: one line of JSON there, one line back, then it is closed.
import * as v from 'valibot';
import { SEVERITIES, type Severity } from '../plan/labels.ts';
import { integer, oneOf, text, variant } from '../schema/fields.ts';
import { schemaProblem } from '../schema/problem.ts';
import { INCIDENT_MINUTES, WHAT } from './limits.ts';

export type ControlRequest =
  | {
      readonly action: 'start';
      readonly what: string;
      readonly severity?: Severity;
      readonly minutes?: number;
    }
  /** Ends the incident that is running. */
  | { readonly action: 'stop' }
  | { readonly action: 'status' };

/** An incident that was started while it was live; times are those of the shop, in ISO. */
export interface LiveIncidentState {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly severity: string;
  readonly start: string;
  /** When it ends, or has ended. */
  readonly end: string;
}

/** How things stand. */
export interface LiveState {
  readonly index: string;
  readonly url: string;
  /** The time of the shop, ISO. */
  readonly simulated: string;
  /** How far the index is behind it, whole ms. */
  readonly lagMs: number;
  /** Documents indexed since it began. */
  readonly documents: number;
  readonly speed: number;
  readonly running: readonly LiveIncidentState[];
  /** All that were started, the first one first. */
  readonly started: readonly LiveIncidentState[];
}

export type ControlReply =
  | ({ readonly ok: true } & LiveState)
  | { readonly ok: false; readonly error: string };

/** Bytes of a line that are read at most, there and back. */
export const REQUEST_BYTES = 1024;
export const REPLY_BYTES = 65_536;

const request = variant('action', {
  start: {
    what: text({ pattern: WHAT, wanted: 'the name of an incident type' }),
    severity: v.exactOptional(oneOf(...SEVERITIES)),
    minutes: v.exactOptional(integer(INCIDENT_MINUTES)),
  },
  stop: {},
  status: {},
});

const reply = v.variant('ok', [
  v.looseObject({
    ok: v.literal(true),
    index: text(),
    url: text(),
    simulated: text(),
    lagMs: v.number(),
    documents: v.number(),
    speed: v.number(),
    running: v.array(incidentShape()),
    started: v.array(incidentShape()),
  }),
  v.looseObject({ ok: v.literal(false), error: text() }),
]);

function incidentShape() {
  return v.looseObject({
    ...{ id: text(), type: text(), title: text(), severity: text() },
    ...{ start: text(), end: text() },
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The request in a line, or why it is none, in a sentence. */
export function readRequest(line: string): ControlRequest | string {
  const value = parsed(line);
  if (value === undefined) return 'The request is not a line of JSON';
  const problem = schemaProblem(request, value);
  return problem === undefined ? (value as ControlRequest) : `The request is not valid: ${problem}`;
}

/** The reply in a line; undefined for a line that is none. */
export function readReply(line: string): ControlReply | undefined {
  const value = parsed(line);
  return schemaProblem(reply, value) === undefined ? (value as ControlReply) : undefined;
}
