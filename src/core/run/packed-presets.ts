// Presets as an index remembers them: whoever lists its mapping must not come upon the answer to what is in it.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Preset } from '../plan/preset.ts';
import { checkPreset } from '../plan/preset-schema.ts';

/** The most that packed presets may hold, bytes: a hostile text of a few kB may unpack to much more. */
const MOST_BYTES = 1 << 20;

/** Presets as a text that does not tell what they say: deflated JSON in base64. */
export const packPresets = (presets: readonly Preset[]): string =>
  deflateRawSync(JSON.stringify(presets)).toString('base64');

/**
 * The presets of `packPresets`, or those that earlier versions wrote as a list. Throws a RangeError, or an Error of zlib
 * or JSON, for anything else, and AppError `preset` for one that is none.
 */
export function unpackPresets(held: unknown): readonly Preset[] {
  const presets: unknown = typeof held === 'string' ? JSON.parse(unpacked(held)) : held;
  if (!Array.isArray(presets)) throw new RangeError('these are no presets');
  for (const preset of presets) checkPreset(preset);
  return presets as readonly Preset[];
}

/** The titles of the presets that an index remembers; none where what it remembers cannot be read. */
export function presetTitles(held: unknown): readonly string[] {
  try {
    return unpackPresets(held).map(({ title }) => title);
  } catch {
    return [];
  }
}

const unpacked = (text: string) =>
  inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_BYTES }).toString('utf8');
