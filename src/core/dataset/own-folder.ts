// Protects files of other programs: a folder that holds one under a name of ours is not written to.
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { DASHBOARDS_FILE } from '../dashboards/file.ts';

const NAMES = [
  'all_data.ndjson',
  'normal_data.ndjson',
  'incident_data.ndjson',
  'recovery_data.ndjson',
  'mapping.json',
  'incidents.json',
  'summary.json',
  DASHBOARDS_FILE,
];

function exists(path: string): boolean {
  try {
    // A broken link counts too.
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function jsonIn(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** `generate --create-mapping-only` writes a mapping alone; ours is recognized by a field that no other mapping has. */
function isOurMapping(path: string): boolean {
  const { mappings } = jsonIn(path) as { mappings?: { properties?: Record<string, unknown> } };
  return mappings?.properties?.['sample_weight'] !== undefined;
}

/**
 * Throws AppError `output-unwritable` when a file that would be replaced was not written by this tool: our data sets
 * have a summary.json that says so.
 */
export function assertOwnFolder(folder: string): void {
  if (jsonIn(join(folder, 'summary.json'))['tool'] === 'incident-demo') return;
  const foreign = NAMES.find((name) => {
    const path = join(folder, name);
    return exists(path) && !(name === 'mapping.json' && isOurMapping(path));
  });
  if (foreign === undefined) return;
  throw new AppError('output-unwritable', {
    folder,
    reason: `it holds ${foreign}, which this tool did not write`,
  });
}
