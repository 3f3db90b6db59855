// What a preset file may say. presets/preset.schema.json tells editors the same.

import { quoted } from '../../text/quoted.ts';
import { anyObject, either, list, Misfit, number, object, oneOf, type Shape, text } from '../schema/shape.ts';
import { minuteOf } from './clock.ts';
import { INCIDENT_TYPES, type IncidentType } from './incident-types.ts';
import { PARAMETERS } from './parameters.ts';
import { EVIDENCE_UNITS, EVIDENCE_WINDOWS, FACT_NAMES, type Preset } from './preset.ts';
import { GATEWAYS, SERVERS } from './shop.ts';

const id = text({ pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, wanted: 'lower-case words joined by hyphens' });
const time = text({ pattern: /^([01]\d|2[0-3]):[0-5]\d$/, wanted: 'a time such as 14:25' });
const bound = either(number(-1e15, 1e15), oneOf(...FACT_NAMES));
const errorRate = number(PARAMETERS.errorRateIncident.min, PARAMETERS.errorRateIncident.max);

/** The settings each model takes; all may be left out. */
export const MODEL_SETTINGS: Readonly<Record<IncidentType, Readonly<Record<string, Shape>>>> = {
  payment_gateway_timeout: {
    'gateway?': oneOf(...GATEWAYS),
    'timeouts?': number(60, 100_000, true),
    'error_rate?': errorRate,
  },
  database_pool_exhaustion: { 'error_rate?': errorRate },
  memory_pressure: { 'first_server?': oneOf(...SERVERS), 'error_rate?': errorRate },
  circuit_breaker: { 'gateway?': oneOf(...GATEWAYS), 'error_rate?': errorRate },
  upstream_degradation: { 'gateway?': oneOf(...GATEWAYS), 'error_rate?': errorRate },
};

const proof: Readonly<Record<string, Shape>> = {
  id,
  'claim?': text(),
  'unit?': oneOf(...EVIDENCE_UNITS),
  'window?': oneOf(...EVIDENCE_WINDOWS),
  'query?': anyObject,
  'aggs?': anyObject,
  'read?': text(),
  'needs_documents?': number(0, 1_000_000, true),
  expect: object({ 'equals?': bound, 'at_least?': bound, 'at_most?': bound }),
};

const preset = object({
  '$schema?': text(),
  id,
  title: text({ most: 80 }),
  story: text({ most: 1000 }),
  root_cause: text(),
  first_symptom: text(),
  red_herrings: list(text()),
  window: object({
    days_before: number(0, PARAMETERS.days.max - 1, true),
    start: time,
    end: time,
    recovery_minutes: number(5, 10, true),
  }),
  model: object({ type: oneOf(...INCIDENT_TYPES), settings: anyObject }),
  evidence: list(object({ ...proof, 'question?': text() }), 1),
  investigation: list(object({ ...proof, question: text(), shows: text() })),
});

/** Throws Misfit with the path of the first field that does not fit. */
export function checkPreset(value: unknown): asserts value is Preset {
  preset(value, '');
  const { window, model, evidence: proofs, investigation } = value as Preset;
  object(MODEL_SETTINGS[model.type])(model.settings, 'model.settings');
  const minutes = minuteOf(window.end) - minuteOf(window.start);
  if (minutes < 5 || minutes > 15)
    throw new Misfit('window.end', `the window lasts ${minutes} minutes; 5 to 15 are allowed`);
  const steps = [...proofs.entries()].map(([at, step]) => ({ step, path: `evidence[${at}]` }));
  steps.push(...[...investigation.entries()].map(([at, step]) => ({ step, path: `investigation[${at}]` })));
  const seen = new Set<string>();
  for (const { step, path } of steps) {
    if (seen.has(step.id)) throw new Misfit(`${path}.id`, `${quoted(step.id)} is used twice`);
    seen.add(step.id);
    if (step.claim === undefined && step.question === undefined)
      throw new Misfit(`${path}.claim`, 'is missing; name the number that the search finds');
    if (step.aggs && !step.read)
      throw new Misfit(`${path}.read`, 'is missing; aggs need the path of the number');
    if (Object.values(step.expect).includes('timeouts_promised') && model.settings['timeouts'] === undefined)
      throw new Misfit(`${path}.expect`, 'timeouts_promised needs model.settings.timeouts');
    if (Object.keys(step.expect).length === 0)
      throw new Misfit(`${path}.expect`, 'says nothing; give equals, at_least or at_most');
  }
}
