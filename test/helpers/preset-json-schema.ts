// presets/preset.schema.json, made from the schema that the program checks presets with.
import { toJsonSchema } from '@valibot/to-json-schema';
import { PRESET_DEFINITIONS, presetSchema } from '../../src/core/plan/preset-schema.ts';

/** The JSON Schema of a preset, as text. */
export function presetJsonSchema(): string {
  const schema = toJsonSchema(presetSchema, {
    // An object is first known to be one, then checked field by field; the fields are what editors need.
    typeMode: 'output',
    definitions: PRESET_DEFINITIONS,
    // Checks without a word in JSON Schema: what could steer a terminal, and lengths in characters (given as maxLength).
    ignoreActions: ['check'],
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      valibotSchema.type === 'custom' ? { ...jsonSchema, type: 'object' } : undefined,
    errorMode: 'throw',
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
