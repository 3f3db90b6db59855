// The presets this tool brings, and how a person's own is read.
import databasePool from '../../../presets/database-pool-exhaustion.json' with { type: 'json' };
import memoryPressure from '../../../presets/memory-pressure.json' with { type: 'json' };
import paymentGateway from '../../../presets/payment-gateway-timeout.json' with { type: 'json' };
import { AppError } from '../../errors.ts';
import { jsonErrorLine } from './json-error.ts';
import type { Preset } from './preset.ts';
import { checkPreset } from './preset-shape.ts';
import { Misfit } from './shape.ts';

/**
 * Reads a preset. @param file its name, for the error.
 * Throws AppError `preset` with the line where it is not JSON, or the path of the field and what is allowed there.
 */
export function parsePreset(text: string, file: string): Preset {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const problem = `line ${jsonErrorLine(text)} is not JSON`;
    throw new AppError('preset', { file, problem }, { cause: error });
  }
  return presetOf(value, file);
}

/** A preset from a value read elsewhere; as parsePreset. */
export function presetOf(value: unknown, file: string): Preset {
  try {
    checkPreset(value);
  } catch (error) {
    if (error instanceof Misfit) throw new AppError('preset', { file, problem: error.message });
    throw error;
  }
  return value;
}

/** The presets this tool brings, the latest window first. */
export const BUILT_IN: readonly Preset[] = [paymentGateway, databasePool, memoryPressure].map((preset) =>
  presetOf(preset, `${preset.id}.json`),
);
