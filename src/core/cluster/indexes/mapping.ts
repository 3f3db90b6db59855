// The mapping of the index: mapping.json, with the memory of the run in it, and compared with what an index has.

import mapping from '../../../../mapping.json' with { type: 'json' };
import type { RunMeta } from './run-meta.ts';

/** A field as mappings write it. */
interface Field {
  readonly type?: string;
  readonly properties?: Fields;
  readonly fields?: Fields;
}

export type Fields = Readonly<Record<string, Field>>;

export interface IndexBody {
  readonly settings: { readonly index: object };
  readonly mappings: {
    readonly _meta?: RunMeta;
    readonly dynamic: string;
    readonly properties: Fields;
  };
}

/** Only with --label-documents: they give the answer away. */
const LABELS: Fields = { incident_id: { type: 'keyword' }, phase: { type: 'keyword' } };

/** The body that creates an index: mapping.json, the label fields when asked for, and the run's `_meta` when given. */
export function mappingFor(labels: boolean, meta?: RunMeta): IndexBody {
  const { dynamic, properties } = mapping.mappings;
  return {
    settings: mapping.settings,
    mappings: {
      ...(meta === undefined ? {} : { _meta: meta }),
      dynamic,
      properties: labels ? { ...properties, ...LABELS } : properties,
    },
  };
}

/** Where an index's fields differ from the wanted ones, in words; fields it has besides do not matter. */
export function mappingDifferences(wanted: Fields, found: Fields, prefix = ''): string[] {
  return Object.entries(wanted).flatMap(([name, field]) => {
    const path = prefix + name;
    const there = found[name];
    if (there === undefined) return [`${path} is missing`];
    const inside = [
      ...mappingDifferences(field.properties ?? {}, there.properties ?? {}, `${path}.`),
      ...mappingDifferences(field.fields ?? {}, there.fields ?? {}, `${path}.`),
    ];
    const wantedType = field.type ?? 'object';
    const foundType = there.type ?? 'object';
    return wantedType === foundType ? inside : [`${path} is ${foundType}, not ${wantedType}`, ...inside];
  });
}
