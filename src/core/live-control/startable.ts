// What can be started in a live shop, and why something cannot, in a sentence.
import { quoted } from '../../text/quoted.ts';
import { didYouMean } from '../../text/suggest.ts';
import type { LiveCommand } from '../live/types.ts';
import { INCIDENT_TYPES, modelOf } from '../plan/models/registry.ts';
import type { Preset } from '../plan/preset.ts';
import { RED_HERRING } from './limits.ts';

type Presets = readonly Pick<Preset, 'id' | 'model'>[];
type Start = Pick<Extract<LiveCommand, { type: 'start' }>, 'what' | 'severity'>;

/** Every name: the types of incident, the presets of the index, and a red herring. */
export const startableNames = (presets: Presets): readonly string[] => [
  ...INCIDENT_TYPES,
  ...presets.map(({ id }) => id),
  RED_HERRING,
];

/** Why this can never be started in an index with these presets; undefined when it can, once nothing else runs. */
export function notStartable({ what, severity }: Start, presets: Presets): string | undefined {
  const names = startableNames(presets);
  if (!names.includes(what))
    return `${quoted(what)} cannot be started here; ${didYouMean(what, names) ?? `use ${names.join(', ')}`}`;
  const type = presets.find(({ id }) => id === what)?.model.type ?? what;
  const known = INCIDENT_TYPES.find((one) => one === type);
  if (severity !== 'silent' || !known || modelOf(known).silent) return undefined;
  return `${quoted(what)} cannot be silent; use major, minor or subtle`;
}
