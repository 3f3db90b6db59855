// The mapping of an index: that of its signal, with the memory of the run in it, and compared with what an index has.
import type { MappedFields, StoredSignal } from '../../documents/signal.ts';
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

/** Where an index's fields differ from the wanted ones, in words; fields it has besides do not matter. */
export function mappingDifferences(wanted: MappedFields, found: MappedFields, prefix = ''): string[] {
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
