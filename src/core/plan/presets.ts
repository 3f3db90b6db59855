// The built-in presets, and how a preset file is read.
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

/** What would exhaust memory or the stack while reading, in words; undefined for a text of usual size. */
function excessOf(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS) return `it is longer than ${MAX_CHARACTERS / 1e6} MB`;
  let depth = 0;
  // Strings are skipped whole. In an unterminated one every bracket counts, which only fails sooner.
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
export function readPreset(text: string, file: string): Preset {
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

/** The value as a preset; errors as in readPreset. */
export function checkedPreset(value: unknown, file: string): Preset {
  try {
    checkPreset(value);
  } catch (error) {
    if (error instanceof SchemaError) throw new AppError('preset', { file, problem: error.message });
    throw error;
  }
  return value;
}

/** The built-in presets, the latest window first. */
export const BUILT_IN: readonly Preset[] = [paymentGateway, databasePool, memoryPressure].map((preset) =>
  checkedPreset(preset, `${preset.id}.json`),
);
