// The mapping of an index: that of its signal, with the memory of the run in it, and compared with what an index has.
import { wordsOf } from '../../../text/plain-text.ts';
import type { MappedFields, StoredSignal } from '../../documents/signal.ts';
import { type Fields, fieldsOf } from '../answer-shape.ts';
import type { RunMeta } from './run-meta.ts';

interface IndexBody {
  readonly settings: StoredSignal['mapping']['settings'];
  readonly mappings: {
    readonly _meta?: RunMeta;
    readonly dynamic: string;
    readonly properties: MappedFields;
  };
}

/** The body that creates an index of a signal: its mapping, the label fields when wanted, and the run's `_meta`. */
export function mappingFor({ mapping }: StoredSignal, labels: boolean, meta?: RunMeta): IndexBody {
  const { settings, dynamic, properties } = mapping;
  return {
    settings,
    mappings: {
      ...(meta === undefined ? {} : { _meta: meta }),
      dynamic,
      properties: labels ? { ...properties, ...mapping.labels } : properties,
    },
  };
}

/** A field of an index that another program made: its mapping may say anything. */
const fieldIn = (found: MappedFields, name: string) => fieldsOf((found as Fields)[name]);
const inside = (value: unknown) => fieldsOf(value) as MappedFields;

/** Where an index's fields differ from the wanted ones, in words; fields it has besides do not matter. */
export function mappingDifferences(wanted: MappedFields, found: MappedFields, prefix = ''): string[] {
  return Object.entries(wanted).flatMap(([name, field]) => {
    const path = prefix + name;
    const there = fieldIn(found, name);
    if (Object.keys(there).length === 0) return [`${path} is missing`];
    const wantedType = field.type ?? 'object';
    const foundType = wordsOf(there['type'] ?? 'object', 40);
    const unlike = wantedType === foundType ? [] : [`${path} is ${foundType}, not ${wantedType}`];
    // The checks search and add up every field.
    const hidden = ['index', 'doc_values', 'enabled'].find((word) => String(there[word]) === 'false');
    const unseen = hidden === undefined ? [] : [`${path} has ${hidden} off`];
    return [
      ...unlike,
      ...unseen,
      ...mappingDifferences(field.properties ?? {}, inside(there['properties']), `${path}.`),
      ...mappingDifferences(field.fields ?? {}, inside(there['fields']), `${path}.`),
    ];
  });
}
