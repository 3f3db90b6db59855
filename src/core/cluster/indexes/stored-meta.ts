// How a run is remembered in an index or a mapping file: its presets are packed, since they tell what happened and when, and
// whoever lists the mapping is not to stumble on the answers.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { fieldsOf, listOf } from '../answer-shape.ts';
import type { RunMeta } from './run-meta.ts';

/** A RunMeta as it stands in `_meta`. */
export interface StoredMeta extends Omit<RunMeta, 'presets'> {
  /** Base64 of the deflated JSON of the presets. */
  readonly presets: string;
}

/** More than all presets of a run take, bytes: what comes from a cluster may be made to fill the memory. */
const MAX_BYTES = 8_000_000;

/** What `_meta` says of a run. */
export const packMeta = (meta: RunMeta): StoredMeta => ({
  ...meta,
  presets: deflateRawSync(JSON.stringify(meta.presets), { level: 9 }).toString('base64'),
});

/**
 * The run that a `_meta` tells of; undefined for an index that this tool did not make. Indexes of before have their presets
 * as a list. Presets that cannot be read become one without anything in it, of which no plan can be made.
 */
export function unpackMeta(stored: unknown): RunMeta | undefined {
  if (!isStoredMeta(stored)) return undefined;
  return { ...(stored as RunMeta), presets: unpackPresets(fieldsOf(stored)['presets']) };
}

/** Whether a `_meta` is one that this tool wrote. */
export function isStoredMeta(meta: unknown): boolean {
  const { tool, run, key, now } = fieldsOf(meta);
  return tool === 'incident-demo' && [run, key, now].every((word) => typeof word === 'string');
}

function unpackPresets(stored: unknown): readonly object[] {
  if (typeof stored !== 'string') return listOf(stored);
  try {
    const bytes = inflateRawSync(Buffer.from(stored, 'base64'), { maxOutputLength: MAX_BYTES });
    const presets: unknown = JSON.parse(bytes.toString());
    return Array.isArray(presets) ? listOf(presets) : [{}];
  } catch {
    return [{}];
  }
}
