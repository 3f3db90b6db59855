// What a preset file may say. `npm run docs` writes presets/preset.schema.json from it, for editors.
import * as v from 'valibot';
import { quoted } from '../../text/quoted.ts';
import { anyObject, integer, list, number, object, oneOf, text, variant } from '../schema/fields.ts';
import { assertSchema, SchemaError } from '../schema/problem.ts';
import { minuteOf } from './durations.ts';
import { MODELS } from './models/registry.ts';
import { PARAMETERS } from './parameters.ts';
import {
  EVIDENCE_UNITS,
  EVIDENCE_WINDOWS,
  FACT_NAMES,
  type InvestigationStep,
  type Preset,
} from './preset.ts';

const described = <Schema extends v.GenericSchema>(schema: Schema, description: string) =>
  v.pipe(schema, v.description(description));

const id = text({ pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, wanted: 'lower-case words joined by hyphens' });
const clock = text({ pattern: /^([01]\d|2[0-3]):[0-5]\d$/, wanted: 'a time such as 14:25' });
const fact = oneOf(...FACT_NAMES);
const bound = described(
  v.union([number({ min: -1e15, max: 1e15 }), fact], (issue) => fact.message(issue as never)),
  'A number, or a fact about the incident of this run. In sentences {fact} is replaced by it; {p50_s}, {p95_s} and {max_s} are seconds.',
);

/** A search, and what it must find. */
const proof = {
  id,
  claim: v.exactOptional(
    described(
      text(),
      'What the number is, as the title of the check: "Payment timeouts on stripe". Left out, the question is the title.',
    ),
  ),
  unit: v.exactOptional(described(oneOf(...EVIDENCE_UNITS), 'Unit of the number; left out for a count.')),
  window: v.exactOptional(oneOf(...EVIDENCE_WINDOWS)),
  query: v.exactOptional(anyObject),
  aggs: v.exactOptional(anyObject),
  read: v.exactOptional(text()),
  needs_documents: v.exactOptional(
    described(
      integer({ min: 0, max: 1_000_000 }),
      'The search runs only when at least this many documents are expected in the window.',
    ),
  ),
  expect: v.pipe(
    object({
      equals: v.exactOptional(bound),
      at_least: v.exactOptional(bound),
      at_most: v.exactOptional(bound),
    }),
    v.minEntries(1, 'says nothing; give equals, at_least or at_most'),
  ),
};

const evidence = v.pipe(
  object({
    ...proof,
    question: v.exactOptional(described(text(), 'The older form of a claim; give a claim instead.')),
  }),
  // For editors; checkProof says it in a sentence.
  v.metadata({ anyOf: [{ required: ['claim'] }, { required: ['question'] }] }),
);

const step = object({
  ...proof,
  question: described(text(), 'What the investigator asks; the search finds the answer.'),
  shows: described(text(), 'What the search shows. {found} is replaced by what it found, {fact} by a fact.'),
});

const model = variant(
  'type',
  Object.fromEntries(MODELS.map(({ type, settings }) => [type, { settings: object(settings) }])),
);

export const presetSchema = v.pipe(
  object({
    $schema: v.exactOptional(text()),
    id,
    title: text({ max: 80 }),
    story: described(text({ max: 1000 }), 'Two or three sentences for someone who has not seen it.'),
    root_cause: text(),
    first_symptom: described(text(), 'What the person on call notices first.'),
    window: object({
      days_before: described(
        integer({ min: 0, max: PARAMETERS.days.max - 1 }),
        '0 is the demo day, 1 the day before.',
      ),
      start: clock,
      end: described(clock, '5 to 15 minutes after the start.'),
      recovery_minutes: integer({ min: 5, max: 10 }),
    }),
    model,
    evidence: described(
      list(evidence, 1),
      "What must be found in addition to what every incident of the model's type shows.",
    ),
    investigation: described(
      list(step),
      'The steps from the symptom to the cause; the search of each step runs too.',
    ),
    red_herrings: described(list(text()), 'What looks like the cause and is not.'),
  }),
  v.title('A preset of incident-demo'),
  v.description(
    'A demo incident as data: what happened, when, which model simulates it, and what must be found in the index.',
  ),
);

/** Parts of the schema that several fields share, by the name editors see. */
export const PRESET_DEFINITIONS = { id, clock, bound, evidence, step };

/** Throws SchemaError with the path of the first field that does not fit. */
export function checkPreset(value: unknown): asserts value is Preset {
  assertSchema(presetSchema, value);
  const preset = value as Preset;
  checkWindow(preset);
  const seen = new Set<string>();
  for (const field of ['evidence', 'investigation'] as const) {
    for (const [at, one] of preset[field].entries()) {
      checkProof(one, `${field}[${at}]`, preset);
      if (seen.has(one.id)) throw new SchemaError(`${field}[${at}].id: ${quoted(one.id)} is used twice`);
      seen.add(one.id);
    }
  }
}

function checkWindow({ window }: Preset): void {
  const minutes = minuteOf(window.end) - minuteOf(window.start);
  if (minutes < 5 || minutes > 15)
    throw new SchemaError(`window.end: the window lasts ${minutes} minutes; 5 to 15 are allowed`);
}

function checkProof(proof: Preset['evidence'][number] | InvestigationStep, path: string, { model }: Preset) {
  if (proof.claim === undefined && proof.question === undefined)
    throw new SchemaError(`${path}.claim: is missing; name the number that the search finds`);
  if (proof.aggs && !proof.read)
    throw new SchemaError(`${path}.read: is missing; aggs need the path of the number`);
  if (Object.values(proof.expect).includes('timeouts_promised') && model.settings['timeouts'] === undefined)
    throw new SchemaError(`${path}.expect: timeouts_promised needs model.settings.timeouts`);
}
