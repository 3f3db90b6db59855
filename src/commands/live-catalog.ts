// What can be started in a live shop, each with notes for whoever presents it: from the story of its preset, its model and
// the questions of its investigation.
import { RED_HERRING } from '../core/live-control/limits.ts';
import type { IncidentModel } from '../core/plan/models/incident-model.ts';
import { MODELS } from '../core/plan/models/registry.ts';
import type { Preset } from '../core/plan/preset.ts';
import { BUILT_IN } from '../core/plan/presets.ts';
import { investigationOf } from '../core/validate/guide/investigations.ts';
import type { LiveEntry } from '../wizard/services.ts';

type Model = (typeof MODELS)[number];

const isSilent = ({ silent }: IncidentModel) => silent === true;

/** The questions that lead from the symptom to the cause. */
function askedLines({ type }: Model): readonly string[] {
  const { steps, cannotTell } = investigationOf(type);
  return [
    'Ask the data:',
    ...steps.map(({ question }, place) => `${place + 1}. ${question}`),
    '',
    `These data cannot tell ${cannotTell}`,
  ];
}

/** Words of a preset that are true at its own hour only. */
const OF_ITS_HOUR = /\d\d:\d\d|peak|morning|noon|evening|night/i;

/** The cause of a preset, unless it tells the hour of its own window. */
const causeOf = ({ root_cause }: Preset, { rootCause }: Model) =>
  OF_ITS_HOUR.test(root_cause) ? rootCause : root_cause;

/** @param cause of a preset it names the gateway or the version; what a type starts is placed by chance */
function notesOf(model: Model, preset: Preset | undefined, cause: string): readonly string[] {
  const { type, codes } = model;
  const herrings = preset?.red_herrings.filter((text) => !OF_ITS_HOUR.test(text)) ?? [];
  const { symptom } = investigationOf(type);
  return [
    ...(symptom === undefined ? [] : [`Say: ${symptom}`]),
    `Cause: ${cause}.`,
    `Codes: ${codes.join(', ')}`,
    ...herrings.map((text) => `Not it: ${text}`),
    '',
    ...askedLines(model),
  ];
}

const HERRING_NOTES = [
  'It looks like trouble and is none: a new version goes out, and nothing comes of it.',
  'Ask what changed for customers: p95 and the error codes stay as they were.',
  'The answer key names it with kind red_herring; an alarm about it is a false one.',
];

/** The types, the presets and a red herring. */
export function liveCatalog(presets: readonly Preset[]): readonly LiveEntry[] {
  const types = MODELS.map((model): LiveEntry => {
    const preset = BUILT_IN.find(({ model: { type } }) => type === model.type);
    return {
      what: model.type,
      title: model.title,
      kind: 'type',
      silent: isSilent(model),
      notes: notesOf(model, preset, model.rootCause),
    };
  });
  const scripted = presets.flatMap((preset): LiveEntry[] => {
    const model = MODELS.find(({ type }) => type === preset.model.type);
    if (!model) return [];
    return [
      {
        what: preset.id,
        title: preset.title,
        kind: 'preset',
        silent: isSilent(model),
        notes: notesOf(model, preset, causeOf(preset, model)),
      },
    ];
  });
  return [
    ...types,
    ...scripted,
    { what: RED_HERRING, title: 'Red herring', kind: 'red-herring', silent: true, notes: HERRING_NOTES },
  ];
}
