// The presets this tool brings, and how a person's own is read.
import databasePool from '../../../presets/database-pool-exhaustion.json' with { type: 'json' };
import memoryPressure from '../../../presets/memory-pressure.json' with { type: 'json' };
import paymentGateway from '../../../presets/payment-gateway-timeout.json' with { type: 'json' };
import { AppError } from '../../errors/app-error.ts';
import { jsonErrorLine } from '../schema/json-error.ts';
import { SchemaError } from '../schema/problem.ts';
import type { Preset } from './preset.ts';
import { checkPreset } from './preset-schema.ts';

const MAX_CHARACTERS = 1_000_000;
const MAX_DEPTH = 50;

/** What no preset needs and what would take a reader's memory or stack, or undefined. */
function excessOf(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS) return `it is longer than ${MAX_CHARACTERS / 1e6} MB`;
  let depth = 0;
  // Whole strings are passed over; of one that does not end, everything counts, which only refuses earlier.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > MAX_DEPTH) return `it is nested deeper than ${MAX_DEPTH} levels`;
  }
  return undefined;
}

/**
 * Reads a preset. @param file its name, for the error.
 * Throws AppError `preset` with the line where it is not JSON, or the path of the field and what is allowed there.
 */
export function parsePreset(text: string, file: string): Preset {
  const excess = excessOf(text);
  if (excess) throw new AppError('preset', { file, problem: excess });
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const problem = `line ${jsonErrorLine(text)} is not JSON`;
    throw new AppError('preset', { file, problem }, { cause: error });
  }
  return checkedPreset(value, file);
}

/** A preset from a value read elsewhere; as parsePreset. */
function checkedPreset(value: unknown, file: string): Preset {
  try {
    checkPreset(value);
  } catch (error) {
    if (error instanceof SchemaError) throw new AppError('preset', { file, problem: error.message });
    throw error;
  }
  return value;
}

/** The presets this tool brings, the latest window first. */
export const BUILT_IN: readonly Preset[] = [paymentGateway, databasePool, memoryPressure].map((preset) =>
  checkedPreset(preset, `${preset.id}.json`),
);
